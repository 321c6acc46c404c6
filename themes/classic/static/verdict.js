// In a word, how an answer is.

import { useApp } from "./context.js";
import { Icon } from "./icons.js";
import { html } from "./vendor/preact.js";
import { count, t } from "./words.js";

const ICONS = { right: "check", partly: "check", wrong: "cross", review: "person", waiting: "clock" };

/** The verdict on an answer: `state` is "right", "partly", "wrong", "given-up", "review" or "waiting". */
export function Verdict({ state, mark }) {
  const { language } = useApp();
  return html`<p class="verdict">${ICONS[state] && html`<${Icon} name=${ICONS[state]} />`} ${t(`outcome-${state}`)}
    ${state === "partly" && html`<span>${percent(mark.score, language)}</span>`}
    ${mark.points > 0 && html`<span class="points">${count("points", mark.points, language)}</span>`}</p>`;
}

const percent = (share, language) => new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
