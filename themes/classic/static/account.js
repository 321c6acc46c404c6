// Signing in and up, step by step as allauth asks for it, and one's own profile.

import { Trouble, useApp } from "./app.js";
import { Refused, auth, get, patch, put, remove } from "./api.js";
import { Slot } from "./places.js";
import { html, useState } from "./vendor/preact.js";
import { t } from "./words.js";

// What is still asked for, by the flow that allauth says is pending.
const STEPS = { verify_email: VerifyEmail, mfa_authenticate: SecondFactor };

/** Signing in; with what comes after it. */
export function SignIn() {
  const [step, setStep] = useState(() => SignInForm);
  return html`<${step} next=${(view) => setStep(() => view)} />`;
}

/** Signing up, with the code that the mail brings. */
export function SignUp() {
  const [step, setStep] = useState(() => SignUpForm);
  return html`<${step} next=${(view) => setStep(() => view)} />`;
}

/** A new password, by a code that is mailed. */
export function NewPassword() {
  const [step, setStep] = useState(() => AskForReset);
  return html`<${step} next=${(view) => setStep(() => view)} />`;
}

function SignInForm({ next }) {
  const said = (form) => {
    const who = form.get("who").trim();
    const name = who.includes("@") ? "email" : "username";
    return auth("POST", "/auth/login", { [name]: who, password: form.get("password") });
  };
  return html`<h1>${t("sign-in")}</h1>
    <${Form} send=${said} done=${useArrival(next)} button=${t("sign-in")}>
      <${Field} name="who" label=${t("email-or-name")} autocomplete="username" />
      <${Field} name="password" label=${t("password")} type="password" autocomplete="current-password" />
    <//>
    <p><a href="/new-password">${t("forgotten")}</a></p>
    <p>${t("no-account")} <a href="/sign-up">${t("sign-up")}</a></p>`;
}

function SignUpForm({ next }) {
  const said = (form) => auth("POST", "/auth/signup", Object.fromEntries(form));
  return html`<h1>${t("sign-up")}</h1>
    <${Form} send=${said} done=${useArrival(next)} button=${t("sign-up")}>
      <${Field} name="first_name" label=${t("first-name")} autocomplete="given-name" />
      <${Field} name="email" label=${t("email")} type="email" autocomplete="email" />
      <${Field} name="password" label=${t("new-password")} type="password" autocomplete="new-password" about=${t("password-rule")} />
    <//>
    <p>${t("have-account")} <a href="/sign-in">${t("sign-in")}</a></p>`;
}

function VerifyEmail({ next }) {
  const [resent, setResent] = useState(false);
  const said = (form) => auth("POST", "/auth/email/verify", { key: form.get("key").trim() });
  const resend = () => auth("POST", "/auth/email/verify/resend").then(() => setResent(true));
  return html`<h1>${t("check-mail")}</h1><p>${t("code-sent")}</p>
    <${Form} send=${said} done=${useArrival(next)} button=${t("go-on")}>
      <${Field} name="key" label=${t("code")} autocomplete="one-time-code" autocapitalize="characters" dir="ltr" />
    <//>
    <p><button class="plain" onClick=${resend} disabled=${resent}>${resent ? t("sent") : t("send-again")}</button></p>`;
}

function SecondFactor({ next }) {
  const said = (form) => auth("POST", "/auth/2fa/authenticate", { code: form.get("code").trim() });
  return html`<h1>${t("second-factor")}</h1><p>${t("second-factor-about")}</p>
    <${Form} send=${said} done=${useArrival(next)} button=${t("go-on")}>
      <${Field} name="code" label=${t("code")} inputmode="numeric" autocomplete="one-time-code" dir="ltr" />
    <//>`;
}

function AskForReset({ next }) {
  const said = (form) => auth("POST", "/auth/password/request", { email: form.get("email").trim() });
  return html`<h1>${t("forgotten")}</h1>
    <${Form} send=${said} done=${() => next(ResetForm)} button=${t("send-code")}>
      <${Field} name="email" label=${t("email")} type="email" autocomplete="email" />
    <//>`;
}

function ResetForm({ next }) {
  const said = (form) => auth("POST", "/auth/password/reset", { key: form.get("key").trim(), password: form.get("password") });
  return html`<h1>${t("check-mail")}</h1><p>${t("code-sent")}</p>
    <${Form} send=${said} done=${() => next(SignInForm)} button=${t("go-on")}>
      <${Field} name="key" label=${t("code")} autocomplete="one-time-code" dir="ltr" />
      <${Field} name="password" label=${t("new-password")} type="password" autocomplete="new-password" about=${t("password-rule")} />
    <//>`;
}

