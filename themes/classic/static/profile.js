// One's own page: what one is called, how one looks, and what one may do with one's account.

import { Refused, auth, get, patch, put, remove } from "./api.js";
import { useApp } from "./context.js";
import { Act, Field, Form } from "./forms.js";
import { OwnData } from "./own-data.js";
import { Slot } from "./places.js";
import { Trouble } from "./problems.js";
import { Security } from "./security.js";
import { placeWanted } from "./sign-in.js";
import { SignOut } from "./sign-out.js";
import { html, useState } from "./vendor/preact.js";
import { nameOf, t } from "./words.js";

/** One's own page. */
export function Profile() {
  const { me, school } = useApp();
  if (!me) return html`<h1>${t("profile")}</h1><${Trouble} error=${new Refused(401, { code: "not_authenticated" })} />`;
  const place = me.memberships.find((each) => each.school === school.id);
  return html`<div class="profile"><h1>${me.first_name || t("profile")}</h1>
    ${place?.status !== "active" && html`<${Joining} place=${place} />`}
    ${!me.email_verified && !me.managed && html`<${ProveAddress} />`}
    <${Face} />
    ${place?.level && html`<p class="facts"><span>${t("level")}</span> <span class="level">${place.level}</span></p>`}
    <${Slot} name="person.profile" about=${{ person: me }} />
    <${About} />
    ${me.managed ? html`<p class="callout note">${t("school-looks-after", { name: me.username })}</p>` : html`<${Security} /><${OwnData} />`}
    <${SignOut} /></div>`;
}

function About() {
  const { me, setMe, school } = useApp();
  const [saved, setSaved] = useState(false);
  const send = async (form) => {
    setSaved(false);
    const told = await patch("/me", Object.fromEntries(form));
    if (told.language !== me.language) location.assign("/me");
    setMe(told);
    setSaved(true);
  };
  return html`<section><h2>${t("about-you")}</h2>
    <${Form} send=${send} button=${t("save")}>
      <${Field} name="first_name" label=${t("first-name")} value=${me.first_name} autocomplete="given-name" maxlength="100" required />
      <${Field} name="last_name" label=${t("last-name")} value=${me.last_name} autocomplete="family-name" maxlength="100" />
      <${Field} name="bio" label=${t("bio")} as="textarea" maxlength="500" rows="3" value=${me.bio} />
      <${Field} name="language" label=${t("language")} as="select" value=${me.language}>
        <option value="" selected=${!me.language}>${t("as-the-browser")}</option>
        ${school.languages.map((code) => html`<option value=${code} lang=${code} selected=${code === me.language}>${nameOf(code)}</option>`)}
      <//>
      <${Field} name="time_zone" label=${t("time-zone")} as="select" about=${t("time-zone-about")}>
        ${zones(me.time_zone).map((zone) => html`<option value=${zone} selected=${zone === me.time_zone}>${zone.replaceAll("_", " ")}</option>`)}
      <//>
    <//>
    ${saved && html`<p role="status">${t("saved")}</p>`}</section>`;
}

/** All time zones, those that are likely first. */
function zones(own) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([own, here, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}

/** Becoming a member, by the way that the school has chosen. */
function Joining({ place }) {
  const { school, setMe } = useApp();
  if (place?.status === "pending") return html`<p class="callout note">${t("waiting-for-approval")}</p>`;
  if (place?.status === "inactive") return html`<p class="callout warning">${t("problem-membership_inactive")}</p>`;
  const policy = school.signup_policy;
  const join = async (form) => {
    const { status } = await put("/school/membership", Object.fromEntries(form));
    // A new page: the catalogue, and what plugins show, are another one to a member.
    if (status === "active") location.assign(placeWanted());
    else setMe(await get("/me"));
  };
  const invited = new URLSearchParams(location.search).get("invitation") ?? "";
  return html`<section class="raised"><h2>${t("join", { school: school.name })}</h2>
    <p>${t(`policy-${policy}`, { school: school.name })}</p>
    <${Form} send=${join} button=${t(policy === "approval" ? "apply" : "join", { school: school.name })}>
      ${policy === "code" && html`<${Field} name="code" label=${t("school-code")} autocomplete="off" dir="ltr" required />`}
      ${policy === "invitation" && html`<${Field} name="invitation" label=${t("invitation-code")} value=${invited} autocomplete="off" dir="ltr" required />`}
    <//></section>`;
}

/** An address that was claimed at sign-up and never proved. */
function ProveAddress() {
  const { me, setMe } = useApp();
  const [sent, setSent] = useState(false);
  const ask = async () => {
    const { errors } = await auth("PUT", "/account/email", { email: me.email });
    if (errors.length) throw new Refused(400, { code: errors[0].code, detail: errors[0].message });
    setSent(true);
  };
  const prove = (form) => auth("POST", "/auth/email/verify", { key: form.get("key").trim() });
  const done = async () => setMe(await get("/me"));
  return html`<section class="callout note"><p>${t("address-unproved", { email: me.email })}</p>
    ${sent
      ? html`<${Form} send=${prove} done=${done} button=${t("go-on")}><${Field} name="key" label=${t("code")} autocomplete="one-time-code" dir="ltr" required /><//>`
      : html`<${Act} act=${ask}>${t("send-code")}<//>`}</section>`;
}

function Face() {
  const { me, setMe } = useApp();
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const [fresh, setFresh] = useState(""); // the address stays, the picture changes
  const send = async (doing) => {
    setError(null);
    setBusy(true);
    try {
      await doing();
      const told = await get("/me");
      setFresh(told.avatar && URL.createObjectURL(await (await fetch(told.avatar, { cache: "reload" })).blob()));
      setMe(told);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  const choose = (event) => {
    const [file] = event.currentTarget.files;
    event.currentTarget.value = "";
    if (!file) return;
    const form = new FormData();
    form.append("file", file);
    send(() => put("/me/avatar", form));
  };
  return html`<div class="face" aria-busy=${busy}>
    ${me.avatar ? html`<img src=${fresh || me.avatar} alt=${t("your-picture")} width="96" height="96" />` : html`<span class="no-face" aria-hidden="true">${(me.first_name || "?").slice(0, 1)}</span>`}
    <div><label class="button plain">${t("choose-picture")}<input class="unseen" type="file" accept="image/*" disabled=${busy} onChange=${choose} /></label>
    ${me.avatar && html`<button type="button" class="plain" disabled=${busy} onClick=${() => send(() => remove("/me/avatar"))}>${t("remove")}</button>`}
    <p class="soft">${t("picture-about")}</p></div>
    ${error && html`<${Trouble} error=${error} />`}
  </div>`;
}
