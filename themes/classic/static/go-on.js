// What to go on with.

import { Share } from "./cards.js";
import { useApp } from "./context.js";
import { findPage, lessonsOf, pathsOf } from "./tree.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

/** What to go on with: the lesson begun last, at the place where one stopped; else the next one. */
export function GoOn({ items }) {
  const { tree } = useApp();
  const { lesson, begun } = goOnWith(tree.items, items);
  if (!lesson) return null;
  const place = begun?.position ? `#block-${begun.position}` : "";
  return html`<section class="go-on" aria-labelledby="go-on">
    <div><h2 id="go-on">${t(begun ? "go-on-learning" : "lesson-to-begin")}</h2>
      ${begun && html`<${Share} share=${begun.score} />`}</div>
    <a class="button" href=${pathsOf(tree.items).get(lesson.id) + place}>${lesson.title}</a>
  </section>`;
}

/** Return the `lesson` to go on with and, if it is `begun`, how far it is, by one's progress. */
export function goOnWith(tree, items) {
  const begun = items.find((item) => !item.done && findPage(tree, item.lesson));
  return { begun, lesson: begun ? findPage(tree, begun.lesson) : nextAfter(tree, items) };
}

/** The first lesson after the last one that was done, of those that are not. */
function nextAfter(tree, items) {
  const done = new Set(items.filter((item) => item.done).map((item) => item.lesson));
  if (!done.size) return null;
  const lessons = lessonsOf(tree);
  const last = lessons.findIndex((lesson) => lesson.id === items.find((item) => item.done).lesson);
  return [...lessons.slice(last + 1), ...lessons].find((lesson) => !done.has(lesson.id));
}
