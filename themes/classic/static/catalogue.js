// The catalogue: what there is to learn, and the way to it.

import { Trouble, useAnswer, useApp } from "./app.js";
import { GoOn } from "./go-on.js";
import { NoLessons } from "./no-lessons.js";
import { Slot } from "./places.js";
import { lessonsOf, pathsOf } from "./tree.js";
import { html } from "./vendor/preact.js";
import { count, t } from "./words.js";

/** The first page: where one stopped, the categories, and the courses. */
export function Home() {
  const { tree, school, me } = useApp();
  if (tree.refused) return html`<h1>${school.name}</h1><${Trouble} error=${tree.refused} again=${() => location.reload()} />`;
  const courses = tree.items.filter((item) => item.type === "course");
  const categories = tree.items.filter((item) => item.type !== "course");
  return html`<h1>${school.name}</h1>
    <${QuickSearch} />
    ${me && html`<${Begun} />`}
    <${Slot} name="home.card" />
    ${tree.items.length === 0 && html`<p>${t("no-lessons-yet")}</p>`}
    <${Categories} categories=${categories} />
    ${courses.length > 0 && html`<h2>${t("courses")}</h2><${Courses} courses=${courses} />`}`;
}

function QuickSearch() {
  const { go } = useApp();
  const search = (event) => {
    event.preventDefault();
    const q = new FormData(event.currentTarget).get("q").trim();
    go(q ? `/search?${new URLSearchParams({ q })}` : "/search");
  };
  return html`<form class="quick search" role="search" onSubmit=${search}>
    <input type="search" name="q" maxlength="200" aria-label=${t("search-lessons")} placeholder=${t("search-lessons")} />
    <button>${t("search")}</button>
  </form>`;
}

function Begun() {
  const { value } = useAnswer("/learning/progress", { limit: 100 });
  return value ? html`<${GoOn} items=${value.items} />` : null;
}

function Categories({ categories }) {
  const { language } = useApp();
  const { value } = useAnswer(categories.length > 0 && "/content/categories", { limit: 100 });
  const facts = new Map((value?.items ?? []).map((item) => [item.id, item]));
  return html`<div class="categories">${categories.map((item) => {
    const told = facts.get(item.id);
    const lessons = lessonsOf(item.children);
    return html`<section class="category raised" key=${item.id} aria-labelledby=${item.id}>
      <div class="category-icon" aria-hidden="true">${told?.icon || item.title.slice(0, 1)}</div>
      <div><h2 id=${item.id}><a href=${`/learn/${item.slug}`}>${item.title}</a></h2>
        ${lessons.length > 0 && html`<p class="facts">${count("lessons-in", lessons.length, language)} ${levelsOf(lessons) && html`<span class="level">${levelsOf(lessons)}</span>`}</p>`}
        <p class="about">${told?.description}</p>
        ${lessons.length > 0 ? html`<${Shelves} item=${item} />` : html`<${NoLessons} category=${item.id} />`}</div>
    </section>`;
  })}</div>`;
}

function Shelves({ item }) {
  const groups = item.children.filter((child) => child.type !== "lesson");
  if (!groups.length) return null;
  return html`<ul class="shelves">${groups.map((child) => html`<li key=${child.id}>
    <a href=${`/learn/${item.slug}/${child.slug}`}>${child.title}</a></li>`)}</ul>`;
}

/** Return the levels of some lessons, from the first to the last: "A1–B1"; "" of none. */
function levelsOf(lessons) {
  const levels = [...new Set(lessons.map((lesson) => lesson.level).filter((level) => level && level !== "MIXED"))].sort();
  return levels.length > 1 ? `${levels[0]}–${levels.at(-1)}` : (levels[0] ?? "");
}

function Courses({ courses }) {
  return html`<ul class="cards">${courses.map((item) => html`<li key=${item.id}><article class="card">
    <h3 class="title"><a href=${`/courses/${item.slug}`}>${item.title}</a></h3>
    ${item.level && html`<p class="facts"><span class="level">${item.level}</span></p>`}
  </article></li>`)}</ul>`;
}

export { pathsOf };
