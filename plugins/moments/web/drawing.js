// What all parts draw with, and small things that they share.

export let app, html, t, useEffect, useRef, useState;

/** Take what the front end gives, once; every part calls this before it draws. */
export function take(given) {
  if (app) return;
  app = given;
  t = app.t;
  ({ html, useEffect, useRef, useState } = app.ui);
}

/** Return what went wrong, in the reader's words if there are any for it. */
export function worded(error) {
  const code = error.status === 0 ? "offline" : error.code;
  const said = t(`error-${code}`);
  return said === `error-${code}` ? error.message || t("error") : said;
}

/** What went wrong, and trying again. */
export function Trouble({ error, again }) {
  if (!error) return null;
  return html`<div class="trouble" role="alert"><p>${worded(error)}</p>
    ${again && html`<button onClick=${again}>${t("again")}</button>`}</div>`;
}

/** When something was: some time ago, or the day. */
export function When({ at }) {
  const then = new Date(at);
  return html`<time datetime=${at} title=${then.toLocaleString(app.language)}>${ago(then)}</time>`;
}

function ago(then) {
  const minutes = Math.round((Date.now() - then) / 60_000);
  const near = new Intl.RelativeTimeFormat(app.language, { numeric: "auto" });
  if (minutes < 1) return near.format(0, "second");
  if (minutes < 60) return near.format(-minutes, "minute");
  if (minutes < 24 * 60) return near.format(-Math.round(minutes / 60), "hour");
  return then.toLocaleDateString(app.language, { dateStyle: "medium" });
}

/** A person's picture, or the first letter of their name; for the eye alone. */
export function Face({ person }) {
  if (person.avatar) return html`<img class="moments-face" src=${person.avatar} alt="" width="44" height="44" />`;
  return html`<span class="moments-face" aria-hidden="true">${[...person.name][0]}</span>`;
}

// Paths on a field of 24 × 24, drawn as strokes.
const DRAWN = {
  like: "M12 20.5S3.5 15.6 3.5 9.4A4.6 4.6 0 0 1 12 7a4.6 4.6 0 0 1 8.5 2.4c0 6.2-8.5 11.1-8.5 11.1z",
  comment: "M4 5h16v11.5h-9L6.5 20v-3.5H4z",
};

/** A small drawing beside a number; for the eye alone. */
export const Mark = ({ name }) => html`<svg class="moments-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${DRAWN[name]} /></svg>`;

export const addressOf = (person) => `/people/${person.id}`;

/** A button that does something, and waits until it is done. */
export function Act({ act, fail, children, ...given }) {
  const [busy, setBusy] = useState(false);
  const click = async () => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      fail(error);
    }
    setBusy(false);
  };
  return html`<button type="button" aria-disabled=${busy} onClick=${busy ? undefined : click} ...${given}>${children}</button>`;
}

/** Something asked in between, over the page; Escape leaves it. */
export function Sheet({ title, close, children }) {
  const sheet = useRef();
  useEffect(() => {
    sheet.current.showModal();
  }, []);
  return html`<dialog class="moments-sheet raised" ref=${sheet} onClose=${close} aria-label=${title}>
    <h2>${title}</h2>${children}
    <div class="acts"><button type="button" class="plain" onClick=${close}>${t("close")}</button></div>
  </dialog>`;
}
