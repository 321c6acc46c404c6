// One moment: who tells it, what it tells, and what one can do with it.

import { lessons } from "./asking.js";
import { Composer, Sharing } from "./composer.js";
import { Act, Face, Mark, Sheet, Trouble, When, addressOf, app, html, t, useEffect, useState } from "./drawing.js";
import { Reporting } from "./reporting.js";

/** A moment, with all that its reader may do. `standing` is what `GET /moments/me` told. */
export function Moment({ moment, standing, changed, gone, added, level = 2 }) {
  const [doing, setDoing] = useState("");
  const [error, setError] = useState(null);
  const close = () => setDoing("");
  if (doing === "edit") {
    return html`<${Composer} moment=${moment} standing=${standing} cancel=${close} done=${(now) => (close(), changed(now))} />`;
  }
  return html`<article class="moment raised">
    <${Head} moment=${moment} level=${level} />
    <${Told} moment=${moment} />
    ${moment.is_share && html`<${Shared} moment=${moment.shared} />`}
    <${Acts} moment=${moment} changed=${changed} fail=${setError} choose=${setDoing} standing=${standing} />
    <${Trouble} error=${error} />
    ${doing === "share" && html`<${Sharing} moment=${moment} close=${close} done=${(made) => (close(), changed({ ...moment, shares: moment.shares + 1 }), added?.(made))} />`}
    ${doing === "delete" && html`<${Deleting} moment=${moment} close=${close} done=${gone} />`}
    ${doing === "report" && html`<${Reporting} type="moments.moment" thing=${moment} close=${close} gone=${gone} />`}
  </article>`;
}

function Head({ moment, level }) {
  const { author } = moment;
  return html`<header class="moments-head">
    <${`h${level}`}><a href=${addressOf(author)}><${Face} person=${author} /> <span dir="auto">${author.name}</span></a><//>
    <a class="moments-when" href=${`/moments/${moment.id}`}><${When} at=${moment.created_at} /></a>
  </header>
  ${marks(moment).length > 0 && html`<p class="facts">${marks(moment).map((mark) => html`<span class="level">${mark}</span>`)}</p>`}
  ${moment.state === "held" && html`<p class="callout note">${t("held")}</p>`}
  ${moment.state === "hidden" && html`<p class="callout note">${t("hidden")}</p>`}`;
}

/** What is to be known of a moment beside what it tells. */
function marks({ visibility, edited_at: edited, featured }) {
  return [visibility !== "public" && t(`visibility-${visibility}`), edited && t("edited"), featured && `★ ${t("is-featured")}`].filter(Boolean);
}

/** What a moment says: of a thing done, in words and pictures. */
function Told({ moment }) {
  return html`
    ${["achievement", "lesson_completed", "milestone"].includes(moment.kind) && html`<p class="moments-deed">${t(`kind-${moment.kind}`)} <${About} subject=${moment.subject} /></p>`}
    ${moment.text && html`<p class="moments-text" dir="auto">${moment.text}</p>`}
    ${moment.media.length > 0 && html`<div class="moments-media">${moment.media.map((media) => html`<${Media} key=${media.id} media=${media} author=${moment.author} />`)}</div>`}
    ${moment.mentions.length > 0 && html`<p><small>${t("with")} ${moment.mentions.map((person) => html`<a href=${addressOf(person)} dir="auto">${person.name}</a> `)}</small></p>`}
    ${moment.tags.length > 0 && html`<p class="facts">${moment.tags.map((tag) => html`<a class="moments-tag" href=${`/moments/tags/${encodeURIComponent(tag)}`} dir="auto">#${tag}</a>`)}</p>`}`;
}

function About({ subject }) {
  const [lesson, setLesson] = useState(null);
  useEffect(() => {
    if (subject.lesson) lessons().then((found) => setLesson(found.get(subject.lesson)));
  }, [subject.lesson]);
  if (subject.name) return html`<b dir="auto">${subject.name}</b>`;
  return lesson ? html`<a href=${lesson.address} dir="auto">${lesson.title}</a>` : null;
}

function Media({ media, author }) {
  if (media.kind === "video") return html`<video controls preload="metadata" src=${media.src} aria-label=${t("video-of", { name: author.name })} />`;
  return html`<img src=${media.src} width=${media.width || undefined} height=${media.height || undefined} loading="lazy" alt=${t("picture-of", { name: author.name })} />`;
}

function Shared({ moment }) {
  if (!moment) return html`<p class="callout note">${t("shared-gone")}</p>`;
  return html`<blockquote class="moments-shared">
    <p><a href=${`/moments/${moment.id}`} dir="auto">${moment.author.name}</a></p><${Told} moment=${moment} />
  </blockquote>`;
}

function Acts({ moment, changed, fail, choose, standing }) {
  const { id, is_liked: liked } = moment;
  const mine = moment.author.id === app.me.id;
  const like = async () => {
    await app.api[liked ? "remove" : "put"](`/moments/${id}/like`);
    changed({ ...moment, is_liked: !liked, likes: moment.likes + (liked ? -1 : 1) });
  };
  const feature = async () => {
    await app.api[moment.featured ? "remove" : "put"](`/moments/${id}/featured`);
    changed({ ...moment, featured: !moment.featured });
  };
  const shown = moment.state === "shown";
  return html`<div class="moments-acts">
    ${shown && html`<${Act} act=${like} fail=${fail} class="plain" aria-pressed=${liked} aria-label=${t("like")}>
      <${Mark} name="like" /> <span>${moment.likes}</span><//>`}
    <a class="button plain" href=${`/moments/${id}`}><${Mark} name="comment" /> <span aria-hidden="true">${moment.comments}</span><span class="unseen">${t("comments", { number: moment.comments })}</span></a>
    ${shown && moment.visibility === "public" && !standing?.post && html`<button class="plain" onClick=${() => choose("share")}>${t("share")} ${moment.shares > 0 ? moment.shares : ""}</button>`}
    <details class="moments-more"><summary aria-label=${t("more-acts")}>⋯</summary><div>
      ${mine && html`<button class="plain" onClick=${() => choose("edit")}>${t("edit")}</button>
        <button class="plain" onClick=${() => choose("delete")}>${t("delete")}</button>`}
      ${!mine && html`<button class="plain" onClick=${() => choose("report")}>${t("report")}</button>`}
      ${standing?.may_feature && shown && html`<${Act} class="plain" act=${feature} fail=${fail}>${t(moment.featured ? "unfeature" : "feature")}<//>`}
    </div></details>
  </div>`;
}

function Deleting({ moment, close, done }) {
  const [error, setError] = useState(null);
  const remove = async () => {
    await app.api.remove(`/moments/${moment.id}`);
    close();
    done();
  };
  return html`<${Sheet} title=${t("delete-sure")} close=${close}>
    <${Trouble} error=${error} />
    <div class="acts"><${Act} act=${remove} fail=${setError}>${t("delete")}<//></div>
  <//>`;
}
