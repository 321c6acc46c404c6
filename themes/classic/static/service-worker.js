// Keeps what was opened, so that it can be read without a connection. Of plugins nothing is kept: a
// school may switch one off at any moment.

const FILES = "files";
const READ = "read";
// The school's own pages; those of plugins and of people are not among them.
const PAGES = /^\/($|(learn|courses)\/|(search|sign-in|sign-up|new-password|me|progress)$)/;
const KEPT = [/^\/api\/v1\/(school|me|content\/(?!preview).*|media\/.*)$/];
const MOST = 400; // answers; the oldest go first

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  // Who signs out leaves nothing behind for the next one at this device.
  if (event.data === "forget") event.waitUntil(caches.delete(READ));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/_themes/")) event.respondWith(keptFirst(request));
  else if (request.mode === "navigate" && !isElsewhere(address)) event.respondWith(page(request));
  else if (KEPT.some((pattern) => pattern.test(address.pathname)) && !request.headers.has("Range")) event.respondWith(fresh(request));
});

const isElsewhere = ({ pathname }) => /^\/(admin|api|_|documents|static|preview)/.test(pathname);

/** The files of the theme never change: their addresses do. */
async function keptFirst(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await forgetOtherVersions(cache, request.url);
    cache.put(request, answer.clone());
  }
  return answer;
}

/** Of each theme one version is kept. */
async function forgetOtherVersions(cache, url) {
  const [, theme, version] = new URL(url).pathname.slice(1).split("/");
  for (const request of await cache.keys()) {
    const [, other, otherVersion] = new URL(request.url).pathname.slice(1).split("/");
    if (other === theme && otherVersion !== version && theme !== "tokens") await cache.delete(request);
  }
}

async function page(request) {
  const ask = PAGES.test(new URL(request.url).pathname) ? fresh : fetch;
  return ask(request).catch(async () => (await caches.match("/")) ?? Response.error());
}

/** What the school says now; without a connection, what it said last. */
async function fresh(request) {
  const cache = await caches.open(READ);
  try {
    const answer = await fetch(request);
    if (answer.status === 200) await keep(cache, request, answer.clone());
    else if (answer.status === 401 || answer.status === 404 || answer.status === 403) await cache.delete(request);
    return answer;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw error;
  }
}

async function keep(cache, request, answer) {
  await cache.put(request, answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((key) => cache.delete(key)));
}
