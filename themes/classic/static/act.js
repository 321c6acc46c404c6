// The chief button of what one is at.

import { html } from "./vendor/preact.js";
import { t } from "./words.js";

/** A button that says the words of its name: "check", "hand-in", "again", "answer-again", "begin", "i-am-through". */
export const Act = ({ name, ...given }) => html`<button type="button" ...${given}>${t(name)}</button>`;
