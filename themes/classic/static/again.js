// Proving anew who one is, without leaving what one is at: after the session ended elsewhere, and
// before what changes how one gets in.

import { auth, whenUnproved } from "./api.js";
import { useApp } from "./context.js";
import { Act, CodeField, Field, Form, Whose } from "./forms.js";
import { canUsePasskeys, usePasskey } from "./passkeys.js";
import { SignInSteps } from "./sign-in.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { t } from "./words.js";

/** The dialog in which a person proves who they are. It is there once, in every page. */
export function Again() {
  const { me } = useApp();
  const [asked, setAsked] = useState(null);
  const dialog = useRef();
  useEffect(() => whenUnproved((why, flows) => new Promise((done) => setAsked({ why, flows, done }))), []);
  useEffect(() => {
    if (asked) dialog.current?.showModal();
  }, [asked]);
  if (!asked) return null;
  const close = (proved) => {
    setAsked(null);
    asked.done(proved);
  };
  const arrived = (person) => {
    // Somebody else: nothing of who was here may be sent in their name.
    if (me && person.id !== me.id) location.reload();
    else close(true);
  };
  return html`<dialog class="again" ref=${dialog} onCancel=${() => close(false)} aria-labelledby="again-title">
    <h2 id="again-title">${t(asked.why === "confirm" ? "confirm-it-is-you" : "signed-out-elsewhere")}</h2>
    ${asked.why === "confirm" ? html`<${Confirm} flows=${asked.flows} done=${() => close(true)} />` : html`<p>${t("answer-is-kept")}</p><${SignInSteps} arrived=${arrived} />`}
    <p><button type="button" class="plain" onClick=${() => close(false)}>${t("cancel")}</button></p>
  </dialog>`;
}

function Confirm({ flows, done }) {
  const { me } = useApp();
  // Where it is not said what they have, a person knows it.
  const has = (...kinds) => !flows.length || flows.some(({ id, types }) => id === "mfa_reauthenticate" && types.some((type) => kinds.includes(type)));
  const byPassword = !flows.length || flows.some(({ id }) => id === "reauthenticate");
  const byPasskey = canUsePasskeys() && has("webauthn");
  const password = (form) => auth("POST", "/auth/reauthenticate", { password: form.get("password") }, false);
  const code = (form) => auth("POST", "/auth/2fa/reauthenticate", { code: form.get("code").trim() }, false);
  return html`${byPassword && html`<${Form} send=${password} done=${done} button=${t("go-on")}>
      <${Whose} address=${me.email} /><${Field} name="password" label=${t("password")} type="password" autocomplete="current-password" required />
    <//>`}
    ${byPasskey && html`<p><${Act} act=${async () => done(await usePasskey("/auth/webauthn/reauthenticate"))}>${t("with-passkey")}<//></p>`}
    ${has("totp", "recovery_codes") && html`<details open=${!byPassword && !byPasskey}><summary>${t("second-factor")}</summary><${Form} send=${code} done=${done} button=${t("go-on")}>
      <${CodeField} name="code" autocapitalize="none" />
    <//></details>`}`;
}
