// What is heard: a big ear to press, in the place of a player with small knobs.

import { Speaker, say } from "./speaker.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

export const Player = ({ src, name }) => html`<${Speaker} key=${src} things=${[{ own: "listen" }, { src }]} about=${name} picture="ear" kind="big" />`;

export function Sound({ audio, name }) {
  return html`<${Player} src=${audio.src} name=${name} /><${Transcript} of=${audio} />`;
}

export const Transcript = ({ of }) => (of.transcript ? html`<details class="quiet"><summary>${t("transcript")}</summary><p dir="auto">${of.transcript}</p></details>` : null);

export const play = (src) => say({ src });
