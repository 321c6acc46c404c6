// The way out, which leaves nothing of a person at this device.

import { auth } from "./api.js";
import { useApp } from "./context.js";
import { Act } from "./forms.js";
import { clearShelf, comings } from "./keeping.js";
import { html, useState } from "./vendor/preact.js";
import { forgetWaiting, sendWaiting, waiting } from "./waiting.js";
import { count, t } from "./words.js";

/** Sign out; where answers wait that cannot be sent now, say first that they would be lost. */
export function SignOut() {
  const { language } = useApp();
  const [lost, setLost] = useState(0);
  const leave = async () => {
    await sendWaiting().catch(() => {});
    const left = (await waiting().catch(() => [])).length;
    if (left && !lost) return setLost(left);
    await leaveNothing();
    await auth("DELETE", "/auth/session");
    comings.postMessage("");
    location.assign("/");
  };
  return html`<section class="leaving">${lost > 0 && html`<p class="trouble" role="alert">${count("answers-lost", lost, language)}</p>`}
    <${Act} act=${leave}>${t(lost ? "sign-out-anyway" : "sign-out")}<//></section>`;
}

/** Forget what was read here, and what waits. */
export async function leaveNothing() {
  await forgetWaiting().catch(() => {});
  await clearShelf();
}
