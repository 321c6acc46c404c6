// The API, as a page on the school's own host uses it: a cookie for who one is, a token for writing.

const BASE = "/api/v1";
const AUTH = "/_allauth/browser/v1";
const PATIENCE = 20_000; // milliseconds
const PATIENCE_WITH_FILES = 600_000; // a film on its way from a phone

/** What the API refused, or could not be asked: `code` is for programs, `message` for people. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || "");
    this.status = status;
    this.code = problem.code || "";
    this.errors = problem.errors || {};
  }
}

let language = "";
/** Have every answer in this language. */
export function speak(code) {
  language = code;
}

/** Return an address of the API that answers in the reader's language, where it takes `lang`. */
export const spoken = (address) => withQuery(address, { lang: language });

const first = readFirst();
function readFirst() {
  const element = document.getElementById("first");
  return element ? JSON.parse(element.textContent) : {};
}

/** Read an address below the API. The page brought the first answer with it. */
export async function get(address, query = {}) {
  const given = takeFirst(withQuery(address, query));
  if (given) return given.status === 200 ? given.answer : fail(given.status, given.answer);
  // Of the school's content one may choose the language; all else is in one's own.
  const chosen = address.startsWith("/content/") ? { lang: language } : {};
  return send("GET", BASE + withQuery(address, { ...chosen, ...query }));
}

export const post = (address, body, options) => send("POST", BASE + address, body, options);
export const put = (address, body, options) => send("PUT", BASE + address, body, options);
export const patch = (address, body) => send("PATCH", BASE + address, body);
export const remove = (address, body) => send("DELETE", BASE + address, body);

/** Ask allauth: `{status, data, meta}`, whatever the status, since a 401 tells what comes next. */
export async function auth(method, address, body) {
  const answer = await ask(method, AUTH + address, body);
  const told = await answer.json().catch(() => ({}));
  return { status: answer.status, data: told.data || {}, meta: told.meta || {}, errors: told.errors || [] };
}

function takeFirst(address) {
  if (first.address !== BASE + address) return null;
  delete first.address; // once: afterwards it may have changed
  return first;
}

async function send(method, address, body, options = {}) {
  const answer = await ask(method, address, body, options);
  if (answer.status === 204) return null;
  const told = await answer.json().catch(() => ({}));
  return answer.ok ? told : fail(answer.status, told);
}

function fail(status, problem) {
  throw new Refused(status, problem);
}

async function ask(method, address, body, { headers = {} } = {}) {
  const asked = { method, headers: { Accept: "application/json", ...headers }, credentials: "same-origin" };
  if (body instanceof FormData) asked.body = body;
  else if (body !== undefined) {
    asked.body = JSON.stringify(body);
    asked.headers["Content-Type"] = "application/json";
  }
  if (method !== "GET") asked.headers["X-CSRFToken"] = csrfToken();
  asked.signal = AbortSignal.timeout(body instanceof FormData ? PATIENCE_WITH_FILES : PATIENCE);
  try {
    return await fetch(address, asked);
  } catch {
    throw new Refused(0, { code: "offline" });
  }
}

function csrfToken() {
  const found = document.cookie.split("; ").find((pair) => pair.split("=")[0].endsWith("csrftoken"));
  return found ? decodeURIComponent(found.split("=")[1]) : "";
}

function withQuery(address, query) {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "" && value != null));
  return given.size ? `${address}?${given}` : address;
}
