// Drawings: signs that say what a button does, and scenes for what has no picture of its own.

import { html } from "./vendor/preact.js";

const STAR = "M32 5l8 17.5 19 2.2-14 13 3.8 18.8L32 47.2 15.2 56.5 19 37.7 5 24.7l19-2.2z";
const face = (x, y) => html`<circle class="dark" cx=${x - 5} cy=${y} r="2" /><circle class="dark" cx=${x + 5} cy=${y} r="2" /><path class="smile" d=${`M${x - 5} ${y + 5}q5 5 10 0`} />`;

// On a field of 64 × 64, in the colour of the text around them unless a class says another.
const SIGNS = {
  loudspeaker: () => html`<path class="own" d="M8 25v14h11l15 12V13L19 25z" /><path class="stroke" d="M42 23a13 13 0 0 1 0 18M49 15a24 24 0 0 1 0 34" />`,
  ear: () => html`<path class="stroke" d="M18 28a15 15 0 0 1 30 0c0 10-10 11-11 19-1 9-12 9-14 2M25 29a8 8 0 0 1 15 0c0 5-6 5-7 9" /><path class="stroke" d="M10 20a23 23 0 0 0 0 18M56 16a26 26 0 0 1 1 24" />`,
  arrow: () => html`<path class="stroke thick" d="M12 32h38M34 15l17 17-17 17" />`,
  tick: () => html`<path class="stroke thick" d="M11 34l14 14 28-31" />`,
  again: () => html`<path class="stroke thick" d="M50 36a19 19 0 1 1-5-18M49 7v13H36" />`,
  play: () => html`<path class="own" d="M19 10l34 22-34 22z" />`,
  house: () => html`<path class="berry" d="M6 32L32 9l26 23z" /><path class="sun" d="M13 30h38v25H13z" /><path class="clay" d="M27 38h10v17H27z" />`,
  cards: () => html`<rect class="sun" x="7" y="7" width="23" height="23" rx="6" /><rect class="leaf" x="34" y="7" width="23" height="23" rx="6" /><rect class="sky" x="7" y="34" width="23" height="23" rx="6" /><rect class="berry" x="34" y="34" width="23" height="23" rx="6" />`,
  "grown-ups": () => html`<circle class="own" cx="22" cy="15" r="9" /><path class="own" d="M7 57c0-19 5-29 15-29s15 10 15 29z" /><circle class="own" cx="47" cy="29" r="7" /><path class="own" d="M40 57c0-12 1-18 7-18s10 6 10 18z" />`,
  lock: () => html`<rect class="own" x="13" y="28" width="38" height="28" rx="7" /><path class="stroke" d="M21 28v-8a11 11 0 0 1 22 0v8" />`,
  star: () => html`<path class="sun edge" d=${STAR} />${face(32, 30)}`,
  "no-star": () => html`<path class="empty" d=${STAR} />`,
  done: () => html`<circle class="leaf" cx="32" cy="32" r="28" /><path class="stroke white" d="M18 33l10 10 19-21" />`,
};

const GROUND = html`<ellipse class="leaf" cx="80" cy="118" rx="96" ry="22" />`;

