// A picture of the school's, in the size that fits; of one that cannot be had, what it shows is told in its place.

import { html, useState } from "./vendor/preact.js";
import { t } from "./words.js";

// How wide it is shown, in the text of a page.
const IN_TEXT = "(max-width: 46rem) 92vw, 42rem";

/** A picture as the API tells it. In the first HTML it is the same, so that it is fetched once. */
export function Picture({ image, sizes = IN_TEXT }) {
  const [missing, setMissing] = useState(false);
  if (missing) return html`<p class="no-picture" style=${placeOf(image)}><small>${t("no-picture")}</small> <span dir="auto">${image.alt}</span></p>`;
  const files = [...image.renditions, image].map((each) => `${each.src} ${each.width}w`);
  return html`<img srcset=${files.join(", ")} sizes=${sizes} src=${image.src}
    width=${image.width} height=${image.height} alt=${image.alt} loading="lazy" onError=${() => setMissing(true)} />`;
}

/** The room that the picture would take, so that nothing moves. */
const placeOf = ({ width, height }) => ({ maxInlineSize: `${width}px`, aspectRatio: `${width} / ${height}` });
