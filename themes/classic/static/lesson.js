// A page of the catalogue in full: a lesson with its blocks, or what lies below a category.

import { Trouble, useAnswer, useApp } from "./app.js";
import { Block } from "./blocks.js";
import { Exercise } from "./exercises.js";
import { Icon } from "./icons.js";
import { keepMedia } from "./keeping.js";
import { Slot } from "./places.js";
import { AsRead, useSitting } from "./reading.js";
import { Shelf } from "./shelf.js";
import { lessonAfter, pageAt, pathsOf } from "./tree.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { count, t } from "./words.js";

const PLURALS = { category: "categories", subcategory: "subcategories", lesson: "lessons", course: "courses" };

/** What an address of the catalogue shows. */
export function Place({ match }) {
  const { tree } = useApp();
  const found = pageAt(tree.items, decodeURI(match[1]).replace(/\/$/, "").split("/"));
  const plural = found && PLURALS[found.item.type];
  const { value, error, again } = useAnswer(plural && `/content/${plural}/${found.item.id}`);
  if (tree.refused) return html`<${Trouble} error=${tree.refused} />`;
  if (!plural) return html`<h1>${t("nothing-here")}</h1><p><a href="/">${t("to-catalogue")}</a></p>`;
  if (error) return html`<${Above} found=${found} /><h1>${found.item.title}</h1><${Refusal} error=${error} again=${again} />`;
  if (!value) return html`<${Above} found=${found} /><h1>${found.item.title}</h1><p aria-busy="true"></p>`;
  return html`<${Above} found=${found} />
    ${value.type === "lesson" ? html`<${Lesson} key=${value.id} lesson=${value} />` : html`<${Shelf} key=${value.id} page=${value} found=${found} />`}`;
}

/** What the API refused: of a locked lesson, with the lessons that come first. */
function Refusal({ error, again }) {
  const { me, tree } = useApp();
  if (error.code !== "prerequisite_missing") return html`<${Trouble} error=${error} again=${again} />`;
  const ids = Object.keys(error.errors).map((name) => name.replace("missing.", ""));
  const paths = pathsOf(tree.items);
  const titles = titlesIn(tree.items);
  return html`<div class="locked-page raised">
    <p><${Icon} name="lock" /> ${t("locked")}</p>
    <h2>${t("comes-first")}</h2>
    <ul>${ids.map((id) => html`<li key=${id}><a href=${paths.get(id) ?? "/"}>${titles.get(id) ?? error.errors[`missing.${id}`][0]}</a></li>`)}</ul>
    ${!me && html`<p><a class="button" href=${`/sign-in?next=${encodeURIComponent(location.pathname)}`}>${t("sign-in")}</a></p>`}
  </div>`;
}

function titlesIn(items, found = new Map()) {
  for (const item of items) {
    found.set(item.id, item.title);
    titlesIn(item.children, found);
  }
  return found;
}

function Above({ found }) {
  const { tree } = useApp();
  const paths = pathsOf(tree.items);
  if (!found.above.length) return null;
  return html`<nav class="above" aria-label=${t("where")}><ol>
    ${found.above.map((item) => html`<li key=${item.id}><a href=${paths.get(item.id)}>${item.title}</a></li>`)}
  </ol></nav>`;
}

/** A lesson in full; an unsaved one has its exercises with it. */
export function Lesson({ lesson }) {
  const { language, me, preview } = useApp();
  const { value, error, again } = useAnswer(!preview && lesson.exercises_count > 0 && `/content/lessons/${lesson.id}/exercises`, { limit: 100 });
  const [standings, setStandings] = useState({});
  const [progress, setProgress] = useState(lesson.reader?.progress ?? null);
  useSitting(lesson);
  useEffect(() => void (me && value && keepMedia(lesson, value)), [value]);
  const exercises = (lesson.exercises ?? value?.items ?? []).map((exercise) => ({ ...exercise, standing: standings[exercise.id] ?? exercise.reader?.progress }));
  const found = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const placed = new Set(lesson.body.filter((block) => block.exercise).map((block) => block.exercise.id));
  const others = exercises.filter((exercise) => !placed.has(exercise.id));
  const answered = (id, told) => {
    setStandings((before) => ({ ...before, [id]: told.exercise_progress }));
    if (told.lesson_progress) setProgress(told.lesson_progress);
  };
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
    ${!preview && (value || lesson.exercises_count === 0) && html`<${End} lesson=${lesson} exercises=${exercises} progress=${progress} changed=${setProgress} />`}
  </article>`;
}

const isAnswered = ({ standing }) => standing?.solved || standing?.waiting_for_review || standing?.solution_shown;

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
  const isForReader = me && !progress?.done && exercises.every(({ standing }) => standing?.waiting_for_review);
  return html`<footer class="lesson-end">
    ${progress?.done && html`<p class="standing done"><${Icon} name="check" /><span role="status">${t("lesson-done")} ${progress.points > 0 ? count("points", progress.points, language) : ""}</span></p>`}
    ${isForReader && html`<${AsRead} lesson=${lesson} changed=${changed} />`}
    ${next
      ? html`<p><a class=${progress?.done ? "button" : "button plain"} href=${pathsOf(tree.items).get(next.id)}>${t("next-lesson")} <b>${next.title}</b></a></p>`
      : html`<p><a class="button plain" href="/">${t("to-catalogue")}</a></p>`}
  </footer>`;
}
