// A category, a subcategory or a course: what it is about, and the lessons that lie in it.

import { get, put } from "./api.js";
import { Trouble, useAnswer, useApp } from "./app.js";
import { LessonCards, Share } from "./cards.js";
import { NoLessons } from "./no-lessons.js";
import { lessonsOf } from "./tree.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { count, t } from "./words.js";

const MOST_PAGES = 10; // of a hundred lessons each

export function Shelf({ page, found }) {
  return html`<header class="shelf-head">
      ${page.icon && html`<div class="category-icon" aria-hidden="true">${page.icon}</div>`}
      <div><h1>${page.title}</h1>${page.description && html`<p class="lead">${page.description}</p>`}</div>
    </header>
    ${page.type === "course" ? html`<${Course} course=${page} />` : html`<${Section} page=${page} found=${found} />`}`;
}

/** The lessons of a category or subcategory, with how each stands with the reader. */
function Section({ page, found }) {
  const { item } = found;
  const { cards, error, again } = useEveryLesson({ [page.type]: page.id });
  if (!lessonsOf([item]).length) return html`<${NoLessons} category=${(found.above[0] ?? item).id} />`;
  // Before their facts are there, the lessons stand with what the tree tells of them.
  const facts = new Map(cards.map((card) => [card.id, card]));
  const told = (lessons) => lessons.map((lesson) => facts.get(lesson.id) ?? lesson);
  const direct = item.children.filter((child) => child.type === "lesson");
  const groups = item.children.filter((child) => child.type !== "lesson");
  // What the tree tells is there all the same.
  return html`${error && html`<${Trouble} error=${error} again=${again} />`}
    ${direct.length > 0 && html`<h2 class="unseen">${t("lessons")}</h2><${LessonCards} cards=${told(direct)} />`}
    ${groups.map((group) => html`<section key=${group.id} id=${group.slug}><h2>${group.title}</h2>
      <${LessonCards} cards=${told(lessonsOf([group]))} /></section>`)}`;
}

/** Read the cards of every lesson in a part of the catalogue: `{cards, error, again}`. */
function useEveryLesson(within) {
  const [told, setTold] = useState({ cards: [] });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    const read = async () => {
      let [cards, cursor] = [[], ""];
      for (let page = 0; page < MOST_PAGES && cursor !== null; page += 1) {
        const answer = await get("/content/lessons", { ...within, level: "all", limit: 100, cursor });
        cards = [...cards, ...answer.items];
        cursor = answer.next;
        if (!left) setTold({ cards });
      }
    };
    read().catch((error) => left || setTold({ cards: [], error }));
    return () => (left = true);
  }, [JSON.stringify(within), tries]);
  return { ...told, again: () => setTries(tries + 1) };
}

function Course({ course }) {
  const { me, language } = useApp();
  const { value, error, again } = useAnswer(me && `/learning/courses/${course.id}/progress`, { lang: language });
  const standing = new Map((value?.lessons ?? []).map((lesson) => [lesson.id, lesson]));
  const cards = course.lessons.map((lesson) => ({ ...lesson, reader: readerOf(standing.get(lesson.id)) }));
  return html`<p class="facts">${course.level && html`<span class="level">${course.level}</span>`}
      <span>${count("lessons-in", course.lessons.length, language)}</span></p>
    ${error && html`<${Trouble} error=${error} again=${again} />`}
    ${value && html`<${Enrolment} course=${course} standing=${value} changed=${again} />`}
    <h2 class="unseen">${t("lessons")}</h2>
    <${LessonCards} cards=${cards} />`;
}

const readerOf = (lesson) => (lesson?.done || lesson?.score > 0 ? { progress: lesson } : {});

function Enrolment({ course, standing, changed }) {
  const [error, setError] = useState(null);
  const take = () => put(`/learning/courses/${course.id}/enrolment`).then(changed, setError);
  if (error) return html`<${Trouble} error=${error} again=${() => take().then(() => setError(null))} />`;
  if (!standing.enrolled) return html`<p><button type="button" onClick=${take}>${t("take-course")}</button></p>`;
  return html`<${Share} share=${standing.share} />`;
}
