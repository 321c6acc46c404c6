// How far one is: stars, of which those that are won have a face.

import { Drawing } from "./drawings.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

const MOST = 10;

/** Stars: `done` of `of`. Where there would be too many, each stands for more than one. */
export function Stars({ done, of }) {
  const shown = Math.min(of, MOST);
  const won = of ? Math.floor((done / of) * shown) : 0;
  return html`<p class="stars" role="img" aria-label=${t("stars", { done, of })}>${Array.from({ length: shown }, (_, at) => html`<${Drawing} key=${at} name=${at < won ? "star" : "no-star"} />`)}</p>`;
}
