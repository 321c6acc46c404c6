// A picture of the school's, in the size that fits; of one that cannot be had, what it shows is told.

import { html, useState } from "./vendor/preact.js";

/** A picture as the API tells it. In the first HTML it is the same, so that it is fetched once. */
export function Picture({ image }) {
  const [missing, setMissing] = useState(false);
  if (missing) return html`<p class="no-picture" dir="auto">${image.alt}</p>`;
  const sizes = [...image.renditions, image].map((each) => `${each.src} ${each.width}w`);
  return html`<img srcset=${sizes.join(", ")} sizes="(max-width: 46rem) 92vw, 42rem" src=${image.src}
    width=${image.width} height=${image.height} alt=${image.alt} loading="lazy" onError=${() => setMissing(true)} />`;
}
