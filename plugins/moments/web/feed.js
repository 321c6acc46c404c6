// What people of the school tell: all of it, of those one follows, of a tag; and a card of the latest.

import { Listed, useAnswer, useList, useStanding } from "./asking.js";
import { Composer } from "./composer.js";
import { Face, Trouble, When, app, html, t, take, useState } from "./drawing.js";
import { Moment } from "./moment.js";

export function use(given) {
  take(given);
  return { Feed, Following, Featured, Tagged, Latest };
}

const WAYS = [
  ["/moments", "everyone"],
  ["/moments/following", "following"],
  ["/moments/featured", "featured"],
  ["/moments/activity", "activity"],
];

/** The ways through the screens of moments; the one that is open is marked. */
export function Ways({ here }) {
  return html`<nav class="moments-ways" aria-label=${t("moments")}>
    ${WAYS.map(([to, name]) => html`<a href=${to} aria-current=${to === here ? "page" : undefined}>${t(name)}</a>`)}
  </nav>`;
}

function Feed() {
  const list = useList("/moments");
  return html`<h1>${t("moments")}</h1><${Ways} here="/moments" />
    <${Telling} posted=${list.add} /><${Moments} list=${list} empty=${t("nobody-told")} />`;
}

function Following() {
  const list = useList("/moments", { of: "following" });
  return html`<h1>${t("following")}</h1><${Ways} here="/moments/following" />
    <${Moments} list=${list} empty=${t("follow-somebody")} />`;
}

function Featured() {
  const list = useList("/moments", { featured: "true" });
  return html`<h1>${t("featured")}</h1><${Ways} here="/moments/featured" />
    <${Moments} list=${list} empty=${t("nothing-featured")} />`;
}

function Tagged({ tag }) {
  const list = useList("/moments", { tag });
  return html`<h1 dir="auto">#${tag}</h1><${Ways} />
    <${Moments} list=${list} empty=${t("nobody-told")} />`;
}

/** A list of moments, each of which can be changed and deleted where it stands. */
export function Moments({ list, empty }) {
  const { value: standing } = useStanding();
  return html`<${Listed} list=${list} empty=${empty}
    item=${(moment) => html`<${Moment} moment=${moment} standing=${standing} changed=${list.change} gone=${() => list.drop(moment.id)} added=${list.add} />`} />`;
}

/** The way to write a moment, or why there is none, kindly. */
function Telling({ posted }) {
  const { value: standing, error, again } = useStanding();
  const [open, setOpen] = useState(false);
  if (error) return html`<${Trouble} error=${error} again=${again} />`;
  if (!standing) return html`<p class="moments-wait" aria-busy="true"></p>`;
  if (standing.post) return html`<p class="callout note">${t(`error-${standing.post}`)}</p>`;
  if (!open) return html`<p><button onClick=${() => setOpen(true)}>${t("tell-something")}</button></p>`;
  const done = (moment) => {
    posted(moment);
    setOpen(false);
  };
  return html`<${Composer} standing=${standing} done=${done} cancel=${() => setOpen(false)} />`;
}

/** On the first page: what was told lately. */
function Latest() {
  const { value, error } = useAnswer("/moments?limit=2");
  return html`<section class="raised">
    <h2><a href="/moments">${t("moments")}</a></h2>
    <${Trouble} error=${error} />
    ${value?.items.length === 0 && html`<p>${t("nobody-told")}</p>`}
    <ul class="moments-short">${value?.items.map((moment) => html`<li key=${moment.id}>
      <${Face} person=${moment.author} />
      <a href=${`/moments/${moment.id}`}><b dir="auto">${moment.author.name}</b>
        <span class="moments-shortly" dir="auto">${shortly(moment)}</span>
        <small><${When} at=${moment.created_at} /></small></a>
    </li>`)}</ul>
  </section>`;
}

function shortly(moment) {
  if (moment.text) return moment.text;
  return moment.subject.name ?? t(`kind-${moment.is_share ? "share" : moment.kind}`);
}
