// Leaderboards of a week or of all time, in the school or a class; being on them or not.

import { Trouble, Ways, app, html, isChild, t, take, useAnswer, useEffect, useState } from "./drawing.js";
import { before, daysOf } from "./weeks.js";

export function use(given) {
  take(given);
  return { Leaderboard };
}

function Leaderboard() {
  const { value: own, error, again } = useAnswer("/badges/me");
  const [listed, setListed] = useState(null);
  if (isChild()) return html`<h1>${t("leaderboard")}</h1><p class="callout note">${t("not-for-children")}</p><p><a href="/badges">${t("badges")}</a></p>`;
  if (error) return html`<h1>${t("leaderboard")}</h1><${Ways} here="/badges/leaderboard" /><${Trouble} error=${error} again=${again} />`;
  const isListed = listed ?? own?.listed;
  return html`<h1>${t("leaderboard")}</h1><${Ways} here="/badges/leaderboard" />
    <${Board} key=${String(isListed)} />
    ${own && html`<${Membership} listed=${isListed} changed=${setListed} />`}`;
}

function Board() {
  const { value: classes } = useAnswer("/school/cohorts", { limit: 100 });
  const [week, setWeek] = useState("");
  const [cohort, setCohort] = useState("");
  const [board, setBoard] = useState(null);
  const [error, setError] = useState(null);
  const read = async (cursor = "") => {
    setError(null);
    try {
      const page = await app.api.get("/badges/leaderboards", { week, cohort, cursor });
      setBoard((now) => ({ ...page, items: cursor ? [...now.items, ...page.items] : page.items }));
    } catch (refused) {
      setBoard(null);
      setError(refused);
    }
  };
  useEffect(() => {
    read();
  }, [week, cohort]);
  const own = classes?.items ?? [];
  const now = board?.week;
  return html`
    <div class="badges-choices">
      ${own.length > 0 && html`<label>${t("among")}<select onChange=${(event) => setCohort(event.currentTarget.value)}>
        <option value="">${t("whole-school")}</option>${own.map((each) => html`<option value=${each.id}>${each.name}</option>`)}</select></label>`}
      <label>${t("when")}<select onChange=${(event) => setWeek(event.currentTarget.value)}>
        <option value="">${t("this-week")}</option><${Weeks} now=${week ? null : now} /><option value="all">${t("all-time")}</option></select></label>
    </div>
    <${Trouble} error=${error} again=${error?.code === "leaderboards_off" ? undefined : () => read()} />
    ${board && html`<${Table} board=${board} />
      ${board.next && html`<p><button class="plain" onClick=${() => read(board.next)}>${t("more")}</button></p>`}`}
    ${!board && !error && html`<p class="badges-wait" aria-busy="true"></p>`}`;
}

/** The four weeks before this one, by their days. */
function Weeks({ now }) {
  const [weeks, setWeeks] = useState([]);
  useEffect(() => {
    if (now && now !== "all" && weeks.length === 0) setWeeks([1, 2, 3, 4].map((number) => before(now, number)));
  }, [now]);
  return weeks.map((week) => html`<option value=${week}>${daysOf(week, app.language)}</option>`);
}

function Table({ board }) {
  if (board.items.length === 0) return html`<p>${t("empty-board")}</p>`;
  const own = board.own && !board.items.some((place) => place.you) ? [{ ...board.own, rank: board.own.rank ?? "…" }] : [];
  return html`<table class="badges-board">
    <caption class="unseen">${t("leaderboard")}</caption>
    <thead><tr><th scope="col">${t("rank")}</th><th scope="col">${t("name")}</th><th scope="col">${t("points-column")}</th></tr></thead>
    <tbody>${[...board.items, ...own].map((place) => html`<tr key=${place.person} class=${place.you ? "you" : ""}>
      <td>${place.rank}</td>
      <td><a href=${`/people/${place.person}`} dir="auto">${place.name}</a> ${place.you && html`<span class="level">${t("you")}</span>`}</td>
      <td>${place.points}</td></tr>`)}</tbody>
  </table>`;
}

/** Being on leaderboards, or on none. */
function Membership({ listed, changed }) {
  const [error, setError] = useState(null);
  const choose = async () => {
    setError(null);
    try {
      await app.api[listed ? "remove" : "put"]("/badges/leaderboards/membership");
      changed(!listed);
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<section class="raised"><p role="status">${t(listed ? "is-listed" : "is-not-listed")}</p>
    <${Trouble} error=${error} />
    <button class="plain" onClick=${choose}>${t(listed ? "leave" : "join")}</button></section>`;
}
