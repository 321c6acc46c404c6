// How an answer is, told by a picture and aloud: a star with a tick, or a friendly cloud that says "try again".

import { useApp } from "./context.js";
import { Drawing } from "./drawings.js";
import { say } from "./speaker.js";
import { html, useEffect } from "./vendor/preact.js";
import { t } from "./words.js";

const PICTURES = { right: "well-done", partly: "cloud", wrong: "cloud", "given-up": "cloud", review: "well-done", waiting: "well-done" };
const SAID = { right: ["right", "well-done"], partly: ["try-again"], wrong: ["try-again"], "given-up": [], review: ["well-done"], waiting: ["well-done"] };

export function Verdict({ state, mark }) {
  const { language } = useApp();
  useEffect(() => {
    // What the teacher wrote about it is said where the device has a voice.
    const more = [...(mark.feedback ?? []), ...(mark.hint ? [mark.hint] : [])];
    say(...SAID[state].map((own) => ({ own })), ...more.map((text) => ({ text, language })));
  }, [mark]);
  return html`<p class="verdict" role="status"><${Drawing} name=${PICTURES[state]} /> <span>${t(`outcome-${state}`)}</span></p>`;
}
