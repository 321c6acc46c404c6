// How each kind of exercise is answered: by mouse, by keyboard and by touch.
//
// A player is given the `task`, the learner's `answer` so far (null at first), `change` to tell a new
// one (null while it is not complete), whether it is `fixed`, and the `mark` once there is one.

import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { t } from "./words.js";

/** Choose one or several of some answers. */
function MultipleChoice({ task, answer, change, fixed, mark }) {
  const chosen = answer?.choices ?? [];
  const name = useName();
  const choose = (id, on) => {
    const choices = task.multiple ? [...chosen.filter((each) => each !== id), ...(on ? [id] : [])] : [id];
    change(choices.length ? { choices } : null);
  };
  return html`<fieldset class="choices" disabled=${fixed}>
    <legend lang=${task.language} dir="auto">${task.question}</legend>
    ${task.image && html`<img src=${task.image.src} alt=${task.image.alt} loading="lazy" />`}
    ${task.options.map((option) => html`<label class=${`choice ${markOf(mark, `choice:${option.id}`, mark?.solution?.choices?.includes(option.id))}`}>
      <input type=${task.multiple ? "checkbox" : "radio"} name=${name} checked=${chosen.includes(option.id)}
        onChange=${(event) => choose(option.id, event.currentTarget.checked)} />
      <span lang=${task.language} dir="auto">${option.text}</span></label>`)}
  </fieldset>`;
}

/** Write what is missing; words of a bank are put into the gap that waits. */
function FillBlank({ task, answer, change, fixed, mark }) {
  const gaps = task.segments.filter((segment) => "gap" in segment).length;
  const [texts, setTexts] = useState(answer?.gaps ?? Array(gaps).fill(""));
  const [waiting, setWaiting] = useState(0);
  const write = (index, text) => {
    const next = texts.map((each, at) => (at === index ? text : each));
    setTexts(next);
    change(next.every((each) => each.trim()) ? { gaps: next } : null);
  };
  const put = (word) => {
    const index = texts[waiting] === "" ? waiting : texts.findIndex((each) => !each);
    if (index >= 0) write(index, word);
  };
  return html`<p class="gaps" lang=${task.language} dir="auto">
      ${task.segments.map((segment) => ("gap" in segment
        ? html`<input class=${`gap ${markOf(mark, `gap:${segment.gap}`)}`} value=${texts[segment.gap]} size=${8} maxlength="200" disabled=${fixed}
            aria-label=${t("gap", { number: segment.gap + 1 })} autocomplete="off" autocapitalize="none" spellcheck=${false}
            onFocus=${() => setWaiting(segment.gap)} onInput=${(event) => write(segment.gap, event.currentTarget.value)} />`
        : segment.text))}
    </p>
    ${task.bank.length > 0 && html`<div class="bank" role="group" aria-label=${t("bank")}>
      ${task.bank.map((word) => html`<button type="button" class="chip" lang=${task.language} disabled=${fixed} onClick=${() => put(word)}>${word}</button>`)}
    </div>`}`;
}

