// The way back up: one big picture of what lies above.

import { useApp } from "./context.js";
import { Drawing } from "./drawings.js";
import { pathsOf } from "./tree.js";
import { html } from "./vendor/preact.js";
import { t } from "./words.js";

export function Above({ found }) {
  const { tree } = useApp();
  const parent = found.above.at(-1);
  // What the first page shows at once has nothing above it but that page.
  if (!parent || (found.above.length === 1 && tree.items.length === 1 && found.item.type !== "lesson")) return null;
  return html`<nav class="above" aria-label=${t("where")}><a class="round" href=${pathsOf(tree.items).get(parent.id)} aria-label=${parent.title}><${Drawing} name="cards" /></a></nav>`;
}
