// Writing a moment, changing one, and passing one on.

import { useStanding } from "./asking.js";
import { Sheet, Trouble, app, html, t, take, useEffect, useRef, useState } from "./drawing.js";
import { Files, useFiles } from "./files.js";

export function use(given) {
  take(given);
  return { AboutLesson };
}

const LONGEST = 2000;

/** A form for a moment: a new one, or `moment` to be changed. `done` is called with what the API made of it. */
export function Composer({ moment, standing, tags = "", done, cancel }) {
  const files = useFiles();
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const sent = useRef(crypto.randomUUID());
  const first = useRef();
  useEffect(() => first.current.focus(), []);

  const send = async (event) => {
    event.preventDefault();
    if (busy || files.busy) return;
    const form = new FormData(event.currentTarget);
    const told = { text: form.get("text").trim(), visibility: form.get("visibility"), tags: tagsIn(form.get("tags")) };
    setBusy(true);
    setError(null);
    try {
      done(moment ? await app.api.patch(`/moments/${moment.id}`, told) : await post(told, form));
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const post = (told, form) => {
    const kind = form.has("milestone") ? { kind: "milestone" } : {};
    return app.api.post("/moments", { ...told, ...kind, media: files.kept.map((file) => file.id), client_id: sent.current });
  };

  return html`<form class="moments-composer raised" onSubmit=${send}>
    <label>${t(moment ? "edit" : "what-to-tell")}
      <textarea name="text" rows="4" maxlength=${LONGEST} dir="auto" defaultValue=${moment?.text ?? ""} ref=${first}></textarea></label>
    ${!moment && standing.media !== "none" && html`<${Files} files=${files} films=${standing.media === "all"} />`}
    <div class="moments-choices">
      <label>${t("visibility")}<${Visibility} chosen=${moment?.visibility} /></label>
      <label>${t("tags")}<input name="tags" defaultValue=${moment ? moment.tags.join(" ") : tags} placeholder=${t("tags-like")} dir="auto" autocapitalize="none" /></label>
    </div>
    ${!moment && html`<label class="choice"><input type="checkbox" name="milestone" />${t("is-milestone")}</label>`}
    <${Trouble} error=${error} />
    <div class="acts"><button aria-disabled=${busy || files.busy}>${t(moment ? "save" : "post")}</button>
      <button type="button" class="plain" onClick=${cancel}>${t("cancel")}</button></div>
  </form>`;
}

function Visibility({ chosen = "public" }) {
  return html`<select name="visibility">${["public", "followers", "private"].map(
    (name) => html`<option value=${name} selected=${name === chosen}>${t(`visibility-${name}`)}</option>`,
  )}</select>`;
}

/** The tags in a line: words with or without #, between spaces or commas. */
function tagsIn(line) {
  return [...new Set(line.split(/[\s,،]+/).map((tag) => tag.replace(/^#/, "")).filter(Boolean))];
}

/** Passing a moment on, with a word of one's own if one likes. */
export function Sharing({ moment, close, done }) {
  const [error, setError] = useState(null);
  const sent = useRef(crypto.randomUUID());
  const share = async (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setError(null);
    try {
      const told = { text: form.get("text").trim(), visibility: form.get("visibility"), client_id: sent.current };
      done(await app.api.post(`/moments/${moment.id}/shares`, told));
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<${Sheet} title=${t("share")} close=${close}><form onSubmit=${share}>
    <label>${t("share-word")}<textarea name="text" rows="3" maxlength=${LONGEST} dir="auto"></textarea></label>
    <label>${t("visibility")}<${Visibility} /></label>
    <${Trouble} error=${error} />
    <div class="acts"><button>${t("share")}</button></div>
  </form><//>`;
}

/** Below a lesson: telling others of it. */
function AboutLesson({ lesson }) {
  const { value: standing, error, again } = useStanding();
  const [posted, setPosted] = useState(null);
  const [left, setLeft] = useState(false);
  if (error) return html`<${Trouble} error=${error} again=${again} />`;
  if (!standing) return html`<p aria-busy="true"></p>`;
  if (standing.post) return html`<p class="callout note">${t(`error-${standing.post}`)}</p>`;
  if (posted) return html`<p class="callout tip" role="status">${t("posted")} <a href=${`/moments/${posted.id}`}>${t("see-it")}</a></p>`;
  if (left) return null;
  return html`<h2>${t("tell-others")}</h2>
    <${Composer} standing=${standing} tags=${tagOf(lesson)} done=${setPosted} cancel=${() => setLeft(true)} />`;
}

const tagOf = (lesson) => (lesson.slug ? `#${lesson.slug.slice(0, 40)}` : "");
