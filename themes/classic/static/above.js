// The way back up: what lies above a page of the catalogue.

import { useApp } from "./context.js";
import { pathsOf } from "./tree.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

/** What lies above the page that was `found` in the tree, as links. */
export function Above({ found }) {
  const { tree } = useApp();
  const paths = pathsOf(tree.items);
  if (!found.above.length) return null;
  return html`<nav class="above" aria-label=${t("where")}><ol>
    ${found.above.map((item) => html`<li key=${item.id}><a href=${paths.get(item.id)}>${item.title}</a></li>`)}
  </ol></nav>`;
}
