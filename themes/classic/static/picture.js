// A picture of the school's, in the size that fits; of one that cannot be had, what it shows is told.

import { html, useState } from "./vendor/preact.js";

// How wide it is shown, in the text of a page.
const IN_TEXT = "(max-width: 46rem) 92vw, 42rem";

/** A picture as the API tells it. In the first HTML it is the same, so that it is fetched once. */
export function Picture({ image, sizes = IN_TEXT }) {
  const [missing, setMissing] = useState(false);
  if (missing) return html`<p class="no-picture" dir="auto">${image.alt}</p>`;
  const files = [...image.renditions, image].map((each) => `${each.src} ${each.width}w`);
  return html`<img srcset=${files.join(", ")} sizes=${sizes} src=${image.src}
    width=${image.width} height=${image.height} alt=${image.alt} loading="lazy" onError=${() => setMissing(true)} />`;
}
