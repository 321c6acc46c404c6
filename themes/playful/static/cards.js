// A lesson as it is shown in a list: a picture, its title said aloud, and the stars that one has won.

import { useApp } from "./context.js";
import { PictureCard } from "./picture-card.js";
import { stateOfLesson } from "./reading.js";
import { Stars } from "./stars.js";
import { pathsOf } from "./tree.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

const MOST = 3; // stars of a lesson

export function LessonCards({ cards, level = 3 }) {
  const { tree } = useApp();
  const paths = pathsOf(tree.items);
  return html`<ul class="pictures">${cards.map((card) => html`<li key=${card.id}>
    <${LessonCard} card=${card} to=${paths.get(card.id) ?? "/"} level=${level} />
  </li>`)}</ul>`;
}

function LessonCard({ card, to, level }) {
  const { locked, missing, progress } = card.reader ?? {};
  const state = stateOfLesson(card.reader ?? {});
  const first = (missing ?? []).map((lesson) => lesson.title).join(", ");
  return html`<${PictureCard} thing=${card} to=${to} level=${level} state=${state}>
    ${locked ? html`<p class="first">${t("locked-until", { first })}</p>` : html`<${Share} share=${progress?.score ?? 0} />`}
  <//>`;
}

/** How much of a lesson is done. */
export const Share = ({ share }) => html`<${Stars} done=${Math.round(share * MOST)} of=${MOST} />`;
