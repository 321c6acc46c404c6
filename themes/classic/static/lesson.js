// A page of the catalogue in full: a lesson with its blocks, or what lies below a category.

import { Trouble, useAnswer, useApp } from "./app.js";
import { Section, pageAt, pathsOf } from "./catalogue.js";
import { Exercise } from "./exercises.js";
import { Picture } from "./picture.js";
import { Slot } from "./places.js";
import { html, useEffect, useRef } from "./vendor/preact.js";
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
    ${value.type === "lesson" ? html`<${Lesson} lesson=${value} />` : html`<${Shelf} page=${value} found=${found} />`}`;
}

/** What the API refused: of a locked lesson, with the lessons that come first. */
function Refusal({ error, again }) {
  return html`<${Trouble} error=${error} again=${again} />`;
}

function Above({ found }) {
  const { tree } = useApp();
  const paths = pathsOf(tree.items);
  if (!found.above.length) return null;
  return html`<nav class="above" aria-label=${t("where")}><ol>
    ${found.above.map((item) => html`<li><a href=${paths.get(item.id)}>${item.title}</a></li>`)}
  </ol></nav>`;
}

function Shelf({ page, found }) {
  const path = found.above.map((item) => `${item.slug}/`).join("");
  return html`<h1>${page.icon} ${page.title}</h1><p class="lead">${page.description}</p>
    ${page.lessons && html`<${Lessons} lessons=${page.lessons} />`}
    ${found.item.children.map((item) => html`<${Section} key=${item.id} item=${item} path=${`${path}${found.item.slug}/`} level=${2} />`)}`;
}

function Lessons({ lessons }) {
  const { tree } = useApp();
  const paths = pathsOf(tree.items);
  return html`<ol class="cards">${lessons.map((lesson) => html`<li key=${lesson.id}>
    <a class="card" href=${paths.get(lesson.id) || "/"}><span class="title">${lesson.title}</span></a>
  </li>`)}</ol>`;
}

function Lesson({ lesson }) {
  const { language } = useApp();
  const { value, error, again } = useAnswer(lesson.exercises_count > 0 && `/content/lessons/${lesson.id}/exercises`, { limit: 100 });
  const exercises = new Map((value?.items ?? []).map((exercise) => [exercise.id, exercise]));
  const placed = new Set(lesson.body.filter((block) => block.exercise).map((block) => block.exercise.id));
  const others = [...exercises.values()].filter((exercise) => !placed.has(exercise.id));
  return html`<article class="lesson">
    <h1>${lesson.title}</h1>
    <p class="facts">${lesson.level && html`<span class="level">${lesson.level}</span>`}
      ${lesson.duration > 0 && html`<span>${count("minutes", lesson.duration, language)}</span>`}</p>
    <p class="lead">${lesson.description}</p>
    ${lesson.image && html`<${Picture} image=${lesson.image} />`}
    ${lesson.objectives.length > 0 && html`<section class="raised"><h2>${t("objectives")}</h2>
      <ul>${lesson.objectives.map((objective) => html`<li>${objective}</li>`)}</ul></section>`}
    ${lesson.body.map((block) => html`<${Block} key=${block.id} block=${block} exercises=${exercises} />`)}
    ${error && html`<${Trouble} error=${error} again=${again} />`}
    ${others.length > 0 && html`<h2>${t("exercises")}</h2>${others.map((exercise) => html`<${Exercise} key=${exercise.id} exercise=${exercise} />`)}`}
    <${Slot} name="lesson.after" about=${{ lesson }} />
  </article>`;
}

const BLOCKS = {
  text: ({ block }) => html`<${Html} html=${block.html} />`,
  image: ({ block }) => block.image && html`<figure><${Picture} image=${block.image} /><${Caption} text=${block.caption} /></figure>`,
  audio: ({ block }) => block.audio && html`<figure><${Sound} audio=${block.audio} /><${Caption} text=${block.caption} /></figure>`,
  video: ({ block }) => block.video && html`<figure><${Film} video=${block.video} /><${Caption} text=${block.caption} /></figure>`,
  pdf: ({ block }) => block.file && html`<p class="raised"><a href=${block.file.src} target="_blank" rel="noopener">${block.title || block.file.title}</a> PDF</p>`,
  slides: ({ block }) => html`<div class="slides" tabindex="0" role="group" aria-label=${t("slides")}>${block.slides.map((slide) => html`<section class="raised">
    <h3>${slide.title}</h3>${slide.image && html`<${Picture} image=${slide.image} />`}<${Html} html=${slide.html} /></section>`)}</div>`,
  embed: ({ block }) => html`<p class="raised"><a href=${block.url} target="_blank" rel="noopener noreferrer">${block.caption || block.url}</a></p>`,
  vocabulary: ({ block }) => html`<dl class="vocabulary">${block.entries.map((entry) => html`<div class="raised">
    <dt lang=${block.language} dir="auto">${entry.term} ${entry.audio && html`<${Say} audio=${entry.audio} />`}</dt>
    <dd dir="auto">${entry.meaning}</dd>${entry.example && html`<dd class="example" lang=${block.language} dir="auto">${entry.example}</dd>`}</div>`)}</dl>`,
  dialogue: ({ block }) => html`<section class="dialogue raised">${block.audio && html`<${Sound} audio=${block.audio} />`}
    ${block.lines.map((line) => html`<p><b>${line.speaker}</b> <span lang=${block.language} dir="auto">${line.text}</span>
      ${line.translation && html`<small dir="auto">${line.translation}</small>`}</p>`)}</section>`,
  callout: ({ block }) => html`<aside class=${`callout ${block.tone}`}><strong>${t(`tone-${block.tone}`)}</strong><${Html} html=${block.html} /></aside>`,
  exercise: ({ block, exercises }) => {
    const exercise = exercises.get(block.exercise?.id);
    return exercise ? html`<${Exercise} exercise=${exercise} />` : null;
  },
};

/** A block of a lesson; one of a type that is not known here is nothing. */
function Block({ block, exercises }) {
  const Shown = BLOCKS[block.type];
  return Shown ? html`<${Shown} block=${block} exercises=${exercises} />` : null;
}

const Caption = ({ text }) => (text ? html`<figcaption dir="auto">${text}</figcaption>` : null);

/** What the API tells as HTML: it comes from the editor, and was cleaned there. */
function Html({ html: markup }) {
  const element = useRef();
  useEffect(() => {
    element.current.innerHTML = markup;
  }, [markup]);
  return html`<div class="prose" dir="auto" ref=${element} />`;
}

function Sound({ audio }) {
  return html`<audio controls preload="none" src=${audio.src} /><${Transcript} of=${audio} />`;
}

function Film({ video }) {
  return html`<video controls preload="metadata" src=${video.src}>
    ${video.captions && html`<track kind="captions" src=${video.captions} default />`}</video><${Transcript} of=${video} />`;
}

const Transcript = ({ of }) => (of.transcript ? html`<details><summary>${t("transcript")}</summary><p dir="auto">${of.transcript}</p></details>` : null);

/** A button that says one word. */
function Say({ audio }) {
  const play = () => new Audio(audio.src).play().catch(() => {});
  return html`<button class="say" aria-label=${t("listen")} onClick=${play}>🔊</button>`;
}
