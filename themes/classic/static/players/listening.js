// Listen, and answer in one of the other ways.

import { usePlayer } from "../players.js";
import { Player } from "../sound.js";
import { html } from "../vendor/preact.js";
import { t } from "../words.js";

export function Listening({ task, ...given }) {
  const { Player: Form } = usePlayer(task.form.kind);
  return html`<${Player} src=${task.audio.src} />
    ${Form && html`<${Form} ...${given} task=${task.form} />`}
    ${Form === null && html`<p>${t("kind-unavailable")}</p>`}`;
}
