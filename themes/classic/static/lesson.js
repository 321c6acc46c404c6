// A page of the catalogue in full: a lesson, or what lies below a category.

import { Above } from "./above.js";
import { Trouble, useAnswer, useApp } from "./app.js";
import { Icon } from "./icons.js";
import { keepMedia } from "./keeping.js";
import { LessonPage } from "./lesson-page.js";
import { useSitting } from "./reading.js";
import { Shelf } from "./shelf.js";
import { pageAt, pathsOf } from "./tree.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { t } from "./words.js";

const PLURALS = { category: "categories", subcategory: "subcategories", lesson: "lessons", course: "courses" };

/** What an address of the catalogue shows. */
export function Place({ match }) {
  const { tree } = useApp();
  const found = pageAt(tree.items, decodeURI(match[1]).replace(/\/$/, "").split("/"));
  const plural = found && PLURALS[found.item.type];
  const { value, error, again } = useAnswer(plural && `/content/${plural}/${found.item.id}`);
  if (tree.refused) return html`<${Trouble} error=${tree.refused} again=${() => location.reload()} />`;
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

/** A lesson in full, with how one stands with it; an unsaved one has its exercises with it. */
export function Lesson({ lesson }) {
  const { me, preview } = useApp();
  const { value, error, again } = useAnswer(!preview && lesson.exercises_count > 0 && `/content/lessons/${lesson.id}/exercises`, { limit: 100 });
  const [standings, setStandings] = useState({});
  const [progress, setProgress] = useState(lesson.reader?.progress ?? null);
  useSitting(lesson);
  useEffect(() => void (me && value && keepMedia(lesson, value)), [value]);
  const exercises = (lesson.exercises ?? value?.items ?? []).map((exercise) => ({ ...exercise, standing: standings[exercise.id] ?? exercise.reader?.progress }));
  const answered = (id, told) => {
    setStandings((before) => ({ ...before, [id]: told.exercise_progress }));
    if (told.lesson_progress) setProgress(told.lesson_progress);
  };
  const shown = { lesson, exercises, progress, error, again, answered };
  return html`<${LessonPage} ...${shown} isThere=${Boolean(value) || lesson.exercises_count === 0} changed=${setProgress} />`;
}
