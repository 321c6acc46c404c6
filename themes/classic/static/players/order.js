// Put things in order: by dragging, by the arrow keys upon their handles, or by their buttons.

import { Icon } from "../icons.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { t } from "../words.js";
import { Sign } from "./marks.js";

export function DragDrop({ task, answer, change, fixed, mark }) {
  const [order, setOrder] = useState(answer?.order ?? task.items.map((item) => item.id));
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState("");
  const list = useRef();
  const texts = Object.fromEntries(task.items.map((item) => [item.id, item.text]));
  // The order as it is shown may be the right one: it is an answer from the start.
  useEffect(() => change({ order }), []);
  const move = (id, to) => {
    const at = Math.max(0, Math.min(order.length - 1, to));
    const next = order.filter((each) => each !== id);
    next.splice(at, 0, id);
    setOrder(next);
    change({ order: next });
    setSaid(t("moved", { text: texts[id], place: at + 1, of: order.length }));
  };
  const latest = useRef();
  latest.current = move;
  const key = (event, id) => {
    const place = { ArrowUp: order.indexOf(id) - 1, ArrowDown: order.indexOf(id) + 1, Home: 0, End: order.length - 1 }[event.key];
    if (place === undefined || fixed) return;
    event.preventDefault();
    move(id, place);
    const handle = event.currentTarget;
    // A row that moves in the document loses the focus.
    requestAnimationFrame(() => handle.focus());
  };
  const drag = (event, id) => {
    if (fixed || event.button > 0) return;
    setDragged(id);
    follow(event.currentTarget, event.pointerId, list.current, (place) => latest.current(id, place), () => setDragged(""));
  };
  return html`<p class="way">${t("order-way")}</p>
    <ol class="order" ref=${list}>${order.map((id, at) => html`<${Row} key=${id} ...${{ id, at, fixed, key_: key, drag, move }} text=${texts[id]} of=${order.length}
      language=${task.language} dragged=${dragged === id} state=${stateAt(mark, id, at)} />`)}</ol>
    <p class="unseen" role="status">${said}</p>`;
}

function Row({ id, at, of, text, language, fixed, dragged, state, key_, drag, move }) {
  return html`<li class=${`${state} ${dragged ? "dragged" : ""}`}>
    <button type="button" class="handle" disabled=${fixed} aria-label=${t("move", { text, place: at + 1, of })}
      onKeyDown=${(event) => key_(event, id)} onPointerDown=${(event) => drag(event, id)}><${Icon} name="grip" /></button>
    <span lang=${language} dir="auto">${text}</span><${Sign} state=${state} />
    <button type="button" class="step" tabindex="-1" disabled=${fixed || at === 0} aria-label=${t("move-up", { text })}
      onClick=${() => move(id, at - 1)}><${Icon} name="up" /></button>
    <button type="button" class="step" tabindex="-1" disabled=${fixed || at === of - 1} aria-label=${t("move-down", { text })}
      onClick=${() => move(id, at + 1)}><${Icon} name="down" /></button>
  </li>`;
}

/** What is right is known of each place once the right order is told. */
function stateAt(mark, id, at) {
  if (!mark || mark.correct === undefined) return "";
  if (mark.correct) return "right";
  return mark.solution?.order ? (mark.solution.order[at] === id ? "right" : "wrong") : "";
}

/** Follow a pointer from a handle over the rows of a list, until it is let go. */
function follow(handle, pointer, list, moveTo, end) {
  handle.setPointerCapture(pointer);
  const moved = (event) => {
    const rows = [...list.children];
    const below = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().bottom);
    const place = below < 0 ? rows.length - 1 : below;
    if (place !== rows.findIndex((row) => row.contains(handle))) moveTo(place);
  };
  const stop = () => {
    handle.removeEventListener("pointermove", moved);
    for (const name of ["pointerup", "pointercancel"]) handle.removeEventListener(name, stop);
    end();
  };
  handle.addEventListener("pointermove", moved);
  for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, stop);
}
