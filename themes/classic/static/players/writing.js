// Write a sentence: what another one says, or what one hears.

import { html } from "../vendor/preact.js";
import { t } from "../words.js";
import { markOf } from "./marks.js";

export function Translation(given) {
  const { task } = given;
  return html`<blockquote lang=${task.source_language} dir="auto">${task.source}</blockquote><${Writing} ...${given} label=${t("your-translation")} />`;
}

export function Dictation(given) {
  return html`<${Writing} ...${given} label=${t("write-what-you-hear")} />`;
}

function Writing({ task, answer, change, fixed, mark, label }) {
  const text = answer?.text ?? "";
  const state = markOf(mark, "");
  // What is said below it is "partly right": a red field would say otherwise.
  const colour = state === "wrong" && mark.score > 0 ? "nearly" : state;
  const write = (event) => {
    const written = event.currentTarget.value;
    change(written.trim() ? { text: written } : null);
  };
  // A sentence has no second line: Enter hands it in.
  const key = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (answer && !fixed) event.currentTarget.form.requestSubmit();
  };
  return html`<label>${label}<textarea class=${colour} rows="2" maxlength="2000" readonly=${fixed} lang=${task.language} dir="auto"
    aria-invalid=${state === "wrong" ? "true" : undefined} autocomplete="off" autocapitalize="sentences" spellcheck=${false}
    value=${text} onInput=${write} onKeyDown=${key} /></label>
    ${mark?.reasons?.length > 0 && html`<${Marked} text=${text} reasons=${mark.reasons} language=${task.language} />`}`;
}

/** The learner's own text, with what the reasons are about underlined. */
function Marked({ text, reasons, language }) {
  // The API counts code points, and a string of JavaScript does not.
  const letters = [...text];
  const parts = [];
  let at = 0;
  for (const { start, end } of [...reasons].sort((one, other) => one.start - other.start)) {
    if (start < at || end <= start) continue;
    parts.push(letters.slice(at, start).join(""), html`<mark>${letters.slice(start, end).join("")}</mark>`);
    at = end;
  }
  parts.push(letters.slice(at).join(""));
  return parts.length > 1 ? html`<p class="marked" lang=${language} dir="auto"><span class="unseen">${t("look-here")}</span> ${parts}</p>` : null;
}
