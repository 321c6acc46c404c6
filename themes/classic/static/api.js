// The API, as a page on the school's own host uses it: a cookie for who one is, a token for writing.

import { keepRead } from "./keeping.js";

const BASE = "/api/v1";
const AUTH = "/_allauth/browser/v1";
const PATIENCE = 20_000; // milliseconds
const PATIENCE_WITH_FILES = 600_000; // a film on its way from a phone

/** What the API refused, or could not be asked: `code` is for programs, `problems.js` has the words. */
export class Refused extends Error {
  constructor(status, { detail, title, code, errors } = {}, wait = 0) {
    super(detail || title || "");
    this.status = status;
    this.code = code || "";
    this.errors = errors || {};
    this.wait = wait; // seconds, where it says how long
  }
}

let language = "";
/** Have every answer in this language. */
export function speak(code) {
  language = code;
}

/** Return an address of the API that answers in the reader's language, where it takes `lang`. */
export const spoken = (address) => withQuery(address, { lang: language });
let askAnew = null;
/**
 * Take who is to ask a person for their password when they have to prove anew who they are:
 * `asking("sign-in" | "confirm", flows)` promises whether they did.
 */
export function whenUnproved(asking) {
  let asked = null; // one question at a time
  askAnew = (...given) => (asked ??= asking(...given).finally(() => (asked = null)));
}

const first = readFirst();
function readFirst() {
  const element = document.getElementById("first");
  return element ? JSON.parse(element.textContent) : {};
}

/** Read an address below the API. The page brought the first answer with it. */
export async function get(address, query = {}) {
  // Of the school's content one may choose the language; all else is in one's own.
  const chosen = address.startsWith("/content/") ? { lang: language } : {};
  const whole = BASE + withQuery(address, { ...chosen, ...query });
  const given = takeFirst(withQuery(address, query));
  if (!given) return send("GET", whole);
  if (given.status !== 200) throw new Refused(given.status, given.answer);
  keepRead(whole, given.answer);
  return given.answer;
}

export const post = (address, body, options) => send("POST", BASE + address, body, options);
export const put = (address, body, options) => send("PUT", BASE + address, body, options);
export const patch = (address, body) => send("PATCH", BASE + address, body);
export const remove = (address, body) => send("DELETE", BASE + address, body);

/** Ask allauth: `{status, data, meta, errors}`, whatever the status: a 401 tells what comes next. */
export async function auth(method, address, body, again = true) {
  const answer = await ask(method, AUTH + address, body);
  const told = await readJson(answer);
  const flows = told.data?.flows ?? [];
  const unproved = answer.status === 401 && told.meta?.is_authenticated && flows.some(({ id }) => id.includes("reauthenticate"));
  if (unproved && again && (await askAnew?.("confirm", flows))) return auth(method, address, body, false);
  if (answer.status >= 500 || answer.status === 429 || told.code) throw refusal(answer, told);
  if (answer.status === 409) throw new Refused(409, { code: "out_of_turn" });
  return { status: answer.status, data: told.data || {}, meta: told.meta || {}, errors: told.errors || [] };
}

/** Ask allauth, and throw what it refuses. */
export async function asked(method, address, body) {
  const answer = await auth(method, address, body);
  const [error] = answer.errors;
  if (error) throw new Refused(answer.status, { code: error.code, detail: error.message });
  if (answer.status === 401) throw new Refused(401, { code: "reauthentication_required" });
  return answer;
}

/** What the screens of plugins say, by slug: `{language, words}`. The page brought it with it, too. */
export const broughtSayings = first.sayings ?? {};

function takeFirst(address) {
  if (first.address !== BASE + address) return null;
  delete first.address; // once: afterwards it may have changed
  return first;
}

/** `quiet`: what nobody waits for asks nobody for a password. */
async function send(method, address, body, options = {}) {
  const answer = await ask(method, address, body, options);
  if (answer.status === 204) return null;
  const told = await readJson(answer);
  if (answer.ok) {
    if (method === "GET") keepRead(address, told);
    return told;
  }
  const refused = refusal(answer, told);
  const proof = proofFor(method, refused);
  if (proof && !options.quiet && (await askAnew?.(proof, []))) return send(method, address, body, { ...options, quiet: true });
  throw refused;
}

/** What a person may do about a refusal without leaving what they are at. */
function proofFor(method, { status, code }) {
  if (code === "reauthentication_required") return "confirm";
  return status === 401 && method !== "GET" ? "sign-in" : "";
}

const refusal = (answer, told) => new Refused(answer.status, told, Number(answer.headers.get("Retry-After")) || 0);

/** The JSON of an answer. A web page in its place comes from something that stands between. */
async function readJson(answer) {
  try {
    return await answer.json();
  } catch {
    if (answer.ok) throw new Refused(answer.status, { code: "garbled" });
    return {};
  }
}

async function ask(method, address, body, { headers = {} } = {}) {
  const asked = { method, headers: { Accept: "application/json", ...headers }, credentials: "same-origin" };
  // What a refusal says, and what a mail will, is in the language of the page.
  asked.headers["Accept-Language"] = document.documentElement.lang || "en";
  if (body instanceof FormData) asked.body = body;
  else if (body !== undefined) {
    asked.body = JSON.stringify(body);
    asked.headers["Content-Type"] = "application/json";
  }
  if (method !== "GET") asked.headers["X-CSRFToken"] = csrfToken();
  asked.signal = AbortSignal.timeout(body instanceof FormData ? PATIENCE_WITH_FILES : PATIENCE);
  try {
    return await fetch(address, asked);
  } catch (error) {
    throw new Refused(0, { code: error.name === "TimeoutError" ? "no_answer" : "offline" });
  }
}

export function csrfToken() {
  const found = document.cookie.split("; ").find((pair) => pair.split("=")[0].endsWith("csrftoken"));
  return found ? decodeURIComponent(found.split("=")[1]) : "";
}

function withQuery(address, query) {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "" && value != null));
  return given.size ? `${address}?${given}` : address;
}
