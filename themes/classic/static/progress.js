// How far one is, what one did, and what to go on with.

import { useAnswer } from "./app.js";
import { LessonCards } from "./cards.js";
import { useApp } from "./context.js";
import { GoOn } from "./go-on.js";
import { Trouble } from "./problems.js";
import { findPage } from "./tree.js";
import { html } from "./vendor/preact.js";
import { count, knows, t } from "./words.js";

const DAY = 24 * 60 * 60 * 1000; // milliseconds

/** The lessons one began, the latest first, and what they come to. */
export function Progress() {
  const { me, tree } = useApp();
  const { value, error, again } = useAnswer(me && "/learning/progress", { limit: 100 });
  const activity = useAnswer(me && "/me/activity", { limit: 100 });
  if (error) return html`<h1>${t("progress")}</h1><${Trouble} error=${error} again=${again} />`;
  if (!value) return html`<h1>${t("progress")}</h1><p aria-busy="true"></p>`;
  const done = activity.value?.items ?? [];
  return html`<h1>${t("progress")}</h1>
    <${Sums} summary=${value.summary} done=${done} />
    ${value.items.length === 0 && html`<p>${t("nothing-begun")} <a href="/">${t("to-catalogue")}</a></p>`}
    <${GoOn} items=${value.items} />
    ${done.length > 0 && html`<${Week} done=${done} />`}
    ${value.items.length > 0 && html`<h2>${t("your-lessons")}</h2><${Lessons} items=${value.items} />`}
    ${activity.error && html`<${Trouble} error=${activity.error} again=${activity.again} />`}
    ${done.length > 0 && html`<h2>${t("activity")}</h2><${Done} done=${done} tree=${tree} />`}`;
}

function Sums({ summary, done }) {
  const { language } = useApp();
  const days = inARow(new Set(done.map(({ at }) => dayOf(at))));
  return html`<p class="facts sums"><span>${count("lessons-done", summary.lessons_completed, language)}</span>
    <span>${count("points", summary.points, language)}</span>
    ${summary.seconds >= 60 && html`<span>${count("minutes", Math.round(summary.seconds / 60), language)}</span>`}
    ${days > 1 && html`<span>${count("days-in-a-row", days, language)}</span>`}</p>`;
}

/** Days on end up to today, or to yesterday: today is not over. */
function inARow(days) {
  let day = Date.now();
  if (!days.has(dayOf(day))) day -= DAY;
  let number = 0;
  while (days.has(dayOf(day))) {
    number += 1;
    day -= DAY;
  }
  return number;
}

function Week({ done }) {
  const { language } = useApp();
  const learned = new Set(done.map(({ at }) => dayOf(at)));
  const short = new Intl.DateTimeFormat(language, { weekday: "short" });
  const long = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
  const days = [6, 5, 4, 3, 2, 1, 0].map((ago) => new Date(Date.now() - ago * DAY));
  return html`<h2>${t("last-days")}</h2><ol class="week">${days.map((day) => {
    const was = learned.has(dayOf(day));
    return html`<li class=${was ? "learned" : ""}><span role="img" aria-label=${t(was ? "learned-on" : "not-on", { day: long.format(day) })}>${was ? "✓" : ""}</span>${short.format(day)}</li>`;
  })}</ol>`;
}

/** A day as it is where the reader is, as in 2026-11-21. */
const dayOf = (moment) => new Intl.DateTimeFormat("en-CA").format(new Date(moment));

function Lessons({ items }) {
  const { tree } = useApp();
  const cards = items.map((item) => {
    const { title = t("lesson-gone"), level } = findPage(tree.items, item.lesson) ?? {};
    return { id: item.lesson, title, level, reader: { progress: item } };
  });
  return html`<${LessonCards} cards=${cards} />`;
}

/** What one did, in sentences; what plugins bring is theirs to tell. */
function Done({ done, tree }) {
  const { language } = useApp();
  const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const lines = gathered(done.filter(({ kind }) => knows(`did-${kind}`))).slice(0, 20);
  return html`<ul class="plain-list deeds">${lines.map((deed) => html`<li key=${deed.id}>
    <span>${said(deed, findPage(tree.items, deed.lesson)?.title ?? "…", language)}</span><small>${when.format(new Date(deed.at))}</small></li>`)}</ul>`;
}

const said = ({ kind, number }, title, language) => (number > 1 ? count("did-exercises", number, language, { title }) : t(`did-${kind}`, { title }));

/** Exercises of one lesson that were solved on one day, as one deed. The latest stand first. */
function gathered(done) {
  const deeds = new Map();
  for (const { id, kind, subject, data, at } of done) {
    const lesson = data.lesson ?? subject;
    const key = kind === "exercise_completed" ? `${lesson} ${dayOf(at)}` : id;
    const number = (deeds.get(key)?.number ?? 0) + 1;
    deeds.set(key, { id, kind, lesson, at, ...deeds.get(key), number });
  }
  return [...deeds.values()];
}
