// A lesson as it is shown in a list: what it is about, how long it takes, and how far one is.

import { useApp } from "./context.js";
import { Icon } from "./icons.js";
import { stateOfLesson } from "./reading.js";
import { pathsOf } from "./tree.js";
import { html } from "./vendor/preact.js";
import { count, t } from "./words.js";

/** Lessons as cards, in their order. `cards` are those of the API; a bare `{id, title}` will do. */
export function LessonCards({ cards, level = 3 }) {
  const { tree } = useApp();
  const paths = pathsOf(tree.items);
  return html`<ul class="cards">${cards.map((card) => html`<li key=${card.id}>
    <${LessonCard} card=${card} to=${paths.get(card.id) ?? "/"} level=${level} />
  </li>`)}</ul>`;
}

function LessonCard({ card, to, level }) {
  const { language } = useApp();
  const reader = card.reader ?? {};
  const state = stateOfLesson(reader);
  return html`<article class=${`card lesson-card ${state}`}>
    <${`h${level}`} class="title"><a href=${to}>${card.title}</a><//>
    ${card.description && html`<p class="about">${card.description}</p>`}
    <p class="facts">${card.level && html`<span class="level">${card.level}</span>`}
      ${card.duration > 0 && html`<span>${count("minutes", card.duration, language)}</span>`}
      ${card.exercises_count > 0 && html`<span>${count("exercises-in", card.exercises_count, language)}</span>`}</p>
    <${Standing} reader=${reader} state=${state} />
  </article>`;
}

function Standing({ reader, state }) {
  if (state === "locked") {
    const first = (reader.missing ?? []).map((lesson) => lesson.title).join(", ");
    return html`<p class="standing locked"><${Icon} name="lock" /><span>${t("locked-until", { first })}</span></p>`;
  }
  if (state === "done") return html`<p class="standing done"><${Icon} name="check" /><span>${t("done")}</span></p>`;
  if (state === "begun") return html`<${Share} share=${reader.progress.score} />`;
  return null;
}

/** How much of a lesson is done, as a bar and in words. */
export function Share({ share }) {
  const { language } = useApp();
  const said = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
  return html`<p class="standing begun"><progress max="1" value=${share} aria-label=${t("begun", { share: said })}></progress><span aria-hidden="true">${said}</span></p>`;
}
