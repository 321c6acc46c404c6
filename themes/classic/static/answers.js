// Answers on their way to the school: at once where there is a connection, later where there is none.

import { Refused, post, spoken } from "./api.js";
import { keepAnswer } from "./offline.js";

/** Hand in an answer; without a connection it is kept, and waits. Return its mark. */
export async function giveAnswer(exercise, answer, seconds) {
  const given = { answer: await withRecording(answer), seconds, client_id: crypto.randomUUID() };
  try {
    return await post(spoken(`/learning/exercises/${exercise.id}/attempts`), given);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 0) throw error;
    await keepAnswer({ type: "attempt", exercise: exercise.id, answered_at: new Date().toISOString(), ...given });
    return { waiting: true };
  }
}

/** Try an answer in a preview: it leaves no attempt. What is recorded stays in the browser. */
export async function tryAnswer(token, exercise, answer) {
  if (answer.recording) return { status: "needs_review" };
  const query = new URLSearchParams({ token, exercise: exercise.id, lang: document.documentElement.lang });
  return post(`/content/preview/grade?${query}`, { answer });
}

/** Ask for the solution instead of answering. */
export const giveUp = (exercise) => post(spoken(`/learning/exercises/${exercise.id}/give-up`));

/** A recording is handed in before the answer that names it. */
async function withRecording(answer) {
  if (!(answer.recording instanceof Blob)) return answer;
  const form = new FormData();
  form.append("file", answer.recording, `recording.${answer.recording.type.includes("mp4") ? "m4a" : "webm"}`);
  const kept = await post("/media", form, { headers: { "Idempotency-Key": crypto.randomUUID() } });
  return { ...answer, recording: kept.id };
}
