// The first page: what to go on with, and what else there is, all of it in pictures.

import { Trouble, useAnswer, useApp } from "./app.js";
import { Drawing } from "./drawings.js";
import { goOnWith } from "./go-on.js";
import { PictureCard } from "./picture-card.js";
import { Slot } from "./places.js";
import { lessonsOf, pathsOf } from "./tree.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

export function Home() {
  const { tree, school, me } = useApp();
  const told = useFacts(tree.items);
  if (tree.refused) return html`<h1>${school.name}</h1><${Trouble} error=${tree.refused} />`;
  const paths = pathsOf(tree.items);
  return html`<h1 class="hello"><${Drawing} name="sun" />${school.name}</h1>
    ${tree.items.length === 0 && html`<p>${t("no-lessons-yet")}</p>`}
    ${me && html`<${Begun} told=${told} />`}
    <ul class="pictures">${placesOf(tree.items).map((item) => html`<li key=${item.id}>
      <${PictureCard} thing=${{ ...item, ...told.get(item.id) }} to=${paths.get(item.id)} /></li>`)}</ul>
    <${Slot} name="home.card" />`;
}

/** What the first page leads to. Where all lies in one category, a child need not choose it. */
function placesOf(items) {
  const groups = items.length === 1 ? items[0].children : [];
  return groups.length ? groups : items;
}

/** Return what is told of each page, by its id; of a group without a picture, that of its first lesson with one. */
function useFacts(items) {
  const { value: categories } = useAnswer(items.length > 0 && "/content/categories", { limit: 100 });
  const { value: lessons } = useAnswer(items.length > 0 && "/content/lessons", { limit: 100, level: "all" });
  const told = new Map([...(categories?.items ?? []), ...(lessons?.items ?? [])].map((item) => [item.id, item]));
  const picture = (item) => {
    const own = told.get(item.id);
    if (own?.image || own?.icon) return;
    const image = lessonsOf([item]).map((lesson) => told.get(lesson.id)?.image).find(Boolean);
    told.set(item.id, { ...own, image });
  };
  const walk = (item) => {
    item.children.forEach(walk);
    picture(item);
  };
  items.forEach(walk);
  return told;
}

function Begun({ told }) {
  const { tree } = useApp();
  const { value } = useAnswer("/learning/progress", { limit: 100 });
  const { lesson, begun } = value ? goOnWith(tree.items, value.items) : {};
  if (!lesson) return null;
  return html`<section class="go-on" aria-labelledby="go-on"><h2 class="unseen" id="go-on">${t(begun ? "go-on-learning" : "lesson-to-begin")}</h2>
    <${PictureCard} thing=${{ ...lesson, ...told.get(lesson.id) }} to=${pathsOf(tree.items).get(lesson.id)} level=${3} state="next" /></section>`;
}
