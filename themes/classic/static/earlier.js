// What one answered before, with its marks and what the teacher said.

import { Trouble, useAnswer, useApp } from "./app.js";
import { sideOf } from "./direction.js";
import { Player } from "./sound.js";
import { html, useState } from "./vendor/preact.js";
import { t } from "./words.js";

/** One's earlier answers to an exercise; they are asked for when one opens them. */
export function Earlier({ exercise }) {
  const [open, setOpen] = useState(false);
  return html`<details class="earlier" onToggle=${(event) => setOpen(event.currentTarget.open)}>
    <summary>${t("earlier")}</summary>${open && html`<${Answers} key=${exercise.standing.attempts} exercise=${exercise} />`}</details>`;
}

function Answers({ exercise }) {
  const { language } = useApp();
  const { value, error, again } = useAnswer(`/learning/exercises/${exercise.id}/attempts`, { limit: 10 });
  if (error) return html`<${Trouble} error=${error} again=${again} />`;
  if (!value) return html`<p aria-busy="true"></p>`;
  const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  return html`<ul>${value.items.map((attempt) => html`<li key=${attempt.id}>
    ${when.format(new Date(attempt.answered_at))}: ${attempt.status === "needs_review" ? t("with-teacher") : percent.format(attempt.score)}
    ${attempt.answer.recording && html`<${Player} src=${`/api/v1/media/${attempt.answer.recording}/file`} name=${t("your-recording")} />`}
    ${attempt.answer.text && html` <bdi class="example">${attempt.answer.text}</bdi>`}
    ${attempt.feedback.map((said) => html`<p dir=${sideOf(said)}>${said}</p>`)}</li>`)}</ul>`;
}
