// People as moments show them: following, their moments, who follows them.

import { Listed, useAnswer, useList, useStanding } from "./asking.js";
import { Act, Face, Trouble, addressOf, app, html, t, take, useState } from "./drawing.js";
import { Moments } from "./feed.js";
import { Moment } from "./moment.js";

export function use(given) {
  take(given);
  return { MomentsOf, People, Profile };
}

/** On the page of a person: what they are to others here, and their latest moments. */
function Profile({ person }) {
  const { value: profile, error, again, set } = useAnswer(`/moments/people/${person.id}`);
  const list = useList(`/moments/people/${person.id}/moments`, { limit: 3 });
  const { value: standing } = useStanding();
  const isMe = person.id === app.me.id;
  if (error) return html`<${Trouble} error=${error} again=${again} />`;
  if (!profile) return html`<p aria-busy="true"></p>`;
  return html`<section><h2>${t("moments")}</h2>
    <${Counts} profile=${profile} />
    ${!isMe && html`<${Follow} profile=${profile} changed=${set} />`}
    ${!isMe && list.items?.map((moment) => html`<${Moment} key=${moment.id} level=${3} moment=${moment} standing=${standing} changed=${list.change} gone=${() => list.drop(moment.id)} />`)}
    ${profile.moments > 0 && (isMe || profile.moments > 3) && html`<p><a href=${`/moments/people/${person.id}`}>${t(isMe ? "my-moments" : "all-moments")}</a></p>`}
  </section>`;
}

function Counts({ profile }) {
  const lists = ["followers", "following"];
  return html`<p class="facts"><span>${t("moments-count", { number: profile.moments })}</span>
    ${lists.map((list) => html`<a href=${`/moments/people/${profile.id}/${list}`}>${t(`${list}-count`, { number: profile[list] })}</a>`)}</p>`;
}

function Follow({ profile, changed }) {
  const [error, setError] = useState(null);
  const { is_following: following } = profile;
  const toggle = async () => {
    await app.api[following ? "remove" : "put"](`/moments/people/${profile.id}/follow`);
    changed({ ...profile, is_following: !following, followers: profile.followers + (following ? -1 : 1) });
  };
  return html`<p><${Act} act=${toggle} fail=${setError} class=${following ? "plain" : ""} aria-pressed=${following}>${t(following ? "unfollow" : "follow")}<//></p>
    <${Trouble} error=${error} />`;
}

/** All moments of a person. */
function MomentsOf({ id }) {
  const { value: profile, error, again } = useAnswer(`/moments/people/${encodeURIComponent(id)}`);
  const list = useList(`/moments/people/${encodeURIComponent(id)}/moments`);
  if (error) return html`<h1>${t("moments")}</h1><${Nobody} error=${error} again=${again} />`;
  if (!profile) return html`<p aria-busy="true"></p>`;
  return html`<h1><a href=${addressOf(profile)} dir="auto">${profile.name}</a></h1><${Counts} profile=${profile} />
    <${Moments} list=${list} empty=${t("nobody-told")} />`;
}

/** Who follows a person, or whom they follow. */
function People({ id, list: which }) {
  const { value: profile, error, again } = useAnswer(`/moments/people/${encodeURIComponent(id)}`);
  const list = useList(`/moments/people/${encodeURIComponent(id)}/${which === "following" ? "following" : "followers"}`);
  if (error) return html`<h1>${t("moments")}</h1><${Nobody} error=${error} again=${again} />`;
  if (!profile) return html`<p aria-busy="true"></p>`;
  return html`<h1><a href=${addressOf(profile)} dir="auto">${profile.name}</a></h1>
    <h2>${t(which === "following" ? "following-count" : "followers-count", { number: list.items?.length ?? 0 })}</h2>
    <${Listed} list=${list} empty=${t("nobody")} item=${(person) => html`<a class="moments-person" href=${addressOf(person)}><${Face} person=${person} /> <span dir="auto">${person.name}</span></a>`} />`;
}

/** Whom the reader cannot see is answered as nobody: it is said kindly. */
function Nobody({ error, again }) {
  return error.status === 404 ? html`<p>${t("person-gone")}</p>` : html`<${Trouble} error=${error} again=${again} />`;
}
