// What is heard.

import { html } from "./vendor/preact.js";
import { t } from "./words.js";

/** A sound that one starts, by its address, and what it is. */
export function Player({ src, name }) {
  return html`<audio controls preload="none" src=${src} aria-label=${name || t("listen")} />`;
}

/** A sound of the school's, with what is said in it. */
export function Sound({ audio, name }) {
  return html`<${Player} src=${audio.src} name=${name} /><${Transcript} of=${audio} />`;
}

export const Transcript = ({ of }) => (of.transcript ? html`<details><summary>${t("transcript")}</summary><p dir="auto">${of.transcript}</p></details>` : null);

/** Let a sound be heard, at once and with nothing to see. */
export const play = (src) => new Audio(src).play().catch(() => {});
