// Signing in with another service, where the instance has one set up.

import { auth, csrfToken } from "./api.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { t } from "./words.js";

/** A button for each service; the browser goes along, so it is a form and no script's request. */
export function Providers({ process = "login", back = location.pathname + location.search }) {
  const [providers, setProviders] = useState([]);
  useEffect(() => {
    auth("GET", "/config").then(({ data }) => setProviders(data.socialaccount?.providers ?? []), () => {});
  }, []);
  return providers.map(({ id, name }) => html`<form key=${id} method="post" action="/_allauth/browser/v1/auth/provider/redirect">
    <input type="hidden" name="provider" value=${id} /><input type="hidden" name="process" value=${process} />
    <input type="hidden" name="callback_url" value=${back} /><input type="hidden" name="csrfmiddlewaretoken" value=${csrfToken()} />
    <p><button class="plain">${t("continue-with", { name })}</button></p>
  </form>`);
}

/** What a service came back with, if it did not work. */
export function ProviderFault() {
  const code = new URLSearchParams(location.search).get("error");
  return code && html`<p class="trouble" role="alert">${t(`provider-${code}`, {}, "provider-refused")}</p>`;
}
