// The blocks of a lesson. One that is not known here says its name, and the lesson goes on.

import { useApp } from "./app.js";
import { sideOf } from "./direction.js";
import { Embedded } from "./embedded.js";
import { Icon } from "./icons.js";
import { Picture } from "./picture.js";
import { Place, useDrawn } from "./places.js";
import { Guard } from "./problems.js";
import { Sound, Transcript, play } from "./sound.js";
import { pathsOf } from "./tree.js";
import { html, useLayoutEffect, useRef } from "./vendor/preact.js";
import { t } from "./words.js";

const TAGS = /<[^>]*>/g;

/** A block. `exercise` returns the exercise of an id, ready to be answered. */
export function Block({ block, exercise }) {
  const Shown = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : OfPlugin;
  const missing = () => html`<${Missing} of=${block.of || block.type} />`;
  return html`<${Guard} instead=${missing}><${Shown} block=${block} exercise=${exercise} /><//>`;
}

const BLOCKS = {
  text: ({ block }) => html`<${Html} html=${block.html} />`,
  image: ({ block }) => block.image && html`<figure><${Picture} image=${block.image} /><${Caption} text=${block.caption} /></figure>`,
  audio: ({ block }) => block.audio && html`<figure><${Sound} audio=${block.audio} name=${block.caption} /><${Caption} text=${block.caption} /></figure>`,
  video: ({ block }) => block.video && html`<figure><${Film} video=${block.video} name=${block.caption} /><${Caption} text=${block.caption} /></figure>`,
  pdf: ({ block }) => block.file && html`<p class="raised file"><b aria-hidden="true">PDF</b>
    <a href=${block.file.src} target="_blank" rel="noopener"><span dir="auto">${block.title || block.file.title}</span> <small>${t("pdf-opens")}</small></a></p>`,
  slides: Slides,
  embed: Embedded,
  vocabulary: Vocabulary,
  dialogue: Dialogue,
  callout: ({ block }) => html`<aside class=${`callout ${block.tone}`}><strong>${t(`tone-${block.tone}`)}</strong><${Html} html=${block.html} /></aside>`,
  exercise: ({ block, exercise }) => block.exercise && exercise(block.exercise.id),
};

/** A block that a plugin brought: it draws it. */
function OfPlugin({ block }) {
  const thing = useDrawn("blocks", block.type);
  const missing = html`<${Missing} of=${block.of || block.type} />`;
  if (thing === undefined) return html`<p class="awaited" aria-busy="true"></p>`;
  return thing ? html`<${Place} thing=${thing} about=${{ block }} instead=${missing} />` : missing;
}

/** What a part of a lesson is called that cannot be shown: "moments_quiz" is "moments: quiz". */
function Missing({ of }) {
  const [plugin, ...name] = of.split("_");
  const said = name.length ? `${plugin}: ${name.join(" ")}` : plugin;
  return html`<p class="missing">${t("block-missing", { name: said })}</p>`;
}

function Slides({ block }) {
  return html`<section class="slides" tabindex="0" aria-label=${t("slides")}>${block.slides.map((slide, at) => html`<section class="raised" key=${at}>
    <p class="place">${at + 1} / ${block.slides.length}</p>
    <h3 dir=${sideOf(slide.title)}>${slide.title}</h3>${slide.image && html`<${Picture} image=${slide.image} />`}<${Html} html=${slide.html} /></section>`)}</section>`;
}

function Vocabulary({ block }) {
  return html`<dl class="vocabulary">${block.entries.map((entry) => html`<div class="raised" key=${entry.term}>
    <dt><span lang=${block.language} dir="auto">${entry.term}</span>${entry.audio && html`<${Say} audio=${entry.audio} what=${entry.term} />`}</dt>
    <dd dir=${sideOf(entry.meaning)}>${entry.meaning}</dd>
    ${entry.example && html`<dd class="example" lang=${block.language} dir="auto">${entry.example}</dd>`}</div>`)}</dl>`;
}

function Dialogue({ block }) {
  const speakers = [...new Set(block.lines.map((line) => line.speaker))];
  return html`<section class="dialogue raised" aria-label=${t("dialogue")}>${block.audio && html`<${Sound} audio=${block.audio} name=${t("dialogue")} />`}
    ${block.lines.map((line) => html`<div class=${speakers.indexOf(line.speaker) % 2 ? "line other" : "line"}>
      <b dir="auto">${line.speaker}</b><p lang=${block.language} dir="auto">${line.text}</p>
      ${line.translation && html`<small dir=${sideOf(line.translation)}>${line.translation}</small>`}</div>`)}</section>`;
}

const Caption = ({ text }) => (text ? html`<figcaption dir=${sideOf(text)}>${text}</figcaption>` : null);

/** What the API tells as HTML: it comes from the editor, and was cleaned there. */
export function Html({ html: markup }) {
  const { tree } = useApp();
  const element = useRef();
  useLayoutEffect(() => {
    element.current.innerHTML = markup;
    leadLinks(element.current, pathsOf(tree.items));
  }, [markup]);
  return html`<div class="prose" dir=${sideOf(markup.replace(TAGS, ""))} ref=${element} />`;
}

/** Make addresses of links to other pages, which the API tells as `lyceum:<type>/<id>`. */
function leadLinks(element, paths) {
  for (const link of element.querySelectorAll('a[href^="lyceum:"]')) {
    const path = paths.get(link.getAttribute("href").split("/").pop());
    // Where one may not go, there is no link.
    if (path) link.href = path;
    else link.removeAttribute("href");
  }
}

function Film({ video, name }) {
  return html`<video controls preload="metadata" src=${video.src} aria-label=${name || t("video")}>
    ${video.captions && html`<track kind="captions" src=${video.captions} default />`}</video><${Transcript} of=${video} />`;
}

/** A button that says one word. */
function Say({ audio, what }) {
  return html`<button type="button" class="say" aria-label=${t("listen-to", { what })} onClick=${() => play(audio.src)}><${Icon} name="sound" /></button>`;
}
