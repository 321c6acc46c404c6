// What a learner has: points, level, streak and badges, and what is missing for the others.

import { Icon, Trouble, Ways, app, html, t, take, useAnswer, useEffect, useState } from "./drawing.js";

export function use(given) {
  take(given);
  return { Own, Card, Face };
}

/** All that one has, and what there is to earn. */
function Own() {
  const { value: own, error, again } = useAnswer("/badges/me");
  return html`<h1>${t("badges")}</h1><${Ways} here="/badges" />
    <${Trouble} error=${error} again=${again} />
    ${own ? html`<${Standing} own=${own} /><${All} own=${own} />` : !error && html`<p class="badges-wait" aria-busy="true"></p>`}`;
}

function Standing({ own }) {
  const { streak } = own;
  return html`<section class="badges-standing raised">
    <p class="badges-points"><b>${t("points", { number: own.points })}</b> <span class="level">${t("level", { level: own.level })}</span></p>
    <${Ahead} own=${own} />
    <p><span aria-hidden="true">🔥</span> ${streak.days > 0 ? t("streak", { number: streak.days }) : t("no-streak")}
      ${streak.days > 0 && !streak.today && html` <small>${t("streak-today")}</small>`}
      ${streak.longest > streak.days && html` <small>${t("longest", { number: streak.longest })}</small>`}</p>
  </section>`;
}

/** How far the next level is. */
function Ahead({ own: { points, next_level: ahead } }) {
  if (!ahead) return html`<p>${t("highest-level")}</p>`;
  return html`<label class="badges-ahead">${t("to-level", { number: ahead.points - points, level: ahead.level })}
    <progress max=${ahead.points} value=${points}></progress></label>`;
}

/** The school's badges: those one has, then the others with what they take. */
function All({ own }) {
  const [list, setList] = useState({ items: [], next: "" });
  const [error, setError] = useState(null);
  const more = async () => {
    setError(null);
    try {
      const page = await app.api.get("/badges", { limit: 100, cursor: list.next, lang: app.language });
      setList({ items: [...list.items, ...page.items], next: page.next });
    } catch (refused) {
      setError(refused);
    }
  };
  useEffect(() => {
    more();
  }, []);
  const earned = list.items.filter((badge) => badge.earned).sort((one, other) => (one.earned_at < other.earned_at ? 1 : -1));
  const others = list.items.filter((badge) => !badge.earned);
  return html`
    <h2>${t("earned", { number: earned.length })}</h2>
    ${earned.length === 0 && list.items.length > 0 && html`<p>${t("none-yet")}</p>`}
    <ul class="badges-list">${earned.map((badge) => html`<li key=${badge.id}><${Badge} badge=${badge} /></li>`)}</ul>
    ${others.length > 0 && html`<h2>${t("to-earn")}</h2>
      <ul class="badges-list">${others.map((badge) => html`<li key=${badge.id}><${Badge} badge=${badge} own=${own} /></li>`)}</ul>`}
    <${Trouble} error=${error} again=${more} />
    ${list.next && html`<p><button class="plain" onClick=${more}>${t("more")}</button></p>`}`;
}

function Badge({ badge, own }) {
  return html`<div class=${badge.earned === false ? "badge missing raised" : "badge raised"}><${Icon} badge=${badge} />
    <div><h3 dir="auto">${badge.name}</h3>
      <p dir="auto">${badge.description || t(`needs-${badge.kind || badge.measure}`, { number: badge.threshold })}</p>
      ${badge.earned_at && html`<small>${new Date(badge.earned_at).toLocaleDateString(app.language, { dateStyle: "medium" })}</small>`}
      ${own && html`<${Way} badge=${badge} own=${own} />`}</div></div>`;
}

/** How far one is, where it can be told: what is counted of exercises and lessons, the school keeps to itself. */
function Way({ badge, own }) {
  const reached = { points: own.points, level: own.level, streak: own.streak.days }[badge.measure];
  if (reached === undefined) return null;
  const name = t("so-far", { reached: Math.min(reached, badge.threshold), of: badge.threshold });
  return html`<label><small>${name}</small><progress max=${badge.threshold} value=${reached}></progress></label>`;
}

/** On the first page: how one stands. */
function Card() {
  const { value: own, error } = useAnswer("/badges/me");
  return html`<section class="raised"><h2><a href="/badges">${t("badges")}</a></h2>
    <${Trouble} error=${error} />
    ${own && html`<p class="facts"><b>${t("points", { number: own.points })}</b><span class="level">${t("level", { level: own.level })}</span></p>
      <${Ahead} own=${own} />
      ${own.streak.days > 0 && html`<p><span aria-hidden="true">🔥</span> ${t("streak", { number: own.streak.days })}</p>`}
      <${Icons} badges=${own.badges} count=${own.badges_count} />`}
  </section>`;
}

/** On the page of a person: what they have. */
function Face({ person }) {
  const { value: face, error, again } = useAnswer(`/badges/people/${person.id}`);
  if (error?.status === 404) return null;
  return html`<section><h2>${t("badges")}</h2><${Trouble} error=${error} again=${again} />
    ${face && html`<p class="facts"><span class="level">${t("level", { level: face.level })}</span>
      ${face.longest_streak > 0 && html`<span>${t("longest", { number: face.longest_streak })}</span>`}</p>
      <${Icons} badges=${face.badges} count=${face.badges_count} />`}
  </section>`;
}

function Icons({ badges, count }) {
  if (count === 0) return html`<p>${t("none-yet")}</p>`;
  return html`<ul class="badges-row">${badges.slice(0, 6).map((badge) => html`<li key=${badge.id}><${Icon} badge=${badge} /> <span dir="auto">${badge.name}</span></li>`)}</ul>
    ${count > 6 && html`<p><small>${t("and-more", { number: count - 6 })}</small></p>`}`;
}
