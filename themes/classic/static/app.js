// The front end of a school: what is there, where one is, and who one is.

import { Again } from "./again.js";
import { auth, get, speak } from "./api.js";
import { AppContext, useApp as shared } from "./context.js";
import { afterwards, claimShelf, comings } from "./keeping.js";
import { PluginScreen } from "./places.js";
import { loadPlugins } from "./plugins.js";
import { Guard, Trouble as Shown } from "./problems.js";
import { Top } from "./top.js";
import { html, render, useEffect, useState } from "./vendor/preact.js";
import { waitAs } from "./waiting.js";
import { WaitingStrip } from "./waiting-strip.js";
import { learnWords, t } from "./words.js";

export const useApp = shared;
export const Trouble = Shown;

// Each screen by its address; what a screen needs is fetched when it is first shown.
const SCREENS = [
  [/^\/$/, () => import("./catalogue.js").then((module) => module.Home)],
  [/^\/search$/, () => import("./search.js").then((module) => module.Search)],
  [/^\/sign-in$/, () => import("./account.js").then((module) => module.SignIn)],
  [/^\/sign-up$/, () => import("./account.js").then((module) => module.SignUp)],
  [/^\/new-password$/, () => import("./account.js").then((module) => module.NewPassword)],
  [/^\/me$/, () => import("./profile.js").then((module) => module.Profile)],
  [/^\/progress$/, () => import("./progress.js").then((module) => module.Progress)],
  [/^\/preview$/, () => import("./preview.js").then((module) => module.Preview)],
  [/^\/(?:learn|courses)\/(.+)$/, () => import("./lesson.js").then((module) => module.Place)],
  [/^\/people\/([0-9a-f-]{36})$/, () => import("./people.js").then((module) => module.Person)],
  // What is left of a school's addresses; the others are not of this front end.
  [/^\/(?!(?:admin|api|documents|preview|static)(?:\/|$))[a-z][a-z0-9_]{2,29}(?:\/.*)?$/, () => Promise.resolve(PluginScreen)],
];

const PATIENCE = 3000; // milliseconds, for which what the page brought stands alone

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

async function start() {
  const language = document.documentElement.lang || "en";
  // What the host chose for the page holds for all that follows.
  speak(language);
  await learnWords(language);
  try {
    await (location.pathname === "/preview" ? startPreview(language) : startSchool(language));
  } catch (error) {
    // What the page brought with it can still be read.
    const place = document.createElement("div");
    document.getElementById("main").prepend(place);
    render(html`<${Trouble} error=${error} again=${() => location.reload()} />`, place);
  }
}

async function startSchool(language) {
  const [school, { me, unknown }] = await Promise.all([get("/school"), whoAmI()]);
  const tree = await get("/content/tree").catch((refused) => ({ items: [], refused }));
  show(html`<${App} school=${school} me=${me} unknown=${unknown} tree=${tree} language=${language} />`);
  keepForLater();
  loadPlugins({ school, me, language });
}

/** Show an unsaved page to who writes it: nothing is kept, and nothing else of the school is asked for. */
async function startPreview(language) {
  const token = new URLSearchParams(location.search).get("token");
  const school = await get("/school");
  show(html`<${App} school=${school} tree=${{ items: [] }} language=${language} preview=${token} />`);
}

/** Draw beside what the page brought, and take its place when there is something to see. */
function show(drawn) {
  const before = document.getElementById("app");
  const root = document.createElement("div");
  root.hidden = true;
  before.after(root);
  const began = Date.now();
  const swap = () => {
    const isThere = root.querySelector("main:not([aria-busy])") && !root.querySelector("main > [aria-busy=true]");
    // What the school is slow to tell is waited for in its place.
    if (!isThere && Date.now() - began < PATIENCE) return;
    if (!before.isConnected) return;
    watching.disconnect();
    before.remove();
    root.id = "app";
    root.hidden = false;
  };
  const watching = new MutationObserver(swap);
  watching.observe(root, { subtree: true, childList: true, attributes: true });
  render(drawn, root);
  setTimeout(swap, PATIENCE);
}

/** Have the browser keep what is opened; and see when somebody else comes in, in another tab. */
async function keepForLater() {
  comings.onmessage = () => location.reload();
  await afterwards();
  navigator.serviceWorker?.register("/service-worker.js").then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) active.postMessage({ keep: location.href });
  }, () => {});
}

/** `{me, unknown}`: who is signed in, or null, and why that cannot be known. It sets the cookie without which nothing can be written, too. */
async function whoAmI() {
  const who = await asked().catch(recalled);
  waitAs(who.me?.id ?? "");
  return who;
}

