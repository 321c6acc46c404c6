// How a reader likes to have it: which language, light or dark. A cookie tells the host, so that the
// very first HTML is as they like it; who is signed in has their language in their profile as well.

import { patch } from "./api.js";
import { reloadWithDrafts } from "./drafts.js";
import { Icon } from "./icons.js";
import { html, useState } from "./vendor/preact.js";
import { nameOf, t } from "./words.js";

const YEAR = 31_536_000; // seconds

export function Languages({ school, language, me }) {
  if (school.languages.length < 2) return null;
  const choose = async (event) => {
    const chosen = event.currentTarget.value;
    remember("language", chosen);
    if (me) await patch("/me", { language: chosen }).catch(() => {});
    const address = new URL(location.href);
    address.searchParams.delete("lang");
    // The whole page anew: it is written from another side, perhaps.
    reloadWithDrafts(address);
  };
  return html`<label class="languages"><span class="unseen">${t("language")}</span><${Icon} name="globe" />
    <select onChange=${choose} value=${language}>
      ${school.languages.map((code) => html`<option key=${code} value=${code} lang=${code} selected=${code === language}>${nameOf(code)}</option>`)}
    </select>
  </label>`;
}

/** Light or dark. Who never chose has what their system says, as it changes. */
export function Appearance() {
  const [isDark, setDark] = useState(isDarkNow);
  const choose = () => {
    const [chosen, other] = isDark ? ["light", "dark"] : ["dark", "light"];
    remember("appearance", chosen);
    document.documentElement.removeAttribute(`data-${other}`);
    document.documentElement.setAttribute(`data-${chosen}`, "");
    setDark(!isDark);
  };
  return html`<button type="button" class="appearance" aria-label=${t("dark")} aria-pressed=${isDark} onClick=${choose}><${Icon} name=${isDark ? "sun" : "moon"} /></button>`;
}

function isDarkNow() {
  const { dataset } = document.documentElement;
  return "dark" in dataset || (!("light" in dataset) && matchMedia("(prefers-color-scheme: dark)").matches);
}

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `lyceum_${name}=${value}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}
