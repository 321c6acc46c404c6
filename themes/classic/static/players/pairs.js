// Pair what belongs together: choose one on either side, then its partner on the other.

import { html, useState } from "../vendor/preact.js";
import { t } from "../words.js";
import { Sign, markOf } from "./marks.js";

const OTHER = { left: "right", right: "left" };

export function Matching({ task, answer, change, fixed, mark }) {
  const [pairs, setPairs] = useState(answer?.pairs ?? {});
  const [held, setHeld] = useState(null);
  const partnerOf = { left: pairs, right: Object.fromEntries(Object.entries(pairs).map(([left, right]) => [right, left])) };
  const tell = (next) => {
    setPairs(next);
    change(Object.keys(next).length === task.left.length ? { pairs: next } : null);
  };
  const without = (side, id) => Object.fromEntries(Object.entries(pairs).filter((pair) => pair[side === "left" ? 0 : 1] !== id));
  const pick = (side, id) => {
    if (held?.side !== OTHER[side]) {
      // One that has a partner is taken out of its pair, and waits for another.
      if (partnerOf[side][id]) tell(without(side, id));
      return setHeld(held?.id === id ? null : { side, id });
    }
    const [left, right] = side === "left" ? [id, held.id] : [held.id, id];
    const rest = Object.entries(pairs).filter((pair) => pair[0] !== left && pair[1] !== right);
    tell({ ...Object.fromEntries(rest), [left]: right });
    setHeld(null);
  };
  const numberOf = (left) => task.left.findIndex((each) => each.id === left) + 1;
  const column = (side, label) => html`<div role="group" aria-label=${label}>${task[side].map((each) => {
    const left = side === "left" ? each.id : partnerOf.right[each.id];
    const partner = task[OTHER[side]].find((other) => other.id === partnerOf[side][each.id]);
    const state = partner ? markOf(mark, `pair:${left}`) : "";
    return html`<button type="button" key=${each.id} disabled=${fixed} class=${`tile ${state}`}
      aria-pressed=${held?.id === each.id} onClick=${() => pick(side, each.id)}>
      <span lang=${task.language} dir="auto">${each.text}</span>
      ${partner && html`<b aria-hidden="true">${numberOf(left)}</b><span class="unseen">${t("paired", { with: partner.text })}</span>`}
      ${side === "left" && html`<${Sign} state=${state} />`}</button>`;
  })}</div>`;
  return html`<p class="way">${t("pair-way")}</p>
    <div class="matching">${column("left", t("first-half"))}${column("right", t("other-half"))}</div>
    <p class="unseen" role="status">${held ? t("choose-partner") : ""}</p>`;
}
