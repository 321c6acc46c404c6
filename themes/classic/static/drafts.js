// Answers that are written and not handed in, carried over when the page is loaded anew. Only from
// one loading to the next, in the history of this tab: who comes later finds nothing of them.

const drafts = new Map();
const carried = taken();

function taken() {
  const found = history.state?.drafts ?? {};
  if (history.state?.drafts) history.replaceState(null, "");
  return found;
}

/** Remember what is written in an exercise; null when it is handed in or gone. */
export function keepDraft(exercise, answer) {
  if (answer) drafts.set(exercise, answer);
  else drafts.delete(exercise);
}

/** Return, once, what was written in an exercise before the page was loaded anew: `{answer}`, or `{lost}`. */
export function draftOf(exercise) {
  const found = carried[exercise] ?? {};
  delete carried[exercise];
  return found;
}

/** Load the page anew at an address of its own, with what is written. A recording does not come along. */
export function reloadWithDrafts(address) {
  const kept = [...drafts].map(([id, answer]) => [id, answer.recording ? { lost: true } : { answer }]);
  history.replaceState({ drafts: Object.fromEntries(kept) }, "", address);
  location.reload();
}
