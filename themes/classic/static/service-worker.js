// Answers in the place of a connection that is not there, with what was kept. The page keeps what
// it read itself (keeping.js); here are kept the files of the theme, and a page to show it in.

const FILES = "files"; // of the theme: their addresses change with what they hold
const SHELLS = "shells"; // a page of each language, without what it was about
const [READ, MEDIA] = ["read", "media"]; // filled by the page
const READABLE = /^\/api\/v1\/(school|me|me\/activity|content\/(?!preview).+|learning\/.+)$/;
const PAGES = /^\/(|learn\/.*|courses\/.*|search|me|progress|sign-in)$/;
const PATIENCE = 5000; // milliseconds: then what is kept is better than waiting

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  const ours = new Set([FILES, SHELLS, READ, MEDIA]);
  for (const name of await caches.keys()) if (!ours.has(name)) await caches.delete(name);
  await self.clients.claim();
}

self.addEventListener("message", (event) => {
  // The first page of all came before there was anybody here to keep it.
  if (event.data?.keep) event.waitUntil(fetch(event.data.keep).then(keepShell).catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/_themes/")) event.respondWith(keptFirst(request));
  else if (request.mode === "navigate" && PAGES.test(pathname)) event.respondWith(page(event));
  else if (pathname.startsWith("/api/v1/media/")) event.respondWith(fetch(request).catch(async () => (await keptFile(request)) ?? Response.error()));
  else if (READABLE.test(pathname)) event.respondWith(orKept(fetch(request), () => caches.match(request.url, { cacheName: READ }), 2 * PATIENCE));
});

async function keptFirst(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) await files.put(request.url, answer.clone());
  return answer;
}

/** A page as the school answers it; where it does not, an empty one, filled by what was kept. */
function page(event) {
  const asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => keepShell(answer.clone())).catch(() => {}));
  return orKept(asked, () => shellFor(event.request), PATIENCE);
}

/** What is asked for; in its place what is kept, if it fails or has not come after a while. */
async function orKept(asked, find, patience) {
  const late = new Promise((done) => setTimeout(done, patience)).then(find);
  const failed = asked.catch(async (error) => (await find()) ?? Promise.reject(error));
  return (await Promise.race([failed, late])) ?? failed;
}

async function shellFor(request) {
  const shells = await caches.open(SHELLS);
  const wanted = new URL(request.url).searchParams.get("lang");
  const kept = await shells.keys();
  const one = kept.find(({ url }) => url.endsWith(`=${wanted}`)) ?? kept.at(-1);
  return one && shells.match(one);
}

/** Keep a page without what it was about. All files that it names are here before it is. */
async function keepShell(answer) {
  const language = answer.headers.get("Content-Language");
  if (answer.status !== 200 || !language || answer.redirected) return;
  const markup = (await answer.text())
    .replace(/<title>[^<]*/, "<title>")
    .replace(/<main[^]*<\/main>/, '<main id="main" aria-busy="true"></main>')
    .replace(/(<script id="first"[^>]*>)[^<]*/, "$1{}");
  const files = await caches.open(FILES);
  const named = [...markup.matchAll(/(?:href|src)="(\/_themes\/[^"]+)"/g)].map(([, address]) => address);
  await Promise.all(named.map(async (address) => (await files.match(address)) ?? files.add(address)));
  const shells = await caches.open(SHELLS);
  const address = `/?language=${language}`;
  const kept = ["Content-Type", "Content-Language", "Content-Security-Policy", "Permissions-Policy"];
  const headers = kept.filter((name) => answer.headers.has(name)).map((name) => [name, answer.headers.get(name)]);
  await shells.delete(address); // the newest stands last
  await shells.put(address, new Response(markup, { headers }));
  await dropOldVersions(shells, files);
}

/** Of the theme's files those stay whose version a kept page names. */
async function dropOldVersions(shells, files) {
  const pages = await Promise.all((await shells.matchAll()).map((shell) => shell.text()));
  const version = (address) => address.match(/\/_themes\/[^/]+\/[^/]+/)?.[0] ?? "";
  for (const request of await files.keys()) {
    if (!pages.some((markup) => markup.includes(version(request.url)))) await files.delete(request);
  }
}

/** A kept file, or the part of it that is asked for; of a picture, in the size that there is. */
async function keptFile(request) {
  const media = await caches.open(MEDIA);
  const folder = request.url.match(/.*\/media\/[^/]+\//)?.[0];
  const other = (await media.keys()).find(({ url }) => folder && url.startsWith(folder));
  const kept = (await media.match(request.url)) ?? (other && (await media.match(other)));
  if (!kept) return null;
  const range = request.headers.get("Range")?.match(/^bytes=(\d+)-(\d*)$/);
  return range ? partOf(kept, Number(range[1]), range[2]) : kept;
}

async function partOf(kept, from, until) {
  const whole = await kept.blob();
  const to = until ? Math.min(Number(until), whole.size - 1) : whole.size - 1;
  const headers = { "Content-Type": whole.type, "Content-Range": `bytes ${from}-${to}/${whole.size}`, "Content-Length": String(to - from + 1) };
  return new Response(whole.slice(from, to + 1), { status: 206, headers });
}
