// Signing in with another service, where the instance has one set up.

import { auth, csrfToken } from "./api.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { t } from "./words.js";

const RETURNED = "returned";
/** Whether one comes back from a service by which one wished to sign in, and nothing went wrong there. */
export function hasReturned() {
  const query = new URLSearchParams(location.search);
  return query.has(RETURNED) && !query.has("error");
}

/** Where one comes back to: the page that signs in, which says what went wrong or leads on. */
function wayBack() {
  const { pathname, search } = location;
  const isOnTheWay = pathname === "/sign-in" || pathname === "/sign-up";
  const next = isOnTheWay ? (new URLSearchParams(search).get("next") ?? "/") : pathname + search;
  return `/sign-in?${new URLSearchParams({ next, [RETURNED]: "1" })}`;
}

/** A button for each service; the browser goes along, so it is a form and no script's request. */
export function Providers({ process = "login", back = wayBack() }) {
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
