// That somebody reads a lesson: how long, how far, what is behind them, and that they are through with it.

import { Act } from "./act.js";
import { put } from "./api.js";
import { Trouble, useApp } from "./app.js";
import { html, useEffect, useState } from "./vendor/preact.js";

const EVERY = 30; // seconds

/** Tell the school now and then how long a lesson was in sight, and where; of a member. */
export function useSitting(lesson) {
  const { me } = useApp();
  useEffect(() => {
    if (!me) return;
    const session_id = crypto.randomUUID();
    let seconds = 0;
    const tell = () => {
      const report = { session_id, seconds, position: placeIn(lesson) };
      // Time that could not be told is told with the next report: it is a total.
      put(`/learning/lessons/${lesson.id}/progress`, report, { quiet: true }).catch(() => {});
    };
    const tick = setInterval(() => {
      if (document.visibilityState !== "visible") return;
      seconds += 1;
      if (seconds % EVERY === 0) tell();
    }, 1000);
    tell();
    // Who goes on comes back to where they stopped.
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
    return () => {
      clearInterval(tick);
      if (seconds % EVERY > 4) tell();
    };
  }, [lesson.id]);
}

/** Return the last block whose beginning was in sight; "" at the top. */
function placeIn(lesson) {
  const seen = lesson.body.filter((block) => {
    const element = document.getElementById(`block-${block.id}`);
    return element && element.getBoundingClientRect().top < innerHeight / 2;
  });
  return scrollY < innerHeight / 2 ? "" : (seen.at(-1)?.id ?? "");
}

/** Return how a lesson stands with the reader: "locked", "done", "begun" or "new". */
export function stateOfLesson({ locked, progress }) {
  if (locked) return "locked";
  if (progress?.done) return "done";
  return progress ? "begun" : "new";
}

/** Whether an exercise is behind one: solved, handed in, or given up. */
export const isAnswered = ({ standing }) => standing?.solved || standing?.waiting_for_review || standing?.solution_shown;

/** Return the exercises that have no place in the lesson's body: they come after it. */
export function unplaced(lesson, exercises) {
  const placed = new Set(lesson.body.filter((block) => block.exercise).map((block) => block.exercise.id));
  return exercises.filter((exercise) => !placed.has(exercise.id));
}

/** Whether it is for the reader to say that a lesson is done: no exercise tells it. */
export const isToldByReader = (exercises, progress) => !progress?.done && exercises.every(({ standing }) => standing?.waiting_for_review);

/** Of a lesson without exercises that are marked, its reader says when it is done. */
export function AsRead({ lesson, changed }) {
  const [error, setError] = useState(null);
  const tell = () => put(`/learning/lessons/${lesson.id}/progress`, { done: true }).then(changed, setError);
  return html`<p><${Act} name="i-am-through" onClick=${tell} /></p>
    ${error && html`<${Trouble} error=${error} />`}`;
}
