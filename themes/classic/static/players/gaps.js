// Write what is missing. Where there is a bank, a word of it goes into the gap that waits, and out again.

import { html, useRef, useState } from "../vendor/preact.js";
import { t } from "../words.js";
import { Sign, markOf } from "./marks.js";

export function FillBlank({ task, answer, change, fixed, mark }) {
  const gaps = task.segments.filter((segment) => "gap" in segment).length;
  const [texts, setTexts] = useState(answer?.gaps ?? Array(gaps).fill(""));
  const waiting = useRef(0);
  const write = (index, text) => {
    const next = texts.map((each, at) => (at === index ? text : each));
    setTexts(next);
    change(next.every((each) => each.trim()) ? { gaps: next } : null);
  };
  const put = (word) => {
    const taken = texts.lastIndexOf(word);
    if (taken >= 0 && isUsed(word)) return write(taken, "");
    const index = texts[waiting.current] === "" ? waiting.current : texts.findIndex((each) => !each);
    if (index < 0) return;
    write(index, word);
    waiting.current = index + 1;
  };
  // A word that the bank has twice can be put twice.
  const isUsed = (word) => texts.filter((each) => each === word).length >= task.bank.filter((each) => each === word).length;
  return html`<p class="gaps" lang=${task.language} dir="auto">
      ${task.segments.map((segment, at) => ("gap" in segment ? html`<${Gap} key=${at} text=${texts[segment.gap]} number=${segment.gap + 1} fixed=${fixed}
        state=${markOf(mark, `gap:${segment.gap}`)} wait=${() => (waiting.current = segment.gap)} write=${(text) => write(segment.gap, text)} />` : segment.text))}
    </p>
    ${task.bank.length > 0 && html`<div class="bank" role="group" aria-label=${t("bank")}>
      ${task.bank.map((word, at) => html`<button type="button" class="chip" key=${at} lang=${task.language} dir="auto" disabled=${fixed}
        aria-pressed=${isUsed(word)} onClick=${() => put(word)}>${word}</button>`)}
    </div>`}`;
}

function Gap({ text, number, fixed, state, wait, write }) {
  return html`<span class="gap-place"><input class=${`gap ${state}`} value=${text} size=${Math.max(6, [...text].length + 1)} maxlength="200"
    readonly=${fixed} aria-label=${t("gap", { number })} aria-invalid=${state === "wrong" ? "true" : undefined}
    autocomplete="off" autocapitalize="none" spellcheck=${false}
    onFocus=${wait} onInput=${(event) => write(event.currentTarget.value)} /><${Sign} state=${state} /></span>`;
}
