// Listen, and answer in one of the other ways.

import { usePlayer } from "../players.js";
import { html } from "../vendor/preact.js";
import { t } from "../words.js";

export function Listening({ task, ...given }) {
  const { Player } = usePlayer(task.form.kind);
  return html`<audio controls preload="none" src=${task.audio.src} aria-label=${t("listen")} />
    ${Player && html`<${Player} ...${given} task=${task.form} />`}
    ${Player === null && html`<p>${t("kind-unavailable")}</p>`}`;
}
