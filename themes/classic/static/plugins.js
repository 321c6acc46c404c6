// Screens that plugins bring: each is drawn in a place of its own, and one that throws loses itself only.

import { get } from "./api.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { t } from "./words.js";

const VERSION = "1.0.0"; // of what a plugin's `register(app)` is given
const brought = { slots: [], routes: [], menu: [] };
const listeners = new Set();

/** Load the screens of the plugins in force. Called once the page stands. */
export async function loadPlugins(school, language) {
  await Promise.all(school.plugins.filter((plugin) => plugin.web).map((plugin) => load(plugin, language)));
  listeners.forEach((changed) => changed());
}

async function load(plugin, language) {
  try {
    const { register } = await import(plugin.web);
    await register(appFor(plugin, language));
  } catch (error) {
    console.error(`The screens of ${plugin.slug} are left out.`, error);
  }
}

/** What a plugin is given: the public face of this front end. */
function appFor({ slug }, language) {
  return Object.freeze({
    version: VERSION,
    language,
    api: Object.freeze({ get }),
    t: (said) => said,
    tokens: (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim(),
    slot: (name, draw) => brought.slots.push({ slug, name, draw }),
    route: (path, draw) => brought.routes.push({ slug, path, draw }),
    menu: (entry) => brought.menu.push({ slug, ...entry }),
  });
}

/** What plugins put into a slot. `about` is what the slot is about: a lesson, an exercise, a person. */
export function Slot({ name, about }) {
  useChanges();
  const drawn = brought.slots.filter((slot) => slot.name === name);
  return drawn.map((slot) => html`<${Place} key=${slot.slug} slot=${slot} about=${about} />`);
}

/** Return what plugins added to the menu. */
export function useMenu() {
  useChanges();
  return brought.menu;
}

/** The screen of a plugin at an address, or nothing. */
export function PluginScreen({ match }) {
  useChanges();
  const route = brought.routes.find(({ path }) => path === match[0]);
  return route ? html`<${Place} slot=${route} />` : html`<h1>${t("nothing-here")}</h1>`;
}

function Place({ slot, about }) {
  const place = useRef();
  useEffect(() => {
    const element = place.current;
    try {
      const left = slot.draw(element, about);
      return () => {
        if (typeof left === "function") left();
        element.replaceChildren();
      };
    } catch (error) {
      console.error(`${slot.slug} failed in ${slot.name ?? slot.path}.`, error);
      element.replaceChildren();
    }
  }, [slot, about?.id]);
  return html`<div class=${`plugin ${slot.slug}`} ref=${place} />`;
}

function useChanges() {
  const [, change] = useState(0);
  useEffect(() => {
    const changed = () => change((times) => times + 1);
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, []);
}
