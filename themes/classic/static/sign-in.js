// Signing in, step by step as allauth asks for it; in a page of its own or in a dialog.

import { Refused, auth, get } from "./api.js";
import { Act, CodeField, Field, Form } from "./forms.js";
import { canUsePasskeys, usePasskey } from "./passkeys.js";
import { Providers, hasReturned } from "./providers.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { t } from "./words.js";

// What is still asked for, by the flow that allauth says is pending.
const STEPS = { verify_email: VerifyEmail, mfa_authenticate: SecondFactor };

/** Signing in with all that comes after it; `arrived` is given the person. */
export function SignInSteps({ arrived }) {
  const [Step, setStep] = useState(() => PasswordStep);
  const next = useNext(arrived, (view) => setStep(() => view));
  useEffect(() => void (hasReturned() && goOn(next)), []);
  return html`<${Step} next=${next} />`;
}

/** Go on with who comes from another service: they are in, or a step is still asked for. */
async function goOn(next) {
  const answer = await auth("GET", "/auth/session").catch(() => null);
  const isOnTheWay = answer?.data.flows?.some((flow) => flow.is_pending && STEPS[flow.id]);
  if (answer?.status === 200 || isOnTheWay) await next(answer);
}

/** Where one wished to go when one had to sign in. */
export function placeWanted() {
  const wanted = new URLSearchParams(location.search).get("next") || "/";
  // Nowhere but within this front end: the address may be anybody's writing.
  const to = new URL(wanted, location);
  return to.origin === location.origin ? to.pathname + to.search : "/";
}

/** Return what goes on after an answer of allauth: to another step, or to being there. */
export function useNext(arrived, show) {
  return async (answer) => {
    const pending = answer.data.flows?.find((flow) => flow.is_pending && STEPS[flow.id]);
    if (pending) show(STEPS[pending.id]);
    else arrived(await get("/me"));
  };
}

function PasswordStep({ next }) {
  const send = async (form) => {
    const who = form.get("who").trim();
    const name = who.includes("@") ? "email" : "username";
    try {
      return await auth("POST", "/auth/login", { [name]: who, password: form.get("password") });
    } catch (error) {
      // In another tab one signed in meanwhile.
      if (error instanceof Refused && error.status === 409) return { data: {} };
      throw error;
    }
  };
  const fields = { email: "who", username: "who" };
  return html`<${Form} send=${send} done=${next} button=${t("sign-in")} fields=${fields}>
      <${Field} name="who" label=${t("email-or-name")} about=${t("name-of-a-child")} autocomplete="username" autocapitalize="none" spellcheck=${false} required />
      <${Field} name="password" label=${t("password")} type="password" autocomplete="current-password" required />
    <//>
    ${canUsePasskeys() && html`<p><${Act} act=${async () => next(await usePasskey("/auth/webauthn/login"))}>${t("with-passkey")}<//></p>`}
    <${Providers} />`;
}

/** The code that a mail brought, to prove an address. */
export function VerifyEmail({ next }) {
  const [resent, setResent] = useState(false);
  const send = (form) => auth("POST", "/auth/email/verify", { key: form.get("key").trim() });
  const resend = async () => {
    await auth("POST", "/auth/email/verify/resend");
    setResent(true);
  };
  return html`<h2>${t("check-mail")}</h2><p>${t("code-sent")}</p>
    <${Form} send=${send} done=${next} button=${t("go-on")}><${CodeField} /><//>
    <p>${resent ? html`<span role="status">${t("sent")}</span>` : html`<${Act} act=${resend}>${t("send-again")}<//>`}</p>`;
}

function SecondFactor({ next }) {
  const send = (form) => auth("POST", "/auth/2fa/authenticate", { code: form.get("code").trim() });
  return html`<h2>${t("second-factor")}</h2><p>${t("second-factor-about")}</p>
    <${Form} send=${send} done=${next} button=${t("go-on")}><${CodeField} name="code" autocapitalize="none" /><//>
    ${canUsePasskeys() && html`<p><${Act} act=${async () => next(await usePasskey("/auth/webauthn/authenticate"))}>${t("with-passkey")}<//></p>`}`;
}
