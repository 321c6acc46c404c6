// Comments on a moment, and replies to them, one level deep.

import { Listed, useList } from "./asking.js";
import { Act, Face, Mark, Sheet, Trouble, When, addressOf, app, html, t, useRef, useState } from "./drawing.js";
import { Reporting } from "./reporting.js";

const LONGEST = 500;

/** What was said to a moment, and saying something oneself; `counted` is called with what it changes of their number. */
export function Comments({ moment, standing, counted }) {
  const list = useList(`/moments/${moment.id}/comments`);
  const said = (made) => {
    list.append(made);
    counted(1);
  };
  return html`<section><h2>${t("comments", { number: moment.comments })}</h2>
    <${Listed} list=${list} empty=${t("no-comments")} item=${(comment) => html`<${Comment}
      comment=${comment} moment=${moment} standing=${standing} changed=${list.change} counted=${counted}
      gone=${() => (list.drop(comment.id), counted(-1 - comment.replies))} />`} />
    ${moment.state === "shown" && html`<${Saying} moment=${moment} standing=${standing} label=${t("say-something")} done=${said} />`}
  </section>`;
}

/** Writing a comment, a reply, or a comment anew. */
function Saying({ moment, standing, label, parent, mentions = [], comment, done, cancel }) {
  const [error, setError] = useState(null);
  const sent = useRef(crypto.randomUUID());
  if (!standing) return null;
  if (standing.comment) return html`<p class="callout note">${t(`error-${standing.comment}`)}</p>`;
  const send = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = new FormData(form).get("text").trim();
    setError(null);
    try {
      const made = comment
        ? await app.api.patch(`/moments/comments/${comment.id}`, { text })
        : await app.api.post(`/moments/${moment.id}/comments`, { text, mentions, client_id: sent.current, ...(parent && { parent }) });
      sent.current = crypto.randomUUID();
      form.reset();
      done(made);
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<form class="moments-saying" onSubmit=${send}>
    <label>${label}<textarea name="text" rows="2" maxlength=${LONGEST} required dir="auto" defaultValue=${comment?.text ?? ""}></textarea></label>
    <${Trouble} error=${error} />
    <div class="acts"><button>${t(comment ? "save" : "send")}</button>
      ${cancel && html`<button type="button" class="plain" onClick=${cancel}>${t("cancel")}</button>`}</div>
  </form>`;
}

function Comment({ comment, moment, standing, changed, gone, counted, reply }) {
  const [doing, setDoing] = useState("");
  const [error, setError] = useState(null);
  const close = () => setDoing("");
  const { id, is_liked: liked, author } = comment;
  const mine = author.id === app.me.id;
  const like = async () => {
    await app.api[liked ? "remove" : "put"](`/moments/comments/${id}/like`);
    changed({ ...comment, is_liked: !liked, likes: comment.likes + (liked ? -1 : 1) });
  };
  const saved = (now) => {
    changed(now);
    close();
  };
  return html`<article class="moments-comment">
    <header class="moments-head">
      <b><a href=${addressOf(author)}><${Face} person=${author} /> <span dir="auto">${author.name}</span></a></b>
      <small class="moments-when">${comment.edited_at && html`${t("edited")} · `}<${When} at=${comment.created_at} /></small></header>
    ${comment.state !== "shown" && html`<p class="callout note">${t(comment.state)}</p>`}
    ${doing === "edit" ? html`<${Saying} comment=${comment} standing=${standing} label=${t("edit")} done=${saved} cancel=${close} />` : html`<p class="moments-text" dir="auto">${comment.text}</p>`}
    <div class="moments-acts">
      ${comment.state === "shown" && html`<${Act} class="plain" act=${like} fail=${setError} aria-pressed=${liked} aria-label=${t("like")}>
        <${Mark} name="like" /> <span>${comment.likes}</span><//>`}
      ${reply && html`<button class="plain" onClick=${() => reply(author)}>${t("reply")}</button>`}
      <details class="moments-more"><summary aria-label=${t("more-acts")}>⋯</summary><div>
        ${mine && html`<button class="plain" onClick=${() => setDoing("edit")}>${t("edit")}</button>`}
        ${(mine || moment.author.id === app.me.id) && html`<button class="plain" onClick=${() => setDoing("delete")}>${t("delete")}</button>`}
        ${!mine && html`<button class="plain" onClick=${() => setDoing("report")}>${t("report")}</button>`}
      </div></details>
    </div>
    <${Trouble} error=${error} />
    ${!reply && comment.state === "shown" && html`<${Replies} comment=${comment} moment=${moment} standing=${standing} changed=${changed} counted=${counted} />`}
    ${doing === "report" && html`<${Reporting} type="moments.comment" thing=${comment} close=${close} gone=${gone} />`}
    ${doing === "delete" && html`<${Deleting} comment=${comment} close=${close} gone=${gone} />`}
  </article>`;
}

function Deleting({ comment, close, gone }) {
  const [error, setError] = useState(null);
  const remove = async () => {
    await app.api.remove(`/moments/comments/${comment.id}`);
    close();
    gone();
  };
  return html`<${Sheet} title=${t("delete-sure")} close=${close}><${Trouble} error=${error} />
    <div class="acts"><${Act} act=${remove} fail=${setError}>${t("delete")}<//></div><//>`;
}

/** The replies to a comment, once they are asked for, and replying. */
function Replies({ comment, moment, standing, changed, counted }) {
  const [open, setOpen] = useState(false);
  // Whom one replies to: the comment's author, or that of another reply, who is called then.
  const [to, setTo] = useState(null);
  const answer = (author) => {
    setOpen(true);
    setTo(author);
  };
  return html`<div class="moments-replies">
    <div class="moments-acts">
      ${comment.replies > 0 && html`<button class="plain" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t("replies", { number: comment.replies })}</button>`}
      ${!standing?.comment && html`<button class="plain" onClick=${() => answer(comment.author)}>${t("reply")}</button>`}
    </div>
    ${open && html`<${OpenReplies} comment=${comment} moment=${moment} standing=${standing} changed=${changed} counted=${counted} to=${to} answer=${answer} />`}
  </div>`;
}

function OpenReplies({ comment, moment, standing, changed, counted, to, answer }) {
  const list = useList(`/moments/comments/${comment.id}/replies`);
  const count = (by) => {
    changed({ ...comment, replies: comment.replies + by });
    counted(by);
  };
  const said = (made) => {
    list.append(made);
    count(1);
    answer(null);
  };
  const called = to && to.id !== comment.author.id && to.id !== app.me.id ? [to.id] : [];
  return html`<${Listed} list=${list} empty="" item=${(reply) => html`<${Comment}
      comment=${reply} moment=${moment} standing=${standing} changed=${list.change} reply=${answer}
      gone=${() => (list.drop(reply.id), count(-1))} />`} />
    ${to && html`<${Saying} key=${to.id} moment=${moment} standing=${standing} parent=${comment.id} mentions=${called}
      label=${t("reply-to", { name: to.name })} done=${said} cancel=${() => answer(null)} />`}`;
}
