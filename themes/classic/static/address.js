// The e-mail address of an account: another one takes its place once a code that went there is back.

import { Refused, asked, auth, get } from "./api.js";
import { useApp } from "./context.js";
import { Act, CodeField, Field, Form } from "./forms.js";
import { Trouble } from "./problems.js";
import { html, useState } from "./vendor/preact.js";
import { t } from "./words.js";

const DOOR = "/account/email";

/** What one's address is, and how it becomes another. Asked for when it is opened: it is counted. */
export function Address() {
  const [addresses, setAddresses] = useState(null);
  const [error, setError] = useState(null);
  const take = ({ data }) => {
    setError(null);
    setAddresses(Object.values(data));
  };
  const read = () => auth("GET", DOOR).then(take, setError);
  const open = (event) => event.currentTarget.open && !addresses && read();
  return html`<details onToggle=${open}><summary>${t("change-address")}</summary>
    ${error && html`<${Trouble} error=${error} again=${read} />`}
    ${addresses && html`<${Addresses} addresses=${addresses} take=${take} read=${read} />`}
    ${!addresses && !error && html`<p aria-busy="true"></p>`}</details>`;
}

function Addresses({ addresses, take, read }) {
  const { setMe } = useApp();
  const [changed, setChanged] = useState("");
  const own = addresses.find(({ primary }) => primary);
  const waits = addresses.find(({ primary, verified }) => !primary && !verified);
  const proved = addresses.filter(({ primary, verified }) => !primary && verified);
  const drop = async (email) => take(await asked("DELETE", DOOR, { email }));
  const use = async (email) => {
    let left = await asked("PATCH", DOOR, { email, primary: true });
    try {
      if (own) left = await asked("DELETE", DOOR, { email: own.email });
    } finally {
      // Where the old one could not go, both are shown, and it can be removed.
      take(left);
      setMe(await get("/me"));
    }
    setChanged(email);
  };
  return html`${own && html`<p>${t("address-now")} <bdi>${own.email}</bdi></p>`}
    ${changed && html`<p role="status">${t("saved")}</p>`}
    ${proved.map(({ email }) => html`<p key=${email}><bdi>${email}</bdi>
      <${Act} act=${() => use(email)}>${t("use-this-address")}<//> <${Act} act=${() => drop(email)}>${t("remove")}<//></p>`)}
    ${waits
      ? html`<${Proving} email=${waits.email} use=${use} drop=${drop} read=${read} />`
      : html`<${Asking} take=${take} begun=${() => setChanged("")} />`}`;
}

function Asking({ take, begun }) {
  const send = (form) => auth("POST", DOOR, { email: form.get("email").trim() });
  const done = (answer) => {
    // The question for the password was turned down: nothing was sent.
    if (answer.status !== 200) throw new Refused(401, { code: "reauthentication_required" });
    begun();
    take(answer);
  };
  return html`<${Form} send=${send} done=${done} button=${t("send-code")}>
    <${Field} name="email" label=${t("new-address")} about=${t("new-address-about")} type="email" autocomplete="email" dir="ltr" required />
  <//>`;
}

function Proving({ email, use, drop, read }) {
  const [resent, setResent] = useState(false);
  const send = async (form) => {
    try {
      return await auth("POST", "/auth/email/verify", { key: form.get("key").trim() });
    } catch (refused) {
      // Too late, or guessed too often: it waits no more.
      if (refused.status === 409) await read();
      throw refused;
    }
  };
  const resend = async () => {
    await asked("PUT", DOOR, { email });
    setResent(true);
  };
  // What ran out meanwhile is cancelled too.
  const cancel = () => drop(email).catch(read);
  return html`<p role="status">${t("address-code-sent")} <bdi>${email}</bdi></p>
    <${Form} send=${send} done=${() => use(email)} button=${t("go-on")}><${CodeField} /><//>
    <p>${resent ? html`<span role="status">${t("sent")}</span>` : html`<${Act} act=${resend}>${t("send-again")}<//>`}${" "}
      <${Act} act=${cancel}>${t("cancel")}<//></p>`;
}
