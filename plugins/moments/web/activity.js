// What others did that concerns the reader, and what is told by itself.

import { Listed, useAnswer, useList } from "./asking.js";
import { Face, Trouble, When, addressOf, app, html, t, take, useState } from "./drawing.js";
import { Ways } from "./feed.js";

export function use(given) {
  take(given);
  return { Activity };
}

function Activity() {
  const list = useList("/moments/activity");
  return html`<h1>${t("activity")}</h1><${Ways} here="/moments/activity" />
    <${Listed} list=${list} empty=${t("no-activity")} item=${(deed) => html`<${Deed} deed=${deed} />`} />
    <${Preferences} />`;
}

function Deed({ deed }) {
  const { actor, kind, moment } = deed;
  return html`<div class="moments-person"><${Face} person=${actor} /><p>
    <a href=${addressOf(actor)} dir="auto">${actor.name}</a> ${" "}
    ${moment ? html`<a href=${`/moments/${moment}`}>${t(`did-${kind}`)}</a>` : t(`did-${kind}`)}
    <br /><small><${When} at=${deed.at} /></small></p></div>`;
}

/** Whether moments are made of what one achieves. */
function Preferences() {
  const { value, set } = useAnswer("/moments/preferences");
  const [error, setError] = useState(null);
  if (!value) return null;
  const choose = async (event) => {
    setError(null);
    try {
      set(await app.api.put("/moments/preferences", { automatic: event.currentTarget.checked }));
    } catch (refused) {
      set({ ...value });
      setError(refused);
    }
  };
  return html`<label class="choice"><input type="checkbox" checked=${value.automatic} onChange=${choose} />${t("automatic")}</label>
    <${Trouble} error=${error} />`;
}
