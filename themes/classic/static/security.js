// How one gets in: password, second factor, passkeys, other services, and where one is signed in.

import { Address } from "./address.js";
import { asked, auth } from "./api.js";
import { useApp } from "./context.js";
import { Act, CodeField, Field, Form, NewPasswordField, Whose } from "./forms.js";
import { addPasskey, canUsePasskeys } from "./passkeys.js";
import { Trouble } from "./problems.js";
import { ProviderFault, Providers } from "./providers.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { count, t } from "./words.js";

/** All that has to do with getting in. What changes it asks for the password again. */
export function Security() {
  const { me } = useApp();
  return html`<section><h2>${t("security")}</h2><${ProviderFault} />
    <details><summary>${t("change-password")}</summary><${Password} /></details>
    <${Address} />
    ${me.email_verified && html`<details><summary>${t("second-factor")}</summary><${Factors} /></details>`}
    <details><summary>${t("sessions")}</summary><${Sessions} /></details>
    <${Providers} process="connect" back="/me" /></section>`;
}

function Password() {
  const { me } = useApp();
  const send = (form) => auth("POST", "/account/password/change", Object.fromEntries(form));
  // A new password ends every session, this one too.
  const done = () => location.assign("/sign-in?next=/me");
  return html`<p>${t("change-password-about")}</p>
    <${Form} send=${send} done=${done} button=${t("change-password")}>
      <${Whose} address=${me.email} />
      <${Field} name="current_password" label=${t("current-password")} type="password" autocomplete="current-password" />
      <${NewPasswordField} name="new_password" />
    <//>`;
}

function Factors() {
  const [factors, setFactors] = useState(null);
  const [error, setError] = useState(null);
  const taken = ({ data }) => {
    setError(null);
    setFactors(Object.values(data));
  };
  const read = () => auth("GET", "/account/authenticators").then(taken, setError);
  useEffect(() => void read(), []);
  if (error) return html`<${Trouble} error=${error} again=${read} />`;
  if (!factors) return html`<p aria-busy="true"></p>`;
  const app = factors.find(({ type }) => type === "totp");
  const codes = factors.find(({ type }) => type === "recovery_codes");
  const passkeys = factors.filter(({ type }) => type === "webauthn");
  return html`<p>${t("second-factor-why")}</p>
    <h3>${t("authenticator-app")}</h3>
    ${app ? html`<p>${t("app-in-use")}</p><${Act} act=${() => asked("DELETE", "/account/authenticators/totp").then(read)}>${t("remove")}<//>` : html`<${AddApp} done=${read} />`}
    ${codes && html`<${RecoveryCodes} left=${codes.unused_code_count} fresh=${codes.unused_code_count === codes.total_code_count} />`}
    ${canUsePasskeys() && html`<${Passkeys} passkeys=${passkeys} changed=${read} />`}`;
}

function AddApp({ done }) {
  const [told, setTold] = useState(null);
  if (!told) {
    const begin = async () => setTold((await asked("GET", "/account/authenticators/totp")).meta);
    return html`<p>${t("app-about")}</p><${Act} act=${begin}>${t("set-up")}<//>`;
  }
  const send = (form) => auth("POST", "/account/authenticators/totp", { code: form.get("code").trim() });
  return html`<ol><li>${t("app-scan")} ${told.totp_svg && html`<${Drawing} svg=${told.totp_svg} />`}
      <p><a href=${told.totp_url}>${t("app-open")}</a></p><p>${t("app-secret")} <bdi><code>${told.secret}</code></bdi></p></li>
    <li><${Form} send=${send} done=${done} button=${t("go-on")}><${CodeField} name="code" inputmode="numeric" /><//></li></ol>`;
}

/** A drawing as a picture: nothing within it can do anything. */
function Drawing({ svg }) {
  const [src, setSrc] = useState("");
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setSrc(address);
    return () => URL.revokeObjectURL(address);
  }, [svg]);
  return src && html`<img class="qr" src=${src} alt=${t("qr-code")} width="200" height="200" />`;
}

/** Ten codes for the day on which the phone is gone. They are told once. */
function RecoveryCodes({ left, fresh }) {
  const { language } = useApp();
  const [codes, setCodes] = useState([]);
  const show = async (method) => setCodes((await asked(method, "/account/authenticators/recovery-codes")).data.unused_codes ?? []);
  return html`<h3>${t("recovery-codes")}</h3><p>${t("recovery-about")} ${count("codes-left", left, language)}</p>
    ${codes.length > 0 && html`<p role="status">${t("recovery-keep")}</p><ul class="codes" dir="ltr">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>`}
    ${fresh && !codes.length && html`<${Act} act=${() => show("GET")}>${t("recovery-show")}<//>`} <${Act} act=${() => show("POST")}>${t("recovery-anew")}<//>`;
}

function Passkeys({ passkeys, changed }) {
  const add = async (form) => {
    await addPasskey(form.get("name"));
    await changed();
  };
  return html`<h3>${t("passkeys")}</h3><p>${t("passkeys-about")}</p>
    <ul class="plain-list">${passkeys.map(({ id, name }) => html`<li key=${id}><bdi>${name}</bdi>
      <${Act} act=${() => asked("DELETE", "/account/authenticators/webauthn", { authenticators: [id] }).then(changed)}>${t("remove")}<//></li>`)}</ul>
    <${Form} send=${add} button=${t("add-passkey")} plain>
      <${Field} name="name" label=${t("passkey-name")} maxlength="100" required />
    <//>`;
}

function Sessions() {
  const { language } = useApp();
  const [sessions, setSessions] = useState([]);
  const [error, setError] = useState(null);
  const taken = ({ data }) => {
    setError(null);
    setSessions(Object.values(data));
  };
  const read = () => auth("GET", "/auth/sessions").then(taken, setError);
  useEffect(() => void read(), []);
  const at = (seconds) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(seconds * 1000);
  const end = (id) => asked("DELETE", "/auth/sessions", { sessions: [id] }).then(read);
  return html`${error && html`<${Trouble} error=${error} again=${read} />`}
    <ul class="plain-list">${sessions.map((session) => html`<li key=${session.id}>
      <span><bdi>${deviceOf(session.user_agent)}</bdi><br /><small>${at(session.last_seen_at ?? session.created_at)} · <bdi>${session.ip}</bdi></small></span>
      ${session.is_current ? html`<span class="level">${t("this-device")}</span>` : html`<${Act} act=${() => end(session.id)}>${t("sign-out")}<//>`}</li>`)}</ul>`;
}

/** A browser and a system, out of what a browser says of itself. */
function deviceOf(agent) {
  const browser = ["Edg", "OPR", "Firefox", "Chrome", "Safari"].find((name) => agent.includes(name)) ?? "";
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((name) => agent.includes(name)) ?? "";
  return [browser === "Edg" ? "Edge" : browser === "OPR" ? "Opera" : browser, system].filter(Boolean).join(", ") || agent.slice(0, 40) || t("an-app");
}
