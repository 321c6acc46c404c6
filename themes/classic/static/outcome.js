// What came of an answer, in words: the mark, the reasons, and what was expected, if it is told.

import { useApp } from "./app.js";
import { sideOf } from "./direction.js";
import { html } from "./vendor/preact.js";
import { Verdict } from "./verdict.js";
import { count, knows, t } from "./words.js";

export function Outcome({ mark, answer, exercise }) {
  const { language } = useApp();
  const state = mark.waiting ? "waiting" : stateOf(mark);
  const task = exercise.task.form ?? exercise.task;
  const model = mark.afterwards?.model_answer;
  return html`<div class=${`outcome ${state}`}>
    <${Verdict} state=${state} mark=${mark} />
    ${mark.reasons?.length > 0 && html`<ul>${sayings(mark.reasons, answer, exercise.kind).map((said) => html`<li key=${said}>${said}</li>`)}</ul>`}
    ${mark.feedback?.map((said) => html`<p dir=${sideOf(said)}>${said}</p>`)}
    ${mark.hint && html`<p class="hint"><b>${t("hint")}</b> <span dir=${sideOf(mark.hint)}>${mark.hint}</span></p>`}
    ${mark.solution && !mark.correct && html`<${Solution} solution=${mark.solution} task=${task} />`}
    ${mark.explanation && html`<p class="explanation" dir=${sideOf(mark.explanation)}>${mark.explanation}</p>`}
    ${model && html`<p><b>${t("model-answer")}</b> <span lang=${task.language} dir="auto">${model}</span></p>`}
    ${mark.afterwards?.transcript && html`<details open><summary>${t("transcript")}</summary><p lang=${exercise.task.language} dir="auto">${mark.afterwards.transcript}</p></details>`}
    ${mark.attempts_left > 0 && !mark.correct && html`<p>${count("tries-left", mark.attempts_left, language)}</p>`}
  </div>`;
}

function stateOf(mark) {
  if (mark.status === "needs_review") return "review";
  if (mark.correct === undefined) return "given-up";
  if (mark.correct) return "right";
  return mark.score > 0 ? "partly" : "wrong";
}

/** The reasons in the reader's words, each once; of a code that is not known here, in the API's. */
function sayings(reasons, answer, kind) {
  const said = reasons.map((reason) => {
    const name = [`reason-${kind}-${reason.code}`, `reason-${reason.code}`].find(knows);
    return name ? t(name, { given: isolated(givenAt(reason, answer)) }) : reason.message;
  });
  return [...new Set(said)];
}

/** What the learner wrote where a reason points to: it counts in code points. */
function givenAt({ part, start, end }, answer) {
  const text = part.startsWith("gap:") ? answer?.gaps?.[Number(part.slice(4))] : answer?.text;
  return [...(text ?? "")].slice(start, end).join("");
}

/** A word of another direction must not turn its sentence around. */
const isolated = (text) => (text ? `\u2068${text}\u2069` : "");

/** The texts of a solution: of a kind that a plugin brought, all that it has. */
const textsIn = (solution) => Object.values(solution).flat().filter((each) => typeof each === "string");

/** A solution, in the shape of an answer, as one reads it. */
function Solution({ solution, task }) {
  const textOf = (things, id) => things?.find((thing) => thing.id === id)?.text ?? "";
  const shown = { lang: task.language, dir: "auto" };
  if (solution.order) {
    return html`<p><b>${t("solution")}</b></p><ol ...${shown}>${solution.order.map((id) => html`<li key=${id}>${textOf(task.items, id)}</li>`)}</ol>`;
  }
  if (solution.pairs) {
    return html`<p><b>${t("solution")}</b></p><ul ...${shown}>${Object.entries(solution.pairs).map(([left, right]) => html`<li key=${left}>
      ${textOf(task.left, left)} – ${textOf(task.right, right)}</li>`)}</ul>`;
  }
  const texts = solution.gaps ?? solution.choices?.map((id) => textOf(task.options, id)) ?? textsIn(solution);
  return html`<p><b>${t("solution")}</b> <bdi lang=${task.language}>${texts.join(" · ")}</bdi></p>`;
}
