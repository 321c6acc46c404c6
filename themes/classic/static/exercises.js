// An exercise, as it is answered: its task, the learner's answer, and what came of it.

import { Trouble, useApp } from "./app.js";
import { giveAnswer, giveUp } from "./answers.js";
import { PLAYERS } from "./players.js";
import { Slot } from "./places.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { count, knows, t } from "./words.js";

/** One exercise of a lesson, ready to be answered. */
export function Exercise({ exercise, answered }) {
  const { me } = useApp();
  const Player = PLAYERS[exercise.kind];
  const [answer, setAnswer] = useState(null);
  const [mark, setMark] = useState(null);
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const began = useRef(Date.now());
  const outcome = useRef();

  useEffect(() => outcome.current?.focus(), [mark]);

  const act = async (event, doing) => {
    event?.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const told = await doing();
      setMark(told);
      answered?.(told);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  const seconds = () => Math.round((Date.now() - began.current) / 1000);
  const check = (event) => act(event, () => giveAnswer(exercise, answer, seconds()));
  const surrender = (event) => act(event, () => giveUp(exercise));
  const again = () => {
    setMark(null);
    setAnswer(null);
    began.current = Date.now();
  };

  if (!Player || !Object.keys(exercise.task).length) return html`<${Unknown} exercise=${exercise} />`;
  const done = Boolean(mark);
  return html`<section class="exercise raised" aria-labelledby=${`title-${exercise.id}`}>
    <h3 id=${`title-${exercise.id}`}>${exercise.title}</h3>
    <p class="instructions">${exercise.instructions}</p>
    <form onSubmit=${check}>
      <${Player} key=${mark?.number ?? 0} task=${exercise.task} answer=${answer} change=${setAnswer} fixed=${done || busy} mark=${mark} />
      ${!done && html`<div class="acts">
        ${me ? html`<button disabled=${busy || !answer}>${t("check")}</button>` : html`<${MembersOnly} />`}
        ${me && exercise.reader?.progress?.attempts > 0 && html`<button type="button" class="plain" disabled=${busy} onClick=${surrender}>${t("give-up")}</button>`}
      </div>`}
    </form>
    ${error && html`<${Trouble} error=${error} />`}
    ${mark && html`<div ref=${outcome} tabindex="-1" role="status"><${Outcome} mark=${mark} answer=${answer} />
      <div class="acts">
        ${canTryAgain(mark) && html`<button type="button" onClick=${again}>${t("again")}</button>`}
        ${mark.correct === false && !mark.solution && html`<button type="button" class="plain" disabled=${busy} onClick=${surrender}>${t("give-up")}</button>`}
      </div></div>`}
    <${Slot} name="exercise.after" about=${{ exercise, mark }} />
  </section>`;
}

const canTryAgain = (mark) => mark.attempts_left !== 0 && !mark.correct && !mark.waiting;

function MembersOnly() {
  const { school } = useApp();
  const where = encodeURIComponent(location.pathname);
  return html`<a class="button" href=${`/sign-in?next=${where}`}>${t("sign-in-to-answer")}</a>`;
}

function Unknown({ exercise }) {
  return html`<section class="exercise raised"><h3>${exercise.title}</h3><p>${t("kind-unavailable")}</p></section>`;
}

/** What came of an answer, in words: the mark, the reasons, and what was expected, if it is told. */
function Outcome({ mark, answer }) {
  const { language } = useApp();
  const state = mark.waiting ? "waiting" : stateOf(mark);
  return html`<div class=${`outcome ${state}`}>
    <p class="verdict">${t(`outcome-${state}`)} ${mark.points > 0 && html`<span>${count("points", mark.points, language)}</span>`}</p>
    ${mark.reasons?.length > 0 && html`<ul>${sayings(mark.reasons, answer).map((said) => html`<li>${said}</li>`)}</ul>`}
    ${mark.feedback?.map((said) => html`<p>${said}</p>`)}
    ${mark.hint && html`<p class="hint"><b>${t("hint")}</b> ${mark.hint}</p>`}
    ${mark.solution && !mark.correct && html`<${Solution} solution=${mark.solution} />`}
    ${mark.explanation && html`<p dir="auto">${mark.explanation}</p>`}
    ${mark.afterwards?.transcript && html`<p class="example" dir="auto">${mark.afterwards.transcript}</p>`}
  </div>`;
}

/** The reasons in the reader's words, each once; of a code that is not known here, in the API's. */
function sayings(reasons, answer) {
  const said = reasons.map((reason) => {
    const name = `reason-${reason.code}`;
    return knows(name) ? t(name, { given: givenAt(reason, answer) }) : reason.message;
  });
  return [...new Set(said)];
}

/** What the learner wrote where a reason points to: it counts in code points. */
function givenAt({ part, start, end }, answer) {
  const text = part.startsWith("gap:") ? answer?.gaps?.[Number(part.slice(4))] : answer?.text;
  return [...(text ?? "")].slice(start, end).join("");
}

function stateOf(mark) {
  if (mark.status === "needs_review") return "review";
  if (mark.correct === undefined) return "given-up";
  if (mark.correct) return "right";
  return mark.score > 0 ? "partly" : "wrong";
}

/** A solution in the shape of an answer: what of it is text is shown; the player shows the rest. */
function Solution({ solution }) {
  const texts = [...(solution.gaps ?? []), ...(solution.text ? [solution.text] : [])];
  if (!texts.length) return null;
  return html`<p><b>${t("solution")}</b> <bdi>${texts.join(" · ")}</bdi></p>`;
}
