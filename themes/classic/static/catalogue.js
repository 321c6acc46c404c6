// The catalogue: what there is to learn, and the way to it.

import { Trouble, useAnswer, useApp } from "./app.js";
import { Slot } from "./places.js";
import { html, useState } from "./vendor/preact.js";
import { count, t } from "./words.js";

/** The first page: the categories, and what lies in them. */
export function Home() {
  const { tree, school } = useApp();
  if (tree.refused) return html`<h1>${school.name}</h1><${Trouble} error=${tree.refused} />`;
  const [courses, categories] = parted(tree.items, (item) => item.type === "course");
  return html`<h1>${school.name}</h1>
    <${Slot} name="home.card" />
    ${categories.map((item) => html`<${Section} key=${item.id} item=${item} path="" level=${2} />`)}
    ${courses.length > 0 && html`<h2>${t("courses")}</h2><${Cards} items=${courses} base="/courses/" />`}`;
}

/** A category or subcategory as a part of a page: its title, and the lessons below it. */
export function Section({ item, path, level }) {
  const below = `${path}${item.slug}/`;
  const [lessons, groups] = parted(item.children, (child) => child.type === "lesson");
  return html`<section>
    <${`h${level}`}><a href=${`/learn/${path}${item.slug}`}>${item.title}</a><//>
    <${Cards} items=${lessons} base=${`/learn/${below}`} />
    ${groups.map((child) => html`<${Section} key=${child.id} item=${child} path=${below} level=${level + 1} />`)}
  </section>`;
}

function Cards({ items, base }) {
  if (!items.length) return null;
  return html`<ul class="cards">
    ${items.map((item) => html`<li key=${item.id}><a class="card" href=${base + item.slug}>
      <span class="title">${item.title}</span>${item.level && html`<span class="level">${item.level}</span>`}
    </a></li>`)}
  </ul>`;
}

/** Searching by words, and narrowing by level. */
export function Search() {
  const { school } = useApp();
  const asked = new URLSearchParams(location.search);
  const [wanted, setWanted] = useState({ q: asked.get("q") || "", level: asked.get("level") || "" });
  const search = (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setWanted({ q: form.get("q").trim(), level: form.get("level") || "" });
  };
  return html`<h1>${t("search")}</h1>
    <form class="search" role="search" onSubmit=${search}>
      <label>${t("words")}<input type="search" name="q" value=${wanted.q} maxlength="200" /></label>
      ${school.levels.length > 0 && html`<label>${t("level")}<select name="level">
        <option value="">${t("any")}</option>
        ${school.levels.map((level) => html`<option selected=${level === wanted.level}>${level}</option>`)}
      </select></label>`}
      <button>${t("search")}</button>
    </form>
    ${(wanted.q || wanted.level) && html`<${Found} ...${wanted} />`}`;
}

function Found({ q, level }) {
  const { tree, language } = useApp();
  const { value, error, again } = useAnswer("/content/lessons", { q, level: level || "all", limit: 50 });
  if (error) return html`<${Trouble} error=${error} again=${again} />`;
  if (!value) return html`<p aria-busy="true"></p>`;
  const paths = pathsOf(tree.items);
  return html`<p role="status">${count("found", value.items.length, language)}</p>
    <ul class="cards">${value.items.map((item) => html`<li key=${item.id}>
      <a class="card" href=${paths.get(item.id) || "/"}>
        <span class="title">${item.title}</span><span class="level">${item.level}</span>
        <span class="about">${item.description}</span>
      </a></li>`)}</ul>`;
}

/** Return the address of each page of the tree, by its id. */
export function pathsOf(items, path = "", found = new Map()) {
  for (const item of items) {
    const base = item.type === "course" ? "/courses/" : "/learn/";
    found.set(item.id, base + path + item.slug);
    pathsOf(item.children, `${path}${item.slug}/`, found);
  }
  return found;
}

/** Return the page to which the slugs of an address lead, with what lies above it; null if none. */
export function pageAt(items, slugs, above = []) {
  const item = items.find((each) => each.slug === slugs[0]);
  if (!item) return null;
  return slugs.length === 1 ? { item, above } : pageAt(item.children, slugs.slice(1), [...above, item]);
}

const parted = (items, test) => [items.filter(test), items.filter((item) => !test(item))];
