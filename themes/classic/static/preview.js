// The preview of the editor: an unsaved page as its readers would see it, played and left no trace of.

import { Trouble, useAnswer, useApp } from "./app.js";
import { Exercise } from "./exercises.js";
import { Lesson } from "./lesson.js";
import { Shelf } from "./shelf.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

/** What a token of the editor shows. */
export function Preview() {
  const { preview, language } = useApp();
  const { value, error, again } = useAnswer("/content/preview", { token: preview, lang: language });
  if (error) return html`<h1>${t("preview")}</h1><${Trouble} error=${error} again=${again} />`;
  if (!value) return html`<p aria-busy="true"></p>`;
  return html`<p class="soft">${t("preview-about")}</p><${Page} page=${value} />`;
}

function Page({ page }) {
  if (page.type === "lesson") return html`<${Lesson} lesson=${page} />`;
  if (page.type === "exercise") return html`<${Exercise} exercise=${page} />`;
  return html`<${Shelf} page=${page} found=${{ item: { ...page, children: [] }, above: [] }} />`;
}
