// How a part of an answer was marked, as it is shown on that very part.

import { Icon } from "../icons.js";
import { html, useId } from "../vendor/preact.js";
import { t } from "../words.js";

const ICONS = { right: "check", nearly: "check", wrong: "cross" };

/** Return how a part of the answer was marked: "right", "nearly", "wrong", or "" while it is not. */
export function markOf(mark, part) {
  if (!mark || mark.waiting || mark.correct === undefined) return "";
  if (mark.correct) return "right";
  const reasons = mark.reasons.filter((reason) => reason.part === part);
  if (!reasons.length) return part ? "right" : "wrong";
  return reasons.every((reason) => reason.severity === "slip") ? "nearly" : "wrong";
}

/** A mark as a sign, and in words for those who do not see it. */
export function Sign({ state }) {
  return state ? html`<span class=${`sign ${state}`}><${Icon} name=${ICONS[state]} /><span class="unseen">${t(`part-${state}`)}</span></span>` : null;
}

/** A name that no other field of the page has. */
export const useName = () => `player-${useId()}`;
