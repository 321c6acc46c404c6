// A lesson as it is played: one thing at a time, said aloud, with big arrows to what comes next and before.

import { Trouble, useAnswer, useApp } from "./app.js";
import { Block } from "./blocks.js";
import { Drawing } from "./drawings.js";
import { Exercise } from "./exercises.js";
import { PictureCard } from "./picture-card.js";
import { Slot } from "./places.js";
import { AsRead, isAnswered, isToldByReader, unplaced } from "./reading.js";
import { Speaker } from "./speaker.js";
import { Stars } from "./stars.js";
import { firstStep, stepsOf, wordsOf } from "./steps.js";
import { lessonAfter, pathsOf } from "./tree.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { t } from "./words.js";

export function LessonPage(given) {
  const { lesson, isThere, error } = given;
  // Where one goes on is known once it is known what is behind one.
  if (!isThere && !error && !lesson.exercises) return html`<p aria-busy="true"></p>`;
  return html`<${Played} ...${given} />`;
}

function Played({ lesson, exercises, progress, error, again, answered, changed }) {
  const { me } = useApp();
  const { steps, notes } = stepsOf(lesson, unplaced(lesson, exercises));
  const found = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const exerciseOf = ({ blocks: [block] }) => found.get(block?.exercise?.id);
  const isBehind = (step) => Boolean(exerciseOf(step) && isAnswered(exerciseOf(step)));
  const [{ at, how }, setPlace] = useState(() => ({ at: firstStep(steps, location.hash.slice(1), isBehind), how: "start" }));
  const place = useRef();
  const go = (to, way) => setPlace({ at: to, how: way });
  useEffect(() => {
    if (how === "start") return;
    place.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [at]);
  const step = steps[at];
  const done = exercises.filter(isAnswered).length;
  return html`<article class="lesson played">
    <header><h1>${lesson.title}</h1>${me && exercises.length > 0 && html`<${Stars} done=${done} of=${exercises.length} />`}</header>
    ${error && html`<${Trouble} error=${error} again=${again} />`}
    <section class="stage" ref=${place} tabindex="-1" key=${at} aria-labelledby="stage-name">
      <h2 class="unseen" id="stage-name">${t("step", { number: at + 1, of: steps.length + 1 })}</h2>
      ${step ? html`<${Step} step=${step} exercise=${exerciseOf(step)} answered=${answered} how=${how} />`
        : html`<${End} ...${{ lesson, exercises, progress, changed, how }} />`}
    </section>
    <nav class="arrows" aria-label=${t("steps")}>
      <button type="button" class="arrow back" disabled=${at === 0} aria-label=${t("step-back")} onClick=${() => go(at - 1, "back")}><${Drawing} name="arrow" /></button>
      <progress max=${steps.length} value=${at} aria-label=${t("step", { number: at + 1, of: steps.length + 1 })}></progress>
      ${step && html`<button type="button" class=${`arrow next ${isBehind(step) ? "inviting" : ""}`} aria-label=${t("step-next")} onClick=${() => go(at + 1, "next")}><${Drawing} name="arrow" /></button>`}
    </nav>
    <${Notes} lesson=${lesson} notes=${notes} sound=${step?.sound} exercise=${step && exerciseOf(step)} />
  </article>`;
}

function Step({ step, exercise, answered, how }) {
  const { language } = useApp();
  const words = wordsOf(step, exercise);
  const said = { src: step.sound?.audio.src, text: step.sound?.audio.transcript || words, language };
  return html`<${Speaker} things=${[said]} unasked=${[{ own: how }]} about=${step.sound?.caption || exercise?.title || ""} kind="big" />
    ${step.blocks.map((block) => html`<${Block} key=${block.id} block=${block} exercise=${() => exercise && html`<${Exercise} exercise=${exercise} answered=${answered} />`} />`)}`;
}

/** What comes of a lesson, and what comes after it. */
function End({ lesson, exercises, progress, changed, how }) {
  const { tree, me, preview } = useApp();
  const next = lessonAfter(tree.items, lesson.id);
  const done = exercises.filter(isAnswered).length;
  const { value: told } = useAnswer(!preview && next && `/content/lessons/${next.id}`);
  return html`<div class="end"><${Drawing} name="well-done" />
    <p class="finished"><span>${t("finished")}</span> <${Speaker} things=${[{ own: "finished" }]} unasked=${how === "start" ? undefined : []} about=${t("finished")} /></p>
    ${me && exercises.length > 0 && html`<${Stars} done=${done} of=${exercises.length} />`}
    ${me && !preview && isToldByReader(exercises, progress) && html`<${AsRead} lesson=${lesson} changed=${changed} />`}
    <${Slot} name="lesson.after" about=${{ lesson }} />
    ${!preview && next && html`<${PictureCard} thing=${{ ...next, ...told }} to=${pathsOf(tree.items).get(next.id)} state="next" />`}</div>`;
}

/** What is for the grown-up who sits beside: what is said, and what the lesson's author tells them. */
function Notes({ lesson, notes, sound, exercise }) {
  const transcript = sound?.audio.transcript;
  return html`<details class="notes"><summary><${Drawing} name="grown-ups" /> ${t("for-grown-ups")}</summary>
    ${transcript && html`<p><b>${t("what-is-said")}</b> <span dir="auto">${transcript}</span></p>`}
    ${exercise?.instructions && html`<p>${exercise.instructions}</p>`}
    ${lesson.description && html`<p>${lesson.description}</p>`}
    ${notes.map((block) => html`<${Block} key=${block.id} block=${block} exercise=${() => null} />`)}
  </details>`;
}
