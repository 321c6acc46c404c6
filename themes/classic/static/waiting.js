// Answers that wait for a connection, in the browser's own database: each is its person's alone.

import { Refused, get, post, spoken } from "./api.js";

const MOST = 200; // items that the API takes at once
const STORE = "items";
// What is not good enough to be refused for good: who one is, how often, or how much at the moment.
const NOT_NOW = new Set([401, 403, 408, 409, 429]);
const listeners = new Set();
const arrivals = new Set();

let person = "";
/** Say whose answers are kept and sent from now on; "" for nobody's. */
export const waitAs = (id) => (person = id);

/** Be told whenever something is kept, sent or refused; returns how to stop. */
export function whenWaiting(changed) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** Be told once what comes of a waiting item, by its id: `{result}` or `{problem}`; returns how to stop. */
export function whenSent(id, told) {
  const hear = (sent, outcome) => sent === id && told(outcome);
  arrivals.add(hear);
  return () => arrivals.delete(hear);
}

/**
 * Keep an item of `/learning/sync` until there is a connection. `title` is for people;
 * a `recording` (Blob) is handed in before it.
 */
export async function keepItem(item, { title, recording = null }) {
  await inStore("readwrite", (store) => store.put({ client_id: item.client_id, person, item, title, recording }));
  tell();
}

/** Return what waits of the person who is here: `{item, title, recording}` each. */
export async function waiting() {
  const all = await inStore("readonly", (store) => store.getAll());
  return all.filter((kept) => kept.person === person).sort((one, other) => one.item.answered_at.localeCompare(other.item.answered_at));
}

let sending = null;
/** Send all that waits: `{sent, refused: [{title, error}], held}`. What is refused is not sent again; `held` is why something waits on. */
export const sendWaiting = () => (sending ??= sendAll().finally(() => (sending = null)));

async function sendAll() {
  const kept = await waiting();
  const outcome = { sent: 0, refused: [], held: null };
  if (!kept.length) return outcome;
  // Another tab may have signed somebody else in: nothing is sent in another's name.
  if ((await get("/me")).id !== person) throw new Refused(401, { code: "not_authenticated" });
  for (let at = 0; at < kept.length; at += MOST) await sendBatch(kept.slice(at, at + MOST), outcome);
  tell();
  return outcome;
}

async function sendBatch(batch, outcome) {
  const [sendable, items] = [[], []];
  for (const kept of batch) {
    const item = await handedIn(kept, outcome);
    if (!item) continue;
    sendable.push(kept);
    items.push(item);
  }
  if (!items.length) return;
  const { results } = await post(spoken("/learning/sync"), { items }, { quiet: true });
  for (const [at, { status, problem, result }] of results.entries()) {
    if (status >= 500 || status === 429) continue; // not now; it waits on
    if (problem) await refuse(sendable[at], new Refused(status, problem), outcome);
    else {
      outcome.sent += 1;
      await letGo(sendable[at], { result });
    }
  }
}

/** An item as it is sent, with its recording handed in; null if that cannot be, which keeps no other back. */
async function handedIn(kept, outcome) {
  const { item, recording } = kept;
  if (!recording) return item;
  try {
    return { ...item, answer: { ...item.answer, recording: await handIn(recording, item.client_id) } };
  } catch (error) {
    if (!(error instanceof Refused) || error.status < 400 || error.status >= 500) throw error;
    if (NOT_NOW.has(error.status)) outcome.held = error;
    else await refuse(kept, error, outcome);
    return null;
  }
}

async function refuse(kept, error, outcome) {
  outcome.refused.push({ title: kept.title, error });
  await letGo(kept, { problem: error });
}

/** Keep it no longer, and tell who waits for it what came of it. */
async function letGo({ client_id }, told) {
  await inStore("readwrite", (store) => store.delete(client_id));
  arrivals.forEach((hear) => hear(client_id, told));
}

/** Hand a recording in; return its id. The same key hands the same recording in once. */
export async function handIn(recording, key) {
  const form = new FormData();
  form.append("file", recording, `recording.${recording.type.includes("mp4") ? "m4a" : "webm"}`);
  return (await post("/media", form, { headers: { "Idempotency-Key": key } })).id;
}

/** Forget what waits of the person who is here. */
export async function forgetWaiting() {
  for (const { item } of await waiting()) await inStore("readwrite", (store) => store.delete(item.client_id));
  tell();
}

const tell = () => listeners.forEach((changed) => changed());

function inStore(mode, doing) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("waiting", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "client_id" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(STORE, mode);
      const asked = doing(transaction.objectStore(STORE));
      // Done is what is on the disk, and not before.
      transaction.oncomplete = () => {
        opening.result.close();
        done(asked.result);
      };
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    };
  });
}
