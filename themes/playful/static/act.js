// The chief button of what one is at: a picture, with its word below it.

import { Drawing } from "./drawings.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

const PICTURES = { check: "tick", "hand-in": "tick", again: "again", "answer-again": "again", begin: "play", "i-am-through": "tick" };

export const Act = ({ name, ...given }) => html`<button type="button" class="act" ...${given}><${Drawing} name=${PICTURES[name]} /><span>${t(name)}</span></button>`;
