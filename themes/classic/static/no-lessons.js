// Where there is nothing to learn.

import { useApp } from "./context.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

/** Word that a part of the catalogue has no lessons for the reader: at their level, or at all. */
export function NoLessons({ category }) {
  const { me, school } = useApp();
  const level = me?.memberships.find((place) => place.school === school.id)?.level;
  if (!level) return html`<p class="about">${t("no-lessons-yet")}</p>`;
  return html`<p class="about">${t("none-at-level", { level })} <a href=${`/search?${new URLSearchParams({ category })}`}>${t("other-levels")}</a></p>`;
}
