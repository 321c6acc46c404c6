// After an exercise: what it brought. Points follow an answer some seconds later, so they are read again.

import { Icon, app, html, t, take, useEffect, useState } from "./drawing.js";

const PATIENCE = [1500, 3000, 6000, 12_000]; // milliseconds between one look and the next

// How one stood before the last answer, or the promise of it.
let known = null;

export function use(given) {
  take(given);
  return { News, remember };
}

const read = () => app.api.get("/badges/me", { lang: app.language });

/** Ask how one stands, if it is not known. */
function remember() {
  known ??= read().catch(() => (known = null));
  return known;
}

function News() {
  const [news, setNews] = useState(null);
  useEffect(() => {
    let left = false;
    look(() => left).then(
      (found) => left || setNews(found),
      // It is only news: the points are there all the same.
      () => {},
    );
    return () => (left = true);
  }, []);
  return html`<div role="status" class="badges-news">${news && html`<${Told} news=${news} />`}</div>`;
}

/** Return what has changed since the last look, once something has; null if nothing does. */
async function look(isLeft) {
  const before = await remember();
  if (!before) return null;
  for (const pause of PATIENCE) {
    await new Promise((done) => setTimeout(done, pause));
    if (isLeft()) return null;
    const now = await read();
    if (now.points !== before.points || now.badges_count !== before.badges_count) {
      known = now;
      const had = new Set(before.badges.map((badge) => badge.id));
      return {
        points: now.points - before.points,
        level: now.level > before.level ? now.level : 0,
        badges: now.badges.filter((badge) => !had.has(badge.id)),
      };
    }
  }
  return null;
}

function Told({ news }) {
  return html`<p class="badges-told">
    ${news.points > 0 && html`<b>+${t("points", { number: news.points })}</b>`}
    ${news.level > 0 && html` <span class="level">${t("new-level", { level: news.level })}</span>`}
    ${news.badges.map((badge) => html` <a href="/badges"><${Icon} badge=${badge} /> ${t("new-badge")} <span dir="auto">${badge.name}</span></a>`)}</p>`;
}
