// Forms that send once, and say beside each field what is wrong with it.

import { Refused } from "./api.js";
import { Trouble, wordsForField } from "./problems.js";
import { createContext, html, useContext, useEffect, useId, useRef, useState } from "./vendor/preact.js";
import { t } from "./words.js";

const Faults = createContext({});

/**
 * A form: `send` is given its FormData; what allauth or the API refuses is shown beside the field
 * of that name, or of the name that `fields` has for it. `done` is given the answer.
 */
export function Form({ send, done, button, fields = {}, plain = false, children }) {
  const [faults, setFaults] = useState({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const element = useRef();
  useEffect(() => element.current.querySelector("[aria-invalid=true]")?.focus(), [faults]);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const answer = await send(new FormData(element.current));
      const found = sorted(answer?.errors ?? [], element.current, fields);
      setFaults(found);
      if (!Object.keys(found).length) await done?.(answer);
    } catch (refused) {
      const found = sorted(ofFields(refused), element.current, fields);
      setFaults(found);
      if (!Object.keys(found).length) setError(refused);
    }
    setBusy(false);
  };
  return html`<form class="fields" onSubmit=${submit} ref=${element}>
    ${faults[""] && html`<div class="trouble" role="alert">${faults[""].map((said) => html`<p>${said}</p>`)}</div>`}
    ${error && html`<${Trouble} error=${error} />`}
    <${Faults.Provider} value=${faults}>${children}<//>
    <button disabled=${busy} class=${plain ? "plain" : ""}>${button}</button>
  </form>`;
}

/** The faults of a refusal of the API, in the form of allauth's. */
function ofFields(error) {
  if (!(error instanceof Refused)) return [];
  return Object.entries(error.errors).flatMap(([param, messages]) => messages.map((message) => ({ param: param.replace(/^body\./, ""), message, code: message ? "" : error.code })));
}

/** What to say, by the field to say it at; "" where there is no such field. */
function sorted(errors, form, fields) {
  const found = {};
  for (const error of errors) {
    const name = fields[error.param] ?? error.param;
    (found[form.elements[name] ? name : ""] ??= []).push(wordsForField(error));
  }
  return found;
}

/** A field with its label, what to know of it, and what is wrong with it. `as`: another element. */
export function Field({ name, label, about, as = "input", children, ...given }) {
  const id = useId();
  const faults = useContext(Faults)[name] ?? [];
  const told = [about && `${id}-about`, faults.length && `${id}-fault`].filter(Boolean).join(" ");
  return html`<div class="field"><label for=${id}>${label}</label>
    <${as} id=${id} name=${name} aria-describedby=${told || undefined} aria-invalid=${faults.length > 0} ...${given}>${children}<//>
    ${about && html`<small id=${`${id}-about`}>${about}</small>`}
    ${faults.length > 0 && html`<p class="fault" id=${`${id}-fault`} role="alert">${faults.join(" ")}</p>`}
  </div>`;
}

/** A new password, with what is asked of it. */
export function NewPasswordField({ name = "password", label = t("new-password") }) {
  return html`<${Field} name=${name} label=${label} type="password" autocomplete="new-password" about=${t("password-rule")} required />`;
}

/** Whose password is asked for, for what fills passwords in. */
export function Whose({ address }) {
  return html`<input class="unseen" type="text" autocomplete="username" value=${address} readonly tabindex="-1" aria-hidden="true" />`;
}

/** The code that a mail brings. */
export function CodeField({ name = "key", ...given }) {
  return html`<${Field} name=${name} label=${t("code")} autocomplete="one-time-code" autocapitalize="characters" dir="ltr" required ...${given} />`;
}

/** A button that does one thing, waits for it, and says what went wrong. */
export function Act({ act, children, plain = true, ...given }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const click = async () => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  return html`<button type="button" class=${plain ? "plain" : ""} disabled=${busy} onClick=${click} ...${given}>${children}</button>
    ${error && html`<${Trouble} error=${error} />`}`;
}
