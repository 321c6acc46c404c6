// What all parts draw with, and small things that they share.

export let app, html, t, useEffect, useState;

/** Take what the front end gives, once; every part calls this before it draws. */
export function take(given) {
  if (app) return;
  app = given;
  t = app.t;
  ({ html, useEffect, useState } = app.ui);
}

/** Read an address: `{value, error, again}`; neither value nor error is there at first. */
export function useAnswer(address, query = {}) {
  const key = JSON.stringify([address, query]);
  const [answer, setAnswer] = useState({});
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    setAnswer({});
    app.api.get(address, { ...query, ...inLanguage(address) }).then(
      (value) => left || setAnswer({ value }),
      (error) => left || setAnswer({ error }),
    );
    return () => (left = true);
  }, [key, tries]);
  return { ...answer, again: () => setTries(tries + 1) };
}

// Badges have names of their own, in the language of the page.
const inLanguage = (address) => (address.startsWith("/badges/leaderboards") || !address.startsWith("/badges") ? {} : { lang: app.language });

/** What went wrong, in the reader's words if there are any for it, and trying again. */
export function Trouble({ error, again }) {
  if (!error) return null;
  const code = error.status === 0 ? "offline" : error.code;
  const said = t(`error-${code}`);
  return html`<div class="trouble" role="alert"><p>${said === `error-${code}` ? error.message || t("error") : said}</p>
    ${again && html`<button onClick=${again}>${t("again")}</button>`}</div>`;
}

/** Whether the reader is a child of this school: children are on no leaderboard. */
export function isChild() {
  return app.me.memberships.some((place) => place.school === app.school.id && place.is_child);
}

/** The ways through the screens of badges; the one that is open is marked. */
export function Ways({ here }) {
  const ways = [["/badges", "badges"], ...(isChild() ? [] : [["/badges/leaderboard", "leaderboard"]])];
  if (ways.length < 2) return null;
  return html`<nav class="badges-ways" aria-label=${t("badges")}>
    ${ways.map(([to, name]) => html`<a href=${to} aria-current=${to === here ? "page" : undefined}>${t(name)}</a>`)}</nav>`;
}

/** The mark of a badge; for the eye alone, since its name stands beside it. */
export const Icon = ({ badge }) => html`<span class="badges-icon" aria-hidden="true">${badge.icon || "🏅"}</span>`;