async function asked() {
  const session = await auth("GET", "/auth/session");
  const me = session.status === 200 ? await get("/me") : null;
  await claimShelf(me?.id ?? "");
  return { me };
}

/** Without a connection one is who one was. */
async function recalled() {
  try {
    return { me: await get("/me") };
  } catch (error) {
    return { me: null, unknown: error.status === 401 || error.code === "offline" ? null : error };
  }
}

function App({ school, me: first, unknown, tree, language, preview }) {
  const [{ address, query }, setPlace] = useState(here);
  const [me, setMe] = useState(first);
  const arrived = () => setPlace(here());
  useEffect(() => followLinks(arrived), []);
  useEffect(arrive, [address]);
  useEffect(() => nameThePage(school), []);
  const go = (to) => {
    history.pushState(null, "", to);
    arrived();
  };
  const app = { school, me, setMe, tree, language, address, query, go, preview };
  return html`<${AppContext.Provider} value=${app}>
    <a class="skip" href="#main">${t("skip")}</a>
    ${!preview && html`<${Top} /><${WaitingStrip} />`}
    ${unknown && html`<div class="strip"><div><p>${t("who-unknown")}</p><${Trouble} error=${unknown} again=${() => location.reload()} /></div></div>`}
    <${Guard} key=${address} instead=${(error) => html`<main id="main" tabindex="-1"><${Trouble} error=${error} again=${() => location.reload()} /></main>`}><${Screen} /><//>
    <footer class="foot">${school.name}</footer>
    <${Again} />
  <//>`;
}

function Screen() {
  const { address } = useApp();
  const [shown, setShown] = useState(null);
  useEffect(() => {
    let left = false;
    const found = SCREENS.map(([pattern, load]) => [address.match(pattern), load]).find(([match]) => match);
    const load = found ? found[1]() : Promise.resolve(NothingHere);
    load.then((view) => left || setShown({ view, match: found?.[0] ?? [] }));
    return () => (left = true);
  }, [address]);
  if (!shown) return html`<main id="main" tabindex="-1" aria-busy="true"></main>`;
  return html`<main id="main" tabindex="-1"><${shown.view} match=${shown.match} /></main>`;
}

function NothingHere() {
  return html`<h1>${t("nothing-here")}</h1><p><a href="/">${t("to-catalogue")}</a></p>`;
}

/** Reads an address of the API: `{value, error, again}`, of which one or neither is there yet. */
export function useAnswer(address, query) {
  const key = JSON.stringify([address, query]);
  const [answer, setAnswer] = useState({ key: "" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    if (!address) return;
    get(address, query).then(
      (value) => left || setAnswer({ key, value }),
      (error) => left || setAnswer({ key, error }),
    );
    return () => (left = true);
  }, [key, tries]);
  const current = answer.key === key ? answer : {};
  return { value: current.value, error: current.error, again: () => setTries(tries + 1) };
}

const here = () => ({ address: location.pathname, query: location.search });

let isFirstScreen = true;
/** Have who listens or types arrive where who looks arrives: at the new screen. */
function arrive() {
  if (!isFirstScreen) document.getElementById("main")?.focus({ preventScroll: true });
  isFirstScreen = false;
}

/** Keep the page named after what it shows, whichever screen that is. */
function nameThePage(school) {
  const name = () => {
    const heading = document.querySelector("main h1")?.textContent.trim();
    // A screen without a heading names itself.
    const title = heading === school.name ? heading : heading && `${heading} · ${school.name}`;
    if (title && document.title !== title) document.title = title;
  };
  const observer = new MutationObserver(name);
  observer.observe(document.body, { childList: true, subtree: true });
  name();
  return () => observer.disconnect();
}

/** Turn clicks on links within the front end into changes of the screen; return how to stop. */
function followLinks(arrived) {
  const click = (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
    const to = new URL(link.href, location);
    const isScreen = SCREENS.some(([pattern]) => pattern.test(to.pathname));
    if (to.origin !== location.origin || !isScreen || (to.hash && to.pathname === location.pathname)) return;
    event.preventDefault();
    history.pushState(null, "", to);
    arrived();
    scrollTo(0, 0);
  };
  const back = arrived;
  document.addEventListener("click", click);
  addEventListener("popstate", back);
  return () => {
    document.removeEventListener("click", click);
    removeEventListener("popstate", back);
  };
}

export const directionOf = (language) => (RIGHT_TO_LEFT.has(language.split("-")[0]) ? "rtl" : "ltr");

start();
