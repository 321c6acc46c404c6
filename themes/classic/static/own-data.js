// What is held on a person: to take out, and to have erased.

import { Refused, get, post, remove } from "./api.js";
import { useApp } from "./context.js";
import { Act, Field, Form } from "./forms.js";
import { leaveNothing } from "./sign-out.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { t } from "./words.js";

const PAUSE = 5000; // milliseconds, between two questions whether the archive is ready

/** The archive of all that is held on one, and the end of the account. */
export function OwnData() {
  return html`<section><h2>${t("your-data")}</h2><${Archive} /><${Erasure} /></section>`;
}

function Archive() {
  const { language } = useApp();
  const [made, setMade] = useState(null);
  useEffect(() => {
    if (made?.status !== "waiting") return;
    const asking = setTimeout(() => get(`/me/exports/${made.id}`).then(setMade, () => setMade({ ...made })), PAUSE);
    return () => clearTimeout(asking);
  }, [made]);
  const size = () => new Intl.NumberFormat(language, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 }).format(Math.ceil(made.size / 1000));
  return html`<p>${t("export-about")}</p>
    ${!made && html`<p><${Act} act=${async () => setMade(await post("/me/export"))}>${t("export-ask")}<//></p>`}
    ${made && html`<p role="status">${t(`export-${made.status}`)}
      ${made.status === "ready" && html` <a href=${`/api/v1/me/exports/${made.id}/file`} download>${t("export-fetch", { size: size() })}</a>`}</p>`}`;
}

function Erasure() {
  const { me } = useApp();
  const word = me.email_verified ? me.email : me.id;
  const erase = async (form) => {
    const confirm = form.get("confirm").trim();
    if (confirm.toLowerCase() !== word.toLowerCase()) throw new Refused(422, { code: "confirmation_wrong", errors: { confirm: [""] } });
    await remove("/me", { confirm: word });
    await leaveNothing();
    location.assign("/");
  };
  return html`<details class="danger"><summary>${t("erase")}</summary>
    <p>${t("erase-about")}</p><ul><li>${t("erase-goes")}</li><li>${t("erase-stays")}</li><li>${t("erase-no-way-back")}</li></ul>
    <${Form} send=${erase} button=${t("erase-for-good")}>
      <${Field} name="confirm" label=${t("erase-confirm", { word })} autocomplete="off" dir="ltr" required />
    <//></details>`;
}
