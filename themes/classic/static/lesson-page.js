// A lesson as it is read: from its first block down to what comes after it.

import { Trouble, useApp } from "./app.js";
import { Block } from "./blocks.js";
import { Exercise } from "./exercises.js";
import { Icon } from "./icons.js";
import { Slot } from "./places.js";
import { AsRead, isAnswered, isToldByReader, unplaced } from "./reading.js";
import { lessonAfter, pathsOf } from "./tree.js";
import { html } from "./vendor/preact.js";
import { count, t } from "./words.js";

/**
 * All of a lesson on one page. `exercises` are those in full, with their standing; `isThere` tells
 * whether they were read; `answered` is told what came of one, `changed` of the lesson.
 */
export function LessonPage({ lesson, exercises, progress, isThere, error, again, answered, changed }) {
  const { language, me, preview } = useApp();
  const found = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const others = unplaced(lesson, exercises);
  return html`<article class="lesson">
    <h1>${lesson.title}</h1>
    <p class="facts">${lesson.level && html`<span class="level">${lesson.level}</span>`}
      ${lesson.duration > 0 && html`<span><${Icon} name="clock" /> ${count("minutes", lesson.duration, language)}</span>`}
      ${lesson.tags.map((tag) => html`<a class="tag" key=${tag} href=${`/search?${new URLSearchParams({ tag })}`}><bdi>#${tag}</bdi></a>`)}</p>
    ${lesson.description && html`<p class="lead">${lesson.description}</p>`}
    ${me && html`<${Answered} exercises=${exercises} />`}
    ${lesson.objectives.length > 0 && html`<section class="raised objectives"><h2>${t("objectives")}</h2>
      <ul>${lesson.objectives.map((objective) => html`<li>${objective}</li>`)}</ul></section>`}
    ${lesson.body.length > 0 && html`<h2 class="unseen">${t("the-lesson")}</h2>`}
    ${lesson.body.map((block) => html`<div id=${`block-${block.id}`} key=${block.id}>
      <${Block} block=${block} exercise=${(id) => found.get(id) && html`<${Exercise} exercise=${found.get(id)} answered=${answered} />`} /></div>`)}
    ${error && html`<${Trouble} error=${error} again=${again} />`}
    ${others.length > 0 && html`<h2>${t("exercises")}</h2>
      ${others.map((exercise) => html`<${Exercise} key=${exercise.id} exercise=${exercise} answered=${answered} />`)}`}
    <${Slot} name="lesson.after" about=${{ lesson }} />
    ${!preview && isThere && html`<${End} lesson=${lesson} exercises=${exercises} progress=${progress} changed=${changed} />`}
  </article>`;
}

/** How many of a lesson's exercises are behind one; it stays in sight while one scrolls. */
function Answered({ exercises }) {
  const done = exercises.filter(isAnswered).length;
  if (!exercises.length) return null;
  const said = t("answered", { done, of: exercises.length });
  return html`<div class="answered"><progress max=${exercises.length} value=${done} aria-label=${said}></progress><span aria-hidden="true">${said}</span></div>`;
}

/** What comes of a lesson, and what comes after it. */
function End({ lesson, exercises, progress, changed }) {
  const { tree, me, language } = useApp();
  const next = lessonAfter(tree.items, lesson.id);
  const isForReader = me && isToldByReader(exercises, progress);
  return html`<footer class="lesson-end">
    ${progress?.done && html`<p class="standing done"><${Icon} name="check" /><span role="status">${t("lesson-done")} ${progress.points > 0 ? count("points", progress.points, language) : ""}</span></p>`}
    ${isForReader && html`<${AsRead} lesson=${lesson} changed=${changed} />`}
    ${next
      ? html`<p><a class=${progress?.done ? "button" : "button plain"} href=${pathsOf(tree.items).get(next.id)}>${t("next-lesson")} <b>${next.title}</b></a></p>`
      : html`<p><a class="button plain" href="/">${t("to-catalogue")}</a></p>`}
  </footer>`;
}
