// How far one is.

import { Trouble, useAnswer, useApp } from "./app.js";
import { pathsOf } from "./catalogue.js";
import { html } from "./vendor/preact.js";
import { count, t } from "./words.js";

/** The lessons one began, the latest first, and what they come to. */
export function Progress() {
  const { tree, language } = useApp();
  const { value, error, again } = useAnswer("/learning/progress", { limit: 100 });
  if (error) return html`<h1>${t("progress")}</h1><${Trouble} error=${error} again=${again} />`;
  if (!value) return html`<h1>${t("progress")}</h1><p aria-busy="true"></p>`;
  const paths = pathsOf(tree.items);
  const titles = titlesOf(tree.items);
  const per = new Intl.NumberFormat(language, { style: "percent" });
  return html`<h1>${t("progress")}</h1>
    <p class="facts"><span>${count("lessons-done", value.summary.lessons_completed, language)}</span>
      <span>${count("points", value.summary.points, language)}</span></p>
    ${value.items.length === 0 && html`<p>${t("nothing-begun")} <a href="/">${t("to-catalogue")}</a></p>`}
    <ul class="cards">${value.items.map((item) => html`<li key=${item.lesson}><a class="card" href=${paths.get(item.lesson) || "/"}>
      <span class="title">${titles.get(item.lesson) || t("lesson-gone")}</span>
      <span class="level">${item.done ? t("done") : per.format(item.score)}</span>
      <progress max="1" value=${item.score} aria-hidden="true"></progress></a></li>`)}</ul>`;
}

function titlesOf(items, found = new Map()) {
  for (const item of items) {
    found.set(item.id, item.title);
    titlesOf(item.children, found);
  }
  return found;
}
