// Signing in and up, and a new password: pages of their own.

import { auth } from "./api.js";
import { useApp } from "./context.js";
import { CodeField, Field, Form, NewPasswordField } from "./forms.js";
import { ProviderFault, Providers } from "./providers.js";
import { claimShelf, comings } from "./keeping.js";
import { SignInSteps, placeWanted, useNext } from "./sign-in.js";
import { html, useState } from "./vendor/preact.js";
import { t } from "./words.js";

/** A card in the middle, for who comes in. */
const Door = ({ children }) => html`<div class="door raised">${children}</div>`;

/** Signing in; with what comes after it. */
export function SignIn() {
  return html`<${Door}><h1>${t("sign-in")}</h1><${ProviderFault} />
    <${SignInSteps} arrived=${useArrival()} />
    <p><a href="/new-password">${t("forgotten")}</a></p>
    <p>${t("no-account")} <a href=${`/sign-up${location.search}`}>${t("sign-up")}</a></p><//>`;
}

/** Signing up, with the code that the mail brings. */
export function SignUp() {
  const { school } = useApp();
  const [Step, setStep] = useState(() => SignUpForm);
  const next = useNext(useArrival(), (view) => setStep(() => view));
  return html`<${Door}><h1>${t("sign-up")}</h1>
    ${Step === SignUpForm && school.signup_policy !== "open" && html`<p class="callout note">${t(`policy-${school.signup_policy}`, { school: school.name })}</p>`}
    <${Step} next=${next} /><//>`;
}

function SignUpForm({ next }) {
  const send = (form) => auth("POST", "/auth/signup", Object.fromEntries(form));
  return html`<${Form} send=${send} done=${next} button=${t("sign-up")}>
      <${Field} name="first_name" label=${t("first-name")} autocomplete="given-name" maxlength="100" required />
      <${Field} name="email" label=${t("email")} type="email" autocomplete="email" dir="ltr" required />
      <${NewPasswordField} label=${t("password")} />
    <//>
    <${Providers} />
    <p>${t("have-account")} <a href=${`/sign-in${location.search}`}>${t("sign-in")}</a></p>`;
}

/** A new password, by a code that is mailed. */
export function NewPassword() {
  const [sent, setSent] = useState(false);
  const [done, setDone] = useState(false);
  const arrived = useArrival();
  const ask = (form) => auth("POST", "/auth/password/request", { email: form.get("email").trim() });
  const reset = (form) => auth("POST", "/auth/password/reset", { key: form.get("key").trim(), password: form.get("password") });
  if (done) return html`<${Door}><h1>${t("sign-in")}</h1><p role="status">${t("password-changed")}</p><${SignInSteps} arrived=${arrived} /><//>`;
  if (!sent) {
    return html`<${Door}><h1>${t("forgotten")}</h1><p>${t("forgotten-about")}</p>
      <${Form} key="ask" send=${ask} done=${() => setSent(true)} button=${t("send-code")}>
        <${Field} name="email" label=${t("email")} type="email" autocomplete="email" dir="ltr" required />
      <//><p class="soft">${t("forgotten-child")}</p><//>`;
  }
  return html`<${Door}><h1>${t("check-mail")}</h1><p>${t("code-sent")}</p>
    <${Form} key="reset" send=${reset} done=${() => setDone(true)} button=${t("go-on")}>
      <${CodeField} /><${NewPasswordField} />
    <//><p><button type="button" class="plain" onClick=${() => setSent(false)}>${t("send-again")}</button></p><//>`;
}

/** Where one goes who has just signed in: to where they wished, or first into the school. */
function useArrival() {
  const { school } = useApp();
  return async (me) => {
    await claimShelf(me.id);
    comings.postMessage(me.id);
    const belongs = me.memberships.some((place) => place.school === school.id && place.status === "active");
    const to = placeWanted();
    // A new page: whoever signs in may have another language. Who is no member yet joins first.
    location.assign(belongs || to.startsWith("/me") ? to : `/me?next=${encodeURIComponent(to)}`);
  };
}
