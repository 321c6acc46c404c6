// A place to go, as a big picture with its name.

import { useApp } from "./context.js";
import { Drawing, sceneFor } from "./drawings.js";
import { Picture } from "./picture.js";
import { Speaker } from "./speaker.js";
import { html } from "./vendor/preact.js";

const SIZES = "(max-width: 40rem) 80vw, 24rem";

/**
 * A card of a `thing` with a `title` that leads somewhere: with its own `image`, else its `icon`, else
 * a drawing. Its own `audio` says what it is, else its title is said.
 */
export function PictureCard({ thing, to, level = 2, state = "", children }) {
  const { language } = useApp();
  const said = { src: thing.audio?.src, text: thing.title, language };
  return html`<article class=${`picture-card ${state}`}>
    <div class="picture">${pictureOf(thing, state)}${state === "locked" && html`<${Drawing} name="lock" />`}${state === "done" && html`<${Drawing} name="done" />`}</div>
    <div class="name"><${`h${level}`} class="title"><a href=${to}>${thing.title}</a><//><${Speaker} things=${[said]} about=${thing.title} /></div>
    ${children}
  </article>`;
}

function pictureOf({ image, icon, id }, state) {
  // What a picture shows is told by the title beside it; that of a locked lesson is not told at all.
  if (image && state !== "locked") return html`<${Picture} image=${{ ...image, alt: "" }} sizes=${SIZES} />`;
  if (icon) return html`<span class="emoji" aria-hidden="true">${icon}</span>`;
  return html`<${Drawing} name=${sceneFor(id)} />`;
}
