// The public face of a person, and keeping one's distance from them.

import { Refused, post, put, remove } from "./api.js";
import { Trouble, useAnswer, useApp } from "./app.js";
import { Slot } from "./places.js";
import { html, useState } from "./vendor/preact.js";
import { t } from "./words.js";

const REASONS = ["harassment", "inappropriate", "spam", "fake", "other"];

/** A person as others of their school see them, with what plugins tell of them. */
export function Person({ match: [, id] }) {
  const { me } = useApp();
  const { value: person, error, again } = useAnswer(`/people/${id}`);
  if (error?.status === 404) return html`<h1>${t("person")}</h1><p>${t("person-hidden")}</p>`;
  if (error) return html`<h1>${t("person")}</h1><${Trouble} error=${error} again=${again} />`;
  if (!person) return html`<p aria-busy="true"></p>`;
  return html`<header class="face">
      ${person.avatar && html`<img src=${person.avatar} alt=${t("picture-of", { name: person.name })} width="96" height="96" />`}
      <h1 dir="auto">${person.name}</h1>
    </header>
    ${person.id === me?.id && html`<p class="callout note">${t("person-you")} <a href="/me">${t("profile")}</a></p>`}
    ${[person.public_bio, person.bio].filter(Boolean).map((said) => html`<p class="prose" dir="auto">${said}</p>`)}
    <${Slot} name="person.profile" about=${{ person }} />
    ${me && person.id !== me.id && html`<${Distance} key=${person.id} person=${person} />`}`;
}

function Distance({ person }) {
  const { name } = person;
  const [muted, setMuted] = useState(person.muted);
  const [blocked, setBlocked] = useState(false);
  const [reporting, setReporting] = useState(false);
  const [error, setError] = useState(null);
  const toggle = async (what, on, set) => {
    setError(null);
    try {
      await (on ? put : remove)(`/people/${person.id}/${what}`);
      set(on);
    } catch (refused) {
      setError(refused);
    }
  };
  return html`<section class="distance">
    ${blocked && html`<p role="status">${t("blocked", { name })}</p>`}
    <div class="acts">
      <button class="plain" onClick=${() => toggle("mute", !muted, setMuted)}>${t(muted ? "unmute" : "mute")}</button>
      <button class="plain" onClick=${() => toggle("block", !blocked, setBlocked)}>${t(blocked ? "unblock" : "block")}</button>
      <button class="plain" aria-expanded=${reporting} onClick=${() => setReporting(!reporting)}>${t("report")}</button>
    </div>
    ${error && html`<${Trouble} error=${error} />`}
    ${reporting && html`<${Report} type="person" id=${person.id} name=${name} />`}
  </section>`;
}

/** Telling the school's team of a person. */
function Report({ type, id, name }) {
  const [sent, setSent] = useState(false);
  const [error, setError] = useState(null);
  const send = async (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setError(null);
    try {
      await post("/reports", { type, id, kind: form.get("kind"), text: form.get("text") });
      setSent(true);
    } catch (refused) {
      setError(refused instanceof Refused ? refused : new Refused(0, {}));
    }
  };
  if (sent) return html`<p role="status" class="callout tip">${t("report-thanks")}</p>`;
  return html`<form class="raised" onSubmit=${send}>
    <fieldset><legend>${t("report-about", { name })}</legend>
      ${REASONS.map((kind) => html`<label class="choice"><input type="radio" name="kind" value=${kind} required />${t(`report-${kind}`)}</label>`)}
    </fieldset>
    <label>${t("report-more")}<textarea name="text" rows="3" maxlength="1000"></textarea></label>
    ${error && html`<${Trouble} error=${error} />`}
    <div class="acts"><button>${t("send")}</button></div>
  </form>`;
}
