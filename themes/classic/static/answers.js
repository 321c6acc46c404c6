// Answers on their way to the school: at once where there is a connection, later where there is none.

import { Refused, post, spoken } from "./api.js";
import { handIn, keepItem } from "./waiting.js";

// No connection, no answer, or a server that is being restarted: later it will do.
const LATER = new Set([0, 502, 503, 504]);
// The id of an answer that may or may not have arrived: sent again, it counts once.
const begun = new Map();

/** Hand in an answer; without a connection it is kept, and waits. Return its mark. */
export async function giveAnswer(exercise, answer, seconds) {
  const client_id = idOf(exercise, answer);
  const recording = answer.recording instanceof Blob ? answer.recording : null;
  try {
    const given = recording ? { ...answer, recording: await handIn(recording, client_id) } : answer;
    const mark = await post(spoken(`/learning/exercises/${exercise.id}/attempts`), { answer: given, seconds, client_id });
    begun.delete(exercise.id);
    return mark;
  } catch (error) {
    if (!(error instanceof Refused) || !LATER.has(error.status) || error.code === "school_suspended") throw error;
    const item = { type: "attempt", client_id, exercise: exercise.id, answered_at: new Date().toISOString(), answer: recording ? {} : answer, seconds };
    await keepItem(item, { title: exercise.title, recording });
    begun.delete(exercise.id);
    return { waiting: client_id };
  }
}

/** Try an answer in a preview: it leaves no attempt. What is recorded stays in the browser. */
export async function tryAnswer(token, exercise, answer) {
  if (answer.recording) return { status: "needs_review" };
  const query = new URLSearchParams({ token, exercise: exercise.id, lang: document.documentElement.lang });
  return post(`/content/preview/grade?${query}`, { answer });
}

function idOf(exercise, answer) {
  const written = answer.recording instanceof Blob ? answer.recording : JSON.stringify(answer);
  const last = begun.get(exercise.id);
  if (last?.written === written) return last.id;
  const id = crypto.randomUUID();
  begun.set(exercise.id, { written, id });
  return id;
}

/** Ask for the solution instead of answering. */
export const giveUp = (exercise) => post(spoken(`/learning/exercises/${exercise.id}/give-up`));