/** Pair what belongs together: one of the left, then one of the right. */
function Matching({ task, answer, change, fixed, mark }) {
  const [pairs, setPairs] = useState(answer?.pairs ?? {});
  const [held, setHeld] = useState(null);
  const partnerOf = Object.fromEntries(Object.entries(pairs).map(([left, right]) => [right, left]));
  const tell = (next) => {
    setPairs(next);
    change(Object.keys(next).length === task.left.length ? { pairs: next } : null);
  };
  const pickLeft = (id) => {
    const { [id]: taken, ...rest } = pairs;
    if (taken) tell(rest);
    setHeld(id);
  };
  const pickRight = (id) => {
    const { [partnerOf[id]]: _, ...rest } = pairs;
    if (held) tell({ ...rest, [held]: id });
    else if (partnerOf[id]) tell(rest);
    setHeld(null);
  };
  const numberOf = (left) => task.left.findIndex((each) => each.id === left) + 1;
  const said = (left) => (pairs[left] ? t("paired", { with: task.right.find((each) => each.id === pairs[left]).text }) : "");
  return html`<div class="matching" lang=${task.language}>
    <div role="group" aria-label=${t("first-half")}>${task.left.map((each) => html`<button type="button" dir="auto" disabled=${fixed}
      class=${`tile ${markOf(mark, `pair:${each.id}`)}`} aria-pressed=${held === each.id} onClick=${() => pickLeft(each.id)}>
      <span>${each.text}</span>${pairs[each.id] && html`<b aria-hidden="true">${numberOf(each.id)}</b>`}<span class="unseen">${said(each.id)}</span></button>`)}</div>
    <div role="group" aria-label=${t("other-half")}>${task.right.map((each) => html`<button type="button" dir="auto" disabled=${fixed || (!held && !partnerOf[each.id])}
      class="tile" onClick=${() => pickRight(each.id)}>
      <span>${each.text}</span>${partnerOf[each.id] && html`<b aria-hidden="true">${numberOf(partnerOf[each.id])}</b>`}</button>`)}</div>
  </div>
  <p class="unseen" role="status">${held ? t("choose-partner") : ""}</p>`;
}

/** Put things in order: by dragging, or with the arrow keys upon their handles. */
function DragDrop({ task, answer, change, fixed, mark }) {
  const [order, setOrder] = useState(answer?.order ?? task.items.map((item) => item.id));
  const [said, setSaid] = useState("");
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
  const key = (event, id) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || fixed) return;
    event.preventDefault();
    move(id, order.indexOf(id) + step);
    const handle = event.currentTarget;
    requestAnimationFrame(() => handle.focus());
  };
  const drag = (event, id) => {
    if (fixed || event.button > 0) return;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const follow = (moved) => {
      const rows = [...list.current.children];
      const to = rows.findIndex((row) => moved.clientY < row.getBoundingClientRect().bottom);
      const place = to < 0 ? rows.length - 1 : to;
      if (place !== rows.findIndex((row) => row.contains(handle))) moveLatest.current(id, place);
    };
    const end = () => {
      handle.removeEventListener("pointermove", follow);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
  };
  const moveLatest = useRef();
  moveLatest.current = move;
  return html`<ol class="order" ref=${list}>${order.map((id, at) => html`<li key=${id}>
      <button type="button" class="handle" disabled=${fixed} aria-label=${t("move", { text: texts[id], place: at + 1, of: order.length })}
        onKeyDown=${(event) => key(event, id)} onPointerDown=${(event) => drag(event, id)}>⠿</button>
      <span lang=${task.language} dir="auto">${texts[id]}</span>
      <button type="button" class="step" tabindex="-1" disabled=${fixed || at === 0} aria-hidden="true" onClick=${() => move(id, at - 1)}>↑</button>
      <button type="button" class="step" tabindex="-1" disabled=${fixed || at === order.length - 1} aria-hidden="true" onClick=${() => move(id, at + 1)}>↓</button>
    </li>`)}</ol>
    ${mark?.solution?.order && !mark.correct && html`<ol class="example">${mark.solution.order.map((id) => html`<li lang=${task.language} dir="auto">${texts[id]}</li>`)}</ol>`}
    <p class="unseen" role="status">${said}</p>`;
}

/** Write a sentence. */
function Writing({ task, answer, change, fixed, mark, label }) {
  const write = (event) => {
    const text = event.currentTarget.value;
    change(text.trim() ? { text } : null);
  };
  return html`<label>${label}<textarea class=${markOf(mark, "")} rows="2" maxlength="2000" disabled=${fixed} lang=${task.language} dir="auto"
    autocomplete="off" spellcheck=${false} value=${answer?.text ?? ""} onInput=${write} /></label>
    ${mark?.reasons?.length > 0 && html`<${Marked} text=${answer?.text ?? ""} reasons=${mark.reasons} language=${task.language} />`}`;
}

function Translation(given) {
  const { task } = given;
  return html`<blockquote lang=${task.source_language} dir="auto">${task.source}</blockquote><${Writing} ...${given} label=${t("your-translation")} />`;
}

