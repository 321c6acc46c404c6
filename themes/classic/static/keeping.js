// What was read is kept in the browser, for one person at a time, so that it can be read again
// without a connection. Of plugins nothing is kept: a school may switch one off at any moment.

const READ = "read";
const MEDIA = "media";
const OWNER = "/kept-for"; // not an address of the school's: who the rest was read by
const KEPT = /^\/api\/v1\/(school|me|me\/activity|content\/(?!preview)[^?]*|learning\/(progress|lessons\/[^/]+\/progress))(\?|$)/;
const MOST_ANSWERS = 400;
const MOST_BYTES = 60_000_000; // of pictures and sounds; the oldest go first
const CALM = 2000; // milliseconds
const LARGEST = 8_000_000; // films are not kept

/** A while after what one sees is there: what is kept for later holds nothing up that is wanted now. */
export const afterwards = () => new Promise((done) => setTimeout(done, CALM));

/** Between the pages that are open here: somebody else came in, or went. */
export const comings = new BroadcastChannel("person");

let claim;
const claimed = new Promise((done) => (claim = done));

/** Say who reads, once that is known: what another one read is forgotten first. */
export async function claimShelf(person) {
  try {
    const shelf = await caches.open(READ);
    const owner = await (await shelf.match(OWNER))?.text();
    if (owner !== person) {
      await Promise.all([caches.delete(READ), caches.delete(MEDIA)]);
      await (await caches.open(READ)).put(OWNER, new Response(person));
    }
  } catch {
    return; // a browser that keeps nothing: nothing is lost but reading offline
  }
  claim();
}

/** Keep an answer of the API, if it is one that can be read later. */
export async function keepRead(address, answer) {
  if (!KEPT.test(address) || !("caches" in globalThis)) return;
  const content = JSON.stringify(answer);
  await claimed;
  await quietly(async () => {
    const shelf = await caches.open(READ);
    await shelf.delete(address); // the newest stands last
    await shelf.put(address, new Response(content, { headers: { "Content-Type": "application/json" } }));
    const spare = (await shelf.keys()).filter(({ url }) => !url.endsWith(OWNER)).slice(0, -MOST_ANSWERS);
    await Promise.all(spare.map((request) => shelf.delete(request)));
  });
}

/** Keep the pictures and sounds that documents name, while there is room. */
export async function keepMedia(...documents) {
  if (!("caches" in globalThis) || navigator.connection?.saveData) return;
  await afterwards();
  await claimed;
  const shelf = await caches.open(MEDIA);
  for (const address of mediaIn(documents)) {
    if (!(await shelf.match(address))) await quietly(() => keepFile(shelf, address));
  }
  await quietly(() => makeRoom(shelf));
}

async function keepFile(shelf, address) {
  const answer = await fetch(address, { priority: "low" });
  const size = Number(answer.headers.get("Content-Length"));
  if (answer.status === 200 && size > 0 && size <= LARGEST) await shelf.put(address, answer);
  else await answer.body?.cancel();
}

async function makeRoom(shelf) {
  const kept = [];
  for (const request of await shelf.keys()) kept.push([request, Number((await shelf.match(request)).headers.get("Content-Length"))]);
  let bytes = kept.reduce((sum, [, size]) => sum + size, 0);
  for (const [request, size] of kept) {
    if (bytes <= MOST_BYTES) return;
    await shelf.delete(request);
    bytes -= size;
  }
}

/** Addresses of files in documents: of a picture one size, which stands in for the others. */
function mediaIn(value, found = new Set()) {
  if (Array.isArray(value)) value.forEach((each) => mediaIn(each, found));
  else if (value && typeof value === "object") {
    const src = value.renditions?.at(-1)?.src ?? value.src;
    if (typeof src === "string" && src.startsWith("/api/v1/media/")) found.add(src);
    Object.values(value).forEach((each) => each !== value.renditions && mediaIn(each, found));
  }
  return found;
}

/** Forget all that was kept here: who signs out leaves nothing to the next one at this device. */
export async function clearShelf() {
  await quietly(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
}

/** What is kept is a convenience: a full disk or a private window takes nothing else away. */
async function quietly(doing) {
  try {
    await doing();
  } catch {
    // Nothing is kept, then.
  }
}
