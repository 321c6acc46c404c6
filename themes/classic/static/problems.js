// What went wrong, in the reader's words, and what can be done about it.

import { Refused } from "./api.js";
import { Component, html } from "./vendor/preact.js";
import { count, knows, t } from "./words.js";

/** A refusal in words: by its code, by its kind, and only then in the words of the API. */
export function wordsFor(error) {
  if (!(error instanceof Refused)) return t("broken");
  if (error.status === 429) return error.wait ? count("throttled", Math.ceil(error.wait), document.documentElement.lang) : t("problem-throttled");
  if (knows(`problem-${error.code}`)) return t(`problem-${error.code}`);
  if (error.status >= 500) return t("problem-server_error");
  return error.message || t("refused");
}

/** What is wrong with what was written into one field. */
export function wordsForField({ code, message }) {
  if (knows(`problem-${code}`)) return t(`problem-${code}`);
  // Those that have no code are in English.
  return document.documentElement.lang.startsWith("en") && message ? message : t("problem-invalid");
}

/** Draws something else where what lies within cannot be drawn, and lets the rest stand: `instead(error)`. */
export class Guard extends Component {
  componentDidCatch(error) {
    console.error(error);
    this.setState({ error });
  }
  render({ children, instead }, { error }) {
    return error ? instead(error) : children;
  }
}

/** A refusal where it happened. */
export function Trouble({ error, again }) {
  const where = encodeURIComponent(location.pathname);
  return html`<div class="trouble" role="alert">
    <p>${wordsFor(error)}</p>
    ${error.status === 401 && html`<p><a class="button" href=${`/sign-in?next=${where}`}>${t("sign-in")}</a></p>`}
    ${error.code === "not_a_member" && html`<p><a class="button" href=${`/me?next=${where}`}>${t("to-joining")}</a></p>`}
    ${again && html`<button type="button" onClick=${again}>${t("again")}</button>`}
  </div>`;
}
