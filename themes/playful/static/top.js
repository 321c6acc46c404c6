// What stands above every screen: a house that leads home. All else is for grown-ups, behind one picture.

import { useApp } from "./context.js";
import { Drawing } from "./drawings.js";
import { Slot, useMenu } from "./places.js";
import { Appearance, Languages } from "./preferences.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

export function Top() {
  const { school, me, language, address } = useApp();
  const menu = useMenu();
  return html`<header class="top">
    <a class="home" href="/" aria-label=${t("home")}>${school.theme.logo ? html`<img src=${school.theme.logo} alt="" width="64" height="64" />` : html`<${Drawing} name="house" />`}</a>
    <${Slot} name="nav" />
    <details class="grown-ups" key=${address}><summary aria-label=${t("for-grown-ups")}><${Drawing} name="grown-ups" /></summary>
      <div><p><b>${t("for-grown-ups")}</b></p>
        <nav aria-label=${t("menu")}>
          <a href="/search">${t("search")}</a>
          ${menu.map((entry) => html`<a key=${entry.to} href=${entry.to}>${entry.label}</a>`)}
          ${me ? html`<a href="/progress">${t("progress")}</a><a href="/me">${me.first_name || t("profile")}</a>` : html`<a href="/sign-in">${t("sign-in")}</a>`}
        </nav>
        <div class="preferences"><${Appearance} /><${Languages} ...${{ school, me, language }} /></div></div>
    </details>
  </header>`;
}