function Dictation(given) {
  return html`<${Writing} ...${given} label=${t("write-what-you-hear")} />`;
}

/** The learner's own text, with what the reasons are about underlined. */
function Marked({ text, reasons, language }) {
  // The API counts code points, and a string of JavaScript does not.
  const letters = [...text];
  const parts = [];
  let at = 0;
  for (const { start, end, message } of [...reasons].sort((one, other) => one.start - other.start)) {
    if (start < at || end <= start) continue;
    parts.push(letters.slice(at, start).join(""), html`<mark title=${message}>${letters.slice(start, end).join("")}</mark>`);
    at = end;
  }
  parts.push(letters.slice(at).join(""));
  return parts.length > 1 ? html`<p class="marked" lang=${language} dir="auto">${parts}</p>` : null;
}

/** Listen, and answer in one of the other ways. */
function Listening({ task, ...given }) {
  const Form = PLAYERS[task.form.kind];
  return html`<audio controls preload="none" src=${task.audio.src} aria-label=${t("listen")} />
    ${Form ? html`<${Form} ...${given} task=${task.form} />` : html`<p>${t("kind-unavailable")}</p>`}`;
}

function Speaking({ task, change, fixed }) {
  return html`<blockquote lang=${task.language} dir="auto">${task.sentence}</blockquote>
    ${task.audio && html`<audio controls preload="none" src=${task.audio.src} aria-label=${t("model")} />`}
    <${Recorder} seconds=${60} change=${change} fixed=${fixed} />`;
}

function VoiceResponse({ task, change, fixed }) {
  return html`<blockquote lang=${task.language} dir="auto">${task.prompt}</blockquote>
    <${Recorder} seconds=${task.seconds} change=${change} fixed=${fixed} />`;
}

/** Records with the browser's own means, and lets one hear it before it is handed in. */
function Recorder({ seconds, change, fixed }) {
  const [state, setState] = useState("ready");
  const [heard, setHeard] = useState("");
  const recorder = useRef(null);
  useEffect(() => () => stop(), []);

  const start = async () => {
    if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return setState("unable");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return setState("refused");
    }
    const parts = [];
    const running = new MediaRecorder(stream);
    recorder.current = running;
    running.addEventListener("dataavailable", (event) => parts.push(event.data));
    running.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      const recording = new Blob(parts, { type: running.mimeType.split(";")[0] });
      setHeard(URL.createObjectURL(recording));
      setState("recorded");
      change({ recording });
    });
    running.start();
    setState("recording");
    setTimeout(stop, seconds * 1000);
  };
  const stop = () => {
    if (recorder.current?.state === "recording") recorder.current.stop();
  };
  return html`<div class="recorder">
    ${state === "recording"
      ? html`<button type="button" class="stop" onClick=${stop}>${t("stop-recording")}</button>`
      : html`<button type="button" class="plain" disabled=${fixed} onClick=${start}>${state === "recorded" ? t("record-again") : t("record")}</button>`}
    ${heard && html`<audio controls src=${heard} aria-label=${t("your-recording")} />`}
    <p role="status">${state === "recording" ? t("recording", { seconds }) : ""}${state === "refused" ? t("no-microphone") : ""}${state === "unable" ? t("cannot-record") : ""}</p>
  </div>`;
}

export const PLAYERS = {
  multiple_choice: MultipleChoice,
  fill_blank: FillBlank,
  matching: Matching,
  drag_drop: DragDrop,
  translation: Translation,
  dictation: Dictation,
  listening: Listening,
  speaking: Speaking,
  voice_response: VoiceResponse,
};

let names = 0;
/** A name of its own for the fields of one player. */
const useName = () => useRef(`player-${(names += 1)}`).current;

/** Return how a part of the answer was marked: "right", "wrong", or "" while it is not. */
function markOf(mark, part, isSolution) {
  if (!mark || mark.waiting || mark.correct === undefined) return isSolution ? "right" : "";
  if (mark.reasons?.some((reason) => reason.part === part)) return "wrong";
  return mark.correct || isSolution ? "right" : "";
}
