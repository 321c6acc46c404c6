// Telling the school's team of something, and keeping its author away.

import { Act, Sheet, Trouble, app, html, t, useState } from "./drawing.js";

const REASONS = ["harassment", "inappropriate", "spam", "fake", "other"];

/** Report a thing of a type; its author can be blocked as well, and then it is gone for the reader. */
export function Reporting({ type, thing, close, gone }) {
  const [sent, setSent] = useState(false);
  const [error, setError] = useState(null);
  const { name, id } = thing.author;
  const report = async (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setError(null);
    try {
      await app.api.post("/reports", { type, id: thing.id, kind: form.get("kind"), text: form.get("text") });
      setSent(true);
    } catch (refused) {
      setError(refused);
    }
  };
  const block = async () => {
    await app.api.put(`/people/${id}/block`);
    close();
    gone();
  };
  return html`<${Sheet} title=${t("report")} close=${close}>
    ${sent ? html`<p class="callout tip" role="status">${t("report-thanks")}</p>` : html`<form onSubmit=${report}>
      <fieldset><legend>${t("report-why")}</legend>
        ${REASONS.map((kind) => html`<label class="choice"><input type="radio" name="kind" value=${kind} required />${t(`report-${kind}`)}</label>`)}
      </fieldset>
      <label>${t("report-more")}<textarea name="text" rows="2" maxlength="1000" dir="auto"></textarea></label>
      <div class="acts"><button>${t("send")}</button></div></form>`}
    <${Trouble} error=${error} />
    <div class="acts"><${Act} class="plain" act=${block} fail=${setError}>${t("block", { name })}<//></div>
  <//>`;
}
