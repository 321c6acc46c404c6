// An exercise, as it is answered: its task, the learner's answer, and what came of it.

import { Act } from "./act.js";
import { giveAnswer, giveUp, tryAnswer } from "./answers.js";
import { Trouble, useApp } from "./app.js";
import { sideOf } from "./direction.js";
import { draftOf, keepDraft } from "./drafts.js";
import { Earlier } from "./earlier.js";
import { Icon } from "./icons.js";
import { Outcome } from "./outcome.js";
import { NoPlayer, usePlayer } from "./players.js";
import { Slot } from "./places.js";
import { Guard } from "./problems.js";
import { Clock, Ready, useTimer } from "./timing.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { waiting, whenSent } from "./waiting.js";
import { count, t } from "./words.js";

/** One exercise of a lesson, ready to be answered. `answered` is told its id and what came of it. */
export function Exercise({ exercise, answered }) {
  const { Player } = usePlayer(exercise.kind);
  if (Player === null || !Object.keys(exercise.task).length) return html`<${Unknown} exercise=${exercise} />`;
  return html`<section class="exercise raised" id=${`exercise-${exercise.id}`} aria-labelledby=${`title-${exercise.id}`}>
    <header><h3 id=${`title-${exercise.id}`} dir=${sideOf(exercise.title)}>${exercise.title}</h3><${Standing} exercise=${exercise} /></header>
    ${exercise.instructions && html`<p class="instructions" dir=${sideOf(exercise.instructions)}>${exercise.instructions}</p>`}
    ${Player ? html`<${Guard} instead=${() => html`<${NoPlayer} kind=${exercise.kind} />`}><${Play} exercise=${exercise} Player=${Player} answered=${answered} /><//>` : html`<p class="awaited" aria-busy="true"></p>`}
  </section>`;
}

function Play({ exercise, Player, answered }) {
  const { me, preview } = useApp();
  const [draft] = useState(() => draftOf(exercise.id));
  const [answer, setAnswer] = useState(draft.answer ?? null);
  const [mark, setMark] = useState(null);
  const [hints, setHints] = useState([]);
  const { error, busy, act } = useActing();
  const timer = useTimer(exercise, Boolean(mark));
  const form = useRef();
  const outcome = useRef();
  // What comes by itself takes nobody away from what they are at.
  useEffect(() => void (mark?.quiet || outcome.current?.focus()), [mark]);
  useEffect(() => {
    keepDraft(exercise.id, mark ? null : answer);
    return () => keepDraft(exercise.id, null);
  }, [answer, mark]);

  const take = (told) => {
    setMark(told);
    if (told.hint) setHints((before) => [...before, told.hint]);
    if (!told.waiting) answered?.(exercise.id, told);
  };
  useLater(exercise, mark, {
    found: (kept) => {
      setAnswer(kept.recording ? { recording: kept.recording } : kept.item.answer);
      setMark({ waiting: kept.item.client_id, quiet: true });
    },
    came: (told) => take({ ...told, quiet: true }),
    refused: (problem) => {
      setMark(null);
      act(() => Promise.reject(problem));
    },
  });
  const check = (event) => {
    event?.preventDefault();
    act(async () => take(await (preview ? tryAnswer(preview, exercise, answer) : giveAnswer(exercise, answer, timer.seconds()))));
  };
  const surrender = () => act(async () => take(await giveUp(exercise)));
  const again = () => {
    setMark(null);
    timer.again();
    // Once it can be changed again.
    setTimeout(() => form.current?.querySelector("input:not([type=file]), textarea, button:not(.step)")?.focus());
  };
  // Time that a school enforces ends by itself: what is there is handed in.
  useEffect(() => void (timer.isOver && timer.isEnforced && answer && !mark && check()), [timer.isOver]);

  const left = mark?.attempts_left ?? attemptsLeft(exercise);
  const maySurrender = me && !mark?.solution && !mark?.waiting && (mark ? mark.correct === false : exercise.standing?.attempts > 0);
  if (me && timer.isAwaited) return html`<${Ready} exercise=${exercise} start=${() => act(timer.start)} busy=${busy} />${error && html`<${Trouble} error=${error} />`}`;
  const isOut = !mark && left === 0;
  // What was not complete in time cannot be handed in any more.
  const isLate = !mark && !busy && timer.isOver && timer.isEnforced;
  return html`${timer.isRunning && !mark && html`<${Clock} timer=${timer} />`}
    ${!mark && hints.map((hint) => html`<p class="hint" key=${hint}><b>${t("hint")}</b> <span dir=${sideOf(hint)}>${hint}</span></p>`)}
    <form ref=${form} onSubmit=${check}>
      <${Player} task=${exercise.task} answer=${answer} change=${setAnswer} fixed=${Boolean(mark) || busy || isOut || isLate} mark=${mark} />
      ${draft.lost && !answer && !mark && html`<p class="callout warning" role="status">${t("recording-lost")}</p>`}
      ${!mark && html`<div class="acts">
        ${!me && !preview && html`<${MembersOnly} />`}
        ${(me || preview) && !isOut && !isLate && html`<${Act} name=${BY_VOICE.has(exercise.kind) ? "hand-in" : "check"} type="submit" disabled=${busy || !answer} />`}
        ${isLate && !isOut && html`<${Act} name="again" onClick=${again} />`}
        ${isOut && html`<p>${t("no-tries-left")}</p>`}
        ${maySurrender && html`<${GiveUp} surrender=${surrender} busy=${busy} />`}
      </div>`}
    </form>
    ${error && html`<${Trouble} error=${error} />`}
    ${mark && html`<div class="came-of-it" ref=${outcome} tabindex="-1"><${Outcome} mark=${mark} answer=${answer} exercise=${exercise} />
      <div class="acts">
        ${canTryAgain(mark) && html`<${Act} name=${mark.status === "needs_review" ? "answer-again" : "again"} onClick=${again} />`}
        ${maySurrender && html`<${GiveUp} surrender=${surrender} busy=${busy} />`}
      </div></div>`}
    ${me && exercise.standing?.attempts > 0 && html`<${Earlier} exercise=${exercise} />`}
    <${Slot} name="exercise.after" about=${{ exercise, mark }} />`;
}

/** An answer that waits is shown as such after the page was loaded anew, and what came of it once it was sent. */
function useLater(exercise, mark, { found, came, refused }) {
  const { me } = useApp();
  useEffect(() => {
    if (!me) return;
    waiting().then((all) => {
      const kept = all.find(({ item }) => item.exercise === exercise.id);
      if (kept) found(kept);
    }, () => {});
  }, []);
  useEffect(() => {
    if (mark?.waiting) return whenSent(mark.waiting, ({ result, problem }) => (problem ? refused(problem) : came(result)));
  }, [mark]);
}

/** Do one thing at a time, and tell what went wrong with it. */
function useActing() {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const act = async (doing) => {
    setBusy(true);
    setError(null);
    await doing().catch(setError);
    setBusy(false);
  };
  return { error, busy, act };
}

const BY_VOICE = new Set(["speaking", "voice_response"]);

const canTryAgain = (mark) => mark.attempts_left !== 0 && !mark.correct && !mark.waiting;

const attemptsLeft = ({ max_attempts, standing }) => (max_attempts ? Math.max(0, max_attempts - (standing?.attempts ?? 0)) : null);

/** Giving up costs the points that are not won yet: it is asked twice. */
function GiveUp({ surrender, busy }) {
  const [asked, setAsked] = useState(false);
  const sure = useRef();
  useEffect(() => void (asked && sure.current?.focus()), [asked]);
  if (!asked) return html`<button type="button" class="plain" disabled=${busy} onClick=${() => setAsked(true)}>${t("give-up")}</button>`;
  return html`<div class="sure" role="group" aria-label=${t("give-up")}><p>${t("give-up-sure")}</p>
    <button type="button" ref=${sure} disabled=${busy} onClick=${surrender}>${t("give-up-yes")}</button>
    <button type="button" class="plain" onClick=${() => setAsked(false)}>${t("give-up-no")}</button></div>`;
}

/** Where one stands with it: solved, with the teacher, or how many tries are left. */
function Standing({ exercise }) {
  const { language } = useApp();
  const { standing } = exercise;
  const left = attemptsLeft(exercise);
  if (standing?.solved) return html`<span class="standing done"><${Icon} name="check" />${t("solved")}</span>`;
  if (standing?.waiting_for_review) return html`<span class="standing"><${Icon} name="person" />${t("with-teacher")}</span>`;
  if (left !== null && !standing?.solution_shown) return html`<span class="standing">${count("tries-left", left, language)}</span>`;
  return null;
}

function MembersOnly() {
  const where = encodeURIComponent(location.pathname);
  return html`<a class="button" href=${`/sign-in?next=${where}`}>${t("sign-in-to-answer")}</a>`;
}

function Unknown({ exercise }) {
  return html`<section class="exercise raised" aria-label=${exercise.title}><h3 dir="auto">${exercise.title}</h3>
    <${NoPlayer} kind=${exercise.kind} /></section>`;
}