/** What follows on an answer of allauth: another step, or being there. */
function useArrival(next) {
  const { school } = useApp();
  return async (answer) => {
    const pending = answer.data.flows?.find((flow) => flow.is_pending && STEPS[flow.id]);
    if (pending) return next(STEPS[pending.id]);
    const me = await get("/me");
    const belongs = me.memberships.some((place) => place.school === school.id && place.status === "active");
    const wanted = new URLSearchParams(location.search).get("next") || "/";
    // Nowhere but within this front end: the address may be anybody's writing.
    const to = new URL(wanted, location);
    // A new page: whoever signs in may have another language.
    location.assign(belongs ? (to.origin === location.origin ? to.pathname : "/") : "/me");
  };
}

/** A form that sends once, and shows what was refused beside the field it is about. */
function Form({ send, done, button, children }) {
  const [faults, setFaults] = useState({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setError(null);
    setFaults({});
    try {
      const answer = await send(new FormData(form));
      const refused = answer?.errors ?? [];
      if (refused.length) {
        setFaults(byField(form, refused));
        setBusy(false);
        return;
      }
      await done(answer);
    } catch (refused) {
      if (refused instanceof Refused && Object.keys(refused.errors).length) setFaults(refused.errors);
      else setError(refused);
    }
    setBusy(false);
  };
  return html`<form class="fields" onSubmit=${submit}>
    ${Object.values(faults).flat().length > 0 && html`<div class="trouble" role="alert">${Object.values(faults).flat().map((said) => html`<p>${said}</p>`)}</div>`}
    ${error && html`<${Trouble} error=${error} />`}
    ${children}
    <button disabled=${busy}>${button}</button>
  </form>`;
}

function byField(form, errors) {
  const faults = {};
  for (const { param, message } of errors) (faults[form.elements[param] ? param : ""] ??= []).push(message);
  return faults;
}

function Field({ name, label, about, ...given }) {
  return html`<label>${label}<input name=${name} required aria-describedby=${about ? `about-${name}` : undefined} ...${given} />
    ${about && html`<small id=${`about-${name}`}>${about}</small>`}</label>`;
}

/** One's own profile: name, picture, language; joining the school; and the way out. */
export function Profile() {
  const { me, school, setMe } = useApp();
  if (!me) return html`<h1>${t("profile")}</h1><${Trouble} error=${new Refused(401, { detail: t("sign-in-first") })} />`;
  const place = me.memberships.find((each) => each.school === school.id);
  const leave = async () => {
    await auth("DELETE", "/auth/session");
    navigator.serviceWorker?.controller?.postMessage("forget");
    location.assign("/");
  };
  const save = async (form) => setMe(await patch("/me", Object.fromEntries(form)));
  return html`<h1>${me.first_name || t("profile")}</h1>
    ${place?.status === "active" ? null : html`<${Joining} place=${place} />`}
    <${Face} />
    <${Slot} name="person.profile" about=${{ person: me }} />
    <${Form} send=${save} done=${() => {}} button=${t("save")}>
      <${Field} name="first_name" label=${t("first-name")} value=${me.first_name} autocomplete="given-name" />
      <label>${t("last-name")}<input name="last_name" value=${me.last_name} autocomplete="family-name" /></label>
      <label>${t("bio")}<textarea name="bio" maxlength="500" rows="3">${me.bio}</textarea></label>
    <//>
    <p><button class="plain" onClick=${leave}>${t("sign-out")}</button></p>`;
}

function Joining({ place }) {
  const { school, setMe } = useApp();
  if (place?.status === "pending") return html`<p class="callout note">${t("waiting-for-approval")}</p>`;
  if (school.signup_policy === "invitation") return html`<p class="callout note">${t("by-invitation")}</p>`;
  const join = async (form) => {
    await put("/school/membership", Object.fromEntries(form));
    setMe(await get("/me"));
  };
  return html`<${Form} send=${join} done=${() => {}} button=${t("join", { school: school.name })}>
    ${school.signup_policy === "code" && html`<${Field} name="code" label=${t("school-code")} autocomplete="off" dir="ltr" />`}
  <//>`;
}

function Face() {
  const { me, setMe } = useApp();
  const [error, setError] = useState(null);
  const send = async (doing) => {
    setError(null);
    try {
      await doing();
      setMe(await get("/me"));
    } catch (refused) {
      setError(refused);
    }
  };
  const choose = (event) => {
    const file = event.currentTarget.files[0];
    if (!file) return;
    const form = new FormData();
    form.append("file", file);
    send(() => put("/me/avatar", form));
  };
  return html`<div class="face">
    ${me.avatar && html`<img src=${me.avatar} alt=${t("your-picture")} width="96" height="96" />`}
    <label class="button">${t("choose-picture")}<input class="unseen" type="file" accept="image/*" onChange=${choose} /></label>
    ${me.avatar && html`<button class="plain" onClick=${() => send(() => remove("/me/avatar"))}>${t("remove")}</button>`}
    ${error && html`<${Trouble} error=${error} />`}
  </div>`;
}