// On a field of 160 × 120.
const SCENES = {
  sun: () => html`${GROUND}${[0, 45, 90, 135, 180, 225, 270, 315].map((turn) => html`<rect class="sun" x="76" y="6" width="8" height="16" rx="4" transform=${`rotate(${turn} 80 52)`} />`)}<circle class="sun" cx="80" cy="52" r="26" />${face(80, 50)}`,
  flower: () => html`${GROUND}<path class="stem" d="M80 60v45M80 92q-16-2-20-16M80 98q16-2 20-16" />${[0, 60, 120, 180, 240, 300].map((turn) => html`<circle class="berry" cx="80" cy="23" r="13" transform=${`rotate(${turn} 80 44)`} />`)}<circle class="sun" cx="80" cy="44" r="15" />${face(80, 42)}`,
  fish: () => html`<path class="sky" d="M0 84q20-10 40 0t40 0 40 0 40 0v40H0z" opacity=".5" /><path class="sun" d="M40 56l-24-18v36z" /><ellipse class="sun" cx="82" cy="56" rx="48" ry="29" /><path class="berry" d="M74 30q14 26 0 52q-18-26 0-52z" />${face(104, 50)}`,
  tree: () => html`${GROUND}<path class="clay" d="M72 60h16l5 46H67z" /><circle class="leaf" cx="56" cy="50" r="26" /><circle class="leaf" cx="104" cy="50" r="26" /><circle class="leaf" cx="80" cy="36" r="30" /><circle class="berry" cx="52" cy="52" r="6" /><circle class="berry" cx="108" cy="46" r="6" /><circle class="berry" cx="84" cy="24" r="6" />${face(80, 46)}`,
  balloon: () => html`<path class="string" d="M80 82q-8 14 2 34" /><ellipse class="berry" cx="80" cy="46" rx="32" ry="38" /><path class="berry" d="M74 90l6-9 6 9z" /><ellipse class="white" cx="66" cy="30" rx="6" ry="10" opacity=".6" />${face(82, 46)}`,
  boat: () => html`<path class="sky" d="M0 92q20-10 40 0t40 0 40 0 40 0v30H0z" /><path class="clay" d="M34 78h92l-16 24H50z" /><path class="white" d="M78 14v58H42z" /><path class="berry" d="M84 22v50h34z" />${face(80, 88)}`,
  snail: () => html`${GROUND}<path class="sky" d="M30 102q-2-16 10-18l80-2q10 0 12-22l10 2q2 40-22 40z" /><circle class="clay" cx="76" cy="66" r="32" /><path class="swirl" d="M76 66a8 8 0 1 1-8 8 18 18 0 1 1 28-16" /><path class="stem" d="M134 62l-4-18M140 62l6-17" />`,
  apple: () => html`${GROUND}<path class="clay" d="M77 34q0-14 8-20l5 4q-7 6-6 16z" /><path class="leaf" d="M88 26q12-16 28-8-8 16-28 8z" /><path class="berry" d="M80 38c-12-10-38-6-38 24 0 24 18 44 38 38 20 6 38-14 38-38 0-30-26-34-38-24z" />${face(80, 64)}`,
  "well-done": () => html`${[[18, 22], [140, 26], [26, 92], [136, 94]].map(([x, y], at) => html`<circle class=${["sky", "berry", "leaf", "clay"][at]} cx=${x} cy=${y} r="7" />`)}<path class="sun edge" transform="translate(28 0) scale(1.65 1.8)" d=${STAR} /><g transform="translate(80 54) scale(1.6) translate(-80 -54)">${face(80, 50)}</g><g transform="translate(104 72)"><circle class="leaf" cx="22" cy="22" r="22" /><path class="stroke white" d="M11 23l8 8 15-17" /></g>`,
  cloud: () => html`<path class="sky" d="M44 92a24 24 0 0 1-4-47 34 34 0 0 1 64-10 29 29 0 0 1 12 57z" /><g transform="translate(80 62) scale(1.5) translate(-80 -62)">${face(80, 58)}</g>`,
};

const OF_PAGES = ["sun", "flower", "fish", "tree", "balloon", "boat", "snail", "apple"];

/** Return the name of the scene of a page, by its id: the same one each time. */
export const sceneFor = (id) => OF_PAGES[parseInt(id.slice(-2), 16) % OF_PAGES.length];

/** A drawing by its name. What it means is said by what it is in. */
export function Drawing({ name }) {
  const isSign = name in SIGNS;
  return html`<svg class=${`drawing drawn-${name}`} viewBox=${isSign ? "0 0 64 64" : "0 0 160 120"} aria-hidden="true" focusable="false">${(isSign ? SIGNS : SCENES)[name]()}</svg>`;
}
