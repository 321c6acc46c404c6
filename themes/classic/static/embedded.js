// Something of another site: a link, or what plays it here. Nothing is asked of that site before the reader wants it.

import { sideOf } from "./direction.js";
import { Icon } from "./icons.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { t } from "./words.js";

export function Embedded({ block }) {
  const [wanted, want] = useState(false);
  const frame = useRef();
  // Who asked for it by the keyboard goes on in it.
  useEffect(() => wanted && frame.current.focus(), [wanted]);
  const site = siteOf(block.url);
  const name = block.caption || site;
  if (!block.player) return html`<p class="raised file"><${Away} block=${block} name=${block.caption || block.url} site=${site} /></p>`;
  return html`<figure class=${`embedded ${block.player.kind}`}>
    ${wanted
      ? html`<iframe ref=${frame} src=${block.player.src} title=${name} allow="encrypted-media; fullscreen; picture-in-picture" referrerpolicy="strict-origin-when-cross-origin" />`
      : html`<button type="button" class="raised" onClick=${() => want(true)}><${Icon} name="play" /><span dir=${sideOf(name)}>${name}</span> <small>${t("play-from", { site })}</small></button>`}
    <figcaption><${Away} block=${block} name=${wanted ? name : ""} site=${site} /></figcaption></figure>`;
}

const Away = ({ block, name, site }) => html`<a href=${block.url} target="_blank" rel="noopener noreferrer">${name && html`<span dir="auto">${name}</span> `}<small>${t("elsewhere", { site })}</small></a>`;

function siteOf(url) {
  try {
    return new URL(url).host.replace(/^www\./, "");
  } catch {
    return "";
  }
}
