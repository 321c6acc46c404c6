// Answers that wait for a connection, in the browser's own database: each is its person's alone.

import { Refused, get, post } from "./api.js";

const MOST = 200; // items that the API takes at once
const STORE = "items";
const listeners = new Set();

let person = "";
/** Say whose answers are kept and sent from now on; "" for nobody's. */
export const waitAs = (id) => (person = id);

/** Be told whenever something is kept, sent or refused; returns how to stop. */
export function whenWaiting(changed) {
  listeners.add(changed);
  return () => listeners.delete(changed);
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
/** Send all that waits: `{sent, refused: [{title, error}]}`. What is refused is not sent again. */
export const sendWaiting = () => (sending ??= sendAll().finally(() => (sending = null)));

async function sendAll() {
  const kept = await waiting();
  const outcome = { sent: 0, refused: [] };
  if (!kept.length) return outcome;
  // Another tab may have signed somebody else in: nothing is sent in another's name.
  if ((await get("/me")).id !== person) throw new Refused(401, { code: "not_authenticated" });
  for (let at = 0; at < kept.length; at += MOST) await sendBatch(kept.slice(at, at + MOST), outcome);
  tell();
  return outcome;
}

async function sendBatch(batch, outcome) {
  const items = [];
  for (const each of batch) items.push(await handedIn(each));
  const { results } = await post("/learning/sync", { items }, { quiet: true });
  for (const [at, { status, problem }] of results.entries()) {
    if (status >= 500 || status === 429) continue; // not now; it waits on
    if (problem) outcome.refused.push({ title: batch[at].title, error: new Refused(status, problem) });
    else outcome.sent += 1;
    await inStore("readwrite", (store) => store.delete(batch[at].client_id));
  }
}

async function handedIn({ item, recording }) {
  if (!recording) return item;
  return { ...item, answer: { ...item.answer, recording: await handIn(recording, item.client_id) } };
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
