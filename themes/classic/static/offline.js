// What waits while there is no connection: answers, kept in the browser's own database.

import { post } from "./api.js";

const MOST = 200; // items that the API takes at once

/** Keep an item of `/learning/sync` until there is a connection. */
export async function keepAnswer(item) {
  await inStore("readwrite", (store) => store.put(item));
}

/** Send all that waits; return how many were sent. What the API refuses is not sent again. */
export async function sendKept() {
  const items = await inStore("readonly", (store) => store.getAll());
  for (let at = 0; at < items.length; at += MOST) {
    const batch = items.slice(at, at + MOST);
    await post("/learning/sync", { items: batch });
    for (const { client_id } of batch) await inStore("readwrite", (store) => store.delete(client_id));
  }
  return items.length;
}

function inStore(mode, doing) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("answers", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("items", { keyPath: "client_id" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const asked = doing(opening.result.transaction("items", mode).objectStore("items"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    };
  });
}
