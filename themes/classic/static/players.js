// How each kind of exercise is answered: by mouse, by keyboard and by touch. A kind's player is
// fetched when the first exercise of that kind is shown.
//
// A player is given the `task`, the learner's `answer` so far (null at first), `change` to tell a new
// one (null while it is not complete), whether it is `fixed`, and the `mark` once there is one.

import { Place, useDrawn } from "./places.js";
import { html, useEffect, useMemo, useState } from "./vendor/preact.js";
import { t } from "./words.js";

const LOADED = {
  multiple_choice: () => import("./players/choices.js").then((module) => module.MultipleChoice),
  fill_blank: () => import("./players/gaps.js").then((module) => module.FillBlank),
  matching: () => import("./players/pairs.js").then((module) => module.Matching),
  drag_drop: () => import("./players/order.js").then((module) => module.DragDrop),
  translation: () => import("./players/writing.js").then((module) => module.Translation),
  dictation: () => import("./players/writing.js").then((module) => module.Dictation),
  listening: () => import("./players/listening.js").then((module) => module.Listening),
  speaking: () => import("./players/voice.js").then((module) => module.Speaking),
  voice_response: () => import("./players/voice.js").then((module) => module.VoiceResponse),
};

/** Return `{Player}` of a kind: undefined until it is there, null where there is none. */
export function usePlayer(kind) {
  const [found, setFound] = useState({});
  const thing = useDrawn("exercises", kind);
  const OfPlugin = useMemo(() => thing && playerBy(thing), [thing]);
  useEffect(() => {
    let left = false;
    const tell = (Player) => left || setFound({ Player });
    LOADED[kind]?.().then(tell, () => tell(null));
    return () => (left = true);
  }, [kind]);
  return LOADED[kind] ? found : { Player: OfPlugin };
}

/** A player of a kind that a plugin brought: it draws the task, and tells of the answer. */
const playerBy = (thing) => ({ task, answer, change, fixed, mark }) => html`<${Place} thing=${thing}
  about=${{ task, answer, change, fixed, mark }} instead=${html`<${NoPlayer} kind=${thing.name} />`} />`;

/** Word that a kind cannot be shown. */
export const NoPlayer = ({ kind }) => html`<p class="missing">${t("kind-missing", { name: kind.replaceAll("_", " ") })}</p>`;
