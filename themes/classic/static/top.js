// What stands above every screen: whose school it is, where else one can go, and how one likes to have it.

import { useApp } from "./context.js";
import { Slot, useMenu } from "./places.js";
import { Appearance, Languages } from "./preferences.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

export function Top() {
  const { school, me, language, address } = useApp();
  const menu = useMenu();
  const link = ({ to, label }) => html`<a href=${to} aria-current=${currentAt(to, address)}>${label}</a>`;
  return html`<header class="top">
    <a class="name" href="/">${school.theme.logo && html`<img src=${school.theme.logo} alt="" width="40" height="40" />`}${school.name}</a>
    <nav aria-label=${t("menu")}>
      ${link({ to: "/search", label: t("search") })}
      ${menu.map(link)}
      ${me ? link({ to: "/progress", label: t("progress") }) : link({ to: "/sign-in", label: t("sign-in") })}
    </nav>
    <div class="preferences"><${Appearance} /><${Languages} ...${{ school, me, language }} />${me && html`<${Self} me=${me} />`}</div>
    <${Slot} name="nav" />
  </header>`;
}

/** Whether a link leads to where one is, or to what that belongs to. */
function currentAt(to, address) {
  if (to === address) return "page";
  return address.startsWith(`${to}/`) ? "true" : undefined;
}

/** The way to one's own page: one's picture and name; on a phone there is room for the picture alone. */
function Self({ me }) {
  const { address } = useApp();
  const name = me.first_name || t("profile");
  return html`<a class="self" href="/me" aria-current=${address === "/me" ? "page" : undefined}>
    ${me.avatar ? html`<img class="no-face" src=${me.avatar} alt="" width="32" height="32" />` : html`<span class="no-face" aria-hidden="true">${[...name][0]}</span>`}
    <span class="self-name">${name}</span></a>`;
}
