// Finding lessons: by words, level, category, length and tag. What is asked for stands in the address.

import { get } from "./api.js";
import { Trouble, useApp } from "./app.js";
import { LessonCards } from "./cards.js";
import { Icon } from "./icons.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { count, t } from "./words.js";

const NAMES = ["q", "level", "category", "duration_max", "tag"];
const DURATIONS = [10, 15, 20, 30]; // minutes
const AT_ONCE = 24; // lessons

/** The lessons that one looks for; all of them, as long as one has said nothing. */
export function Search() {
  const { query, go } = useApp();
  const asked = new URLSearchParams(query);
  const wanted = Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""]));
  const want = (changes) => {
    const next = Object.entries({ ...wanted, ...changes }).filter(([, value]) => value);
    go(next.length ? `/search?${new URLSearchParams(next)}` : "/search");
  };
  return html`<h1>${t("search")}</h1>
    <${Filters} wanted=${wanted} want=${want} />
    <${Chosen} wanted=${wanted} want=${want} />
    <${Found} key=${JSON.stringify(wanted)} wanted=${wanted} want=${want} />`;
}

function Filters({ wanted, want }) {
  const { school, tree, language } = useApp();
  const search = (event) => {
    event.preventDefault();
    want({ q: new FormData(event.currentTarget).get("q").trim() });
  };
  const levels = school.levels.filter((level) => level !== "MIXED");
  const categories = tree.items.filter((item) => item.type === "category");
  return html`<form class="search" role="search" onSubmit=${search}>
    <label class="wide">${t("words")}<input type="search" name="q" value=${wanted.q} maxlength="200" /></label>
    <button>${t("search")}</button>
    ${levels.length > 0 && html`<${Choice} name="level" any=${t("any-level")} label=${t("level")} ...${{ wanted, want }} choices=${levels.map((level) => [level, level])} />`}
    ${categories.length > 1 && html`<${Choice} name="category" any=${t("any-category")} label=${t("category")} ...${{ wanted, want }}
      choices=${categories.map((item) => [item.id, item.title])} />`}
    <${Choice} name="duration_max" any=${t("any-duration")} label=${t("duration")} ...${{ wanted, want }}
      choices=${DURATIONS.map((minutes) => [String(minutes), t("up-to", { minutes: count("minutes", minutes, language) })])} />
  </form>`;
}

function Choice({ name, label, any, choices, wanted, want }) {
  return html`<label>${label}<select value=${wanted[name]} onChange=${(event) => want({ [name]: event.currentTarget.value })}>
    <option value="">${any}</option>
    ${choices.map(([value, said]) => html`<option key=${value} value=${value} selected=${value === wanted[name]}>${said}</option>`)}
  </select></label>`;
}

/** The tag by which one narrows, and the way back to everything. */
function Chosen({ wanted, want }) {
  if (!Object.values(wanted).some(Boolean)) return null;
  return html`<p class="chosen">
    ${wanted.tag && html`<button type="button" class="chip" onClick=${() => want({ tag: "" })}>
      <bdi>#${wanted.tag}</bdi> <${Icon} name="cross" /><span class="unseen">${t("remove")}</span></button>`}
    <a href="/search">${t("show-all")}</a></p>`;
}

function Found({ wanted, want }) {
  const { language } = useApp();
  const { items, more, error, again } = usePages(wanted);
  if (error) return html`<${Trouble} error=${error} again=${again} />`;
  if (!items) return html`<p role="status" aria-busy="true">${t("looking")}</p>`;
  const tags = [...new Set(items.flatMap((item) => item.tags))].filter((tag) => tag !== wanted.tag).slice(0, 8);
  return html`<h2 class="unseen">${t("lessons")}</h2>
    <p role="status">${saidOf(items.length, more, language)}</p>
    ${tags.length > 0 && html`<ul class="tags" aria-label=${t("tags")}>${tags.map((tag) => html`<li key=${tag}>
      <button type="button" class="chip" onClick=${() => want({ tag })}><bdi>#${tag}</bdi></button></li>`)}</ul>`}
    <${LessonCards} cards=${items} />
    ${more && html`<p><button type="button" class="plain" onClick=${more}>${t("show-more")}</button></p>`}`;
}

function saidOf(number, more, language) {
  if (more) return t("found-more", { number });
  return number ? count("found", number, language) : t("found-none");
}

/** Read the lessons page by page: `{items, more, error, again}`; `more` reads the next page. */
function usePages(wanted) {
  const [told, setTold] = useState({});
  const read = (cursor, before) =>
    get("/content/lessons", { ...wanted, level: wanted.level || "all", limit: AT_ONCE, cursor }).then(
      (page) => setTold({ items: [...before, ...page.items], next: page.next }),
      (error) => setTold({ error }),
    );
  useEffect(() => void read("", []), []);
  return { ...told, more: told.next && (() => read(told.next, told.items)), again: () => read("", []) };
}
