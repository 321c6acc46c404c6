// What is said aloud: by files where there are any, else by a voice that the device has itself.

import { Drawing } from "./drawings.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { t } from "./words.js";

// One player for all: what begins ends what was said before, and a phone lets a player that was
// begun by a tap once begin by itself from then on.
const player = new Audio();
const voices = globalThis.speechSynthesis;
const sounds = new Map();
// The languages in which the theme says its own words: `sounds/<language>/<word>.mp3`.
const SPOKEN = new Set(["en", "es", "ar"]);
const FIRST_TOUCH = ["pointerdown", "keydown"];

let cut = () => {};

/**
 * Say things, one after the other: `{src}` of a file, `{own}` a word of the theme, `{text, language}`,
 * of which what comes first is taken, and the next where that cannot be had. What was being said ends.
 * Promise whether all of it was said.
 */
export async function say(...things) {
  hush();
  let isCut = false;
  const stopped = new Promise((done) => (cut = () => done((isCut = true))));
  let isAll = true;
  for (const thing of things) {
    const said = await Promise.race([sayOne(thing), stopped]);
    if (isCut) return false;
    isAll &&= said;
  }
  return isAll;
}

/** Say no more. */
export function hush() {
  cut();
  player.pause();
  voices?.cancel();
}

async function sayOne({ src, own, text, language }) {
  const file = src ?? (own && (await ownSound(own)));
  if (file && (await played(file))) return true;
  return Boolean(text) && spoken(text, language);
}

/** Play a file to its end; promise whether it could be. */
function played(file) {
  return new Promise((done) => {
    player.onended = () => done(true);
    player.onerror = () => done(false);
    player.src = file;
    // Before the first tap a browser may refuse.
    player.play().catch(() => done(false));
  });
}

/** Fetched as a whole: some browsers ask a sound for its parts, which files of a theme are not given in. */
async function ownSound(word) {
  const language = document.documentElement.lang.split("-")[0];
  if (!SPOKEN.has(language)) return "";
  const address = new URL(`sounds/${language}/${word}.mp3`, import.meta.url).href;
  if (!sounds.has(address)) sounds.set(address, fetched(address));
  return sounds.get(address);
}

async function fetched(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? URL.createObjectURL(await answer.blob()) : "";
  } catch {
    sounds.delete(address);
    return "";
  }
}

function spoken(text, language) {
  const voice = voiceFor(language);
  if (!voice) return Promise.resolve(false);
  return new Promise((done) => {
    const saying = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate: 0.85 });
    saying.onend = () => done(true);
    saying.onerror = () => done(false);
    voices.speak(saying);
  });
}

/** A voice for a language that speaks on the device: what a school writes is sent to nobody. */
function voiceFor(language) {
  const isOf = ({ lang, localService }) => localService && lang.split(/[-_]/)[0] === language?.split("-")[0];
  return voices?.getVoices().find(isOf);
}

/** Whether there is something by which a thing can be said. */
export const canSay = ({ src, own, text, language }) => Boolean(src || own || (text && voiceFor(language)));

/** Draw anew when the device has found its voices: it may take a while. */
function useVoices() {
  const [, change] = useState(0);
  useEffect(() => {
    const changed = () => change((before) => before + 1);
    voices?.addEventListener?.("voiceschanged", changed);
    return () => voices?.removeEventListener?.("voiceschanged", changed);
  }, []);
}

/**
 * A loudspeaker that says things, and ends it when it is pressed again; none where nothing can be said.
 *
 * With `unasked` it begins by itself, after the things in there. `about` is what they are about.
 */
export function Speaker({ things, about, unasked, picture = "loudspeaker", kind = "" }) {
  useVoices();
  const [isSaying, setSaying] = useState(false);
  const sayable = things.filter(canSay);
  const saying = useRef(false);
  const tell = (is) => setSaying((saying.current = is));
  const begin = async (...before) => {
    tell(true);
    await say(...before, ...sayable);
    tell(false);
  };
  useEffect(() => {
    if (!unasked || !(unasked.length + sayable.length)) return;
    // Where no one touched the page yet, a browser would let nothing be heard.
    if (!navigator.userActivation || navigator.userActivation.hasBeenActive) begin(...unasked);
    else return afterTouch(() => begin(...unasked));
  }, []);
  useEffect(() => () => saying.current && hush(), []);
  if (!sayable.length) return null;
  return html`<button type="button" class=${`speaker ${kind} ${isSaying ? "saying" : ""}`} aria-pressed=${isSaying}
    aria-label=${about ? t("listen-to", { what: about }) : t("listen")} onClick=${() => (isSaying ? hush() : begin())}><${Drawing} name=${picture} /></button>`;
}

/** Do something once the page was touched, if that was on nothing that does something itself; return how to give up. */
function afterTouch(doing) {
  const touched = (event) => {
    stop();
    if (!event.target.closest?.("a, button, input, label, summary, select, textarea")) doing();
  };
  const stop = () => FIRST_TOUCH.forEach((name) => removeEventListener(name, touched));
  FIRST_TOUCH.forEach((name) => addEventListener(name, touched));
  return stop;
}
