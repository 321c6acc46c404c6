// What plugins are given, and what they brought. Each is loaded apart: one that fails loses itself only.

import { broughtSayings, get, patch, post, put, remove } from "./api.js";
import { Fragment, html, useEffect, useMemo, useRef, useState } from "./vendor/preact.js";
import { sayings } from "./words.js";

// Of what `register(app)` is given: the version of the host's API.
const VERSION = "1.0.0";
const SLOTS = ["lesson.after", "exercise.after", "person.profile", "home.card", "nav"];

export const brought = { slots: [], routes: [], menu: [], blocks: [], exercises: [] };
// By slug: "waiting", "ready" or "failed".
export const states = new Map();
const listeners = new Set();
let times = 0;

/** Load the screens of the plugins in force. Called once the page stands. */
export function loadPlugins(told) {
  const bringing = told.school.plugins.filter((plugin) => plugin.web);
  bringing.forEach((plugin) => states.set(plugin.slug, "waiting"));
  changed();
  bringing.forEach((plugin) => load(plugin, told));
}

/** Have a function called now, and whenever plugins brought something, with how often they did; return how to stop. */
export function onChange(listener) {
  listener(times);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function load(plugin, told) {
  const { slug } = plugin;
  try {
    const { register } = await import(plugin.web);
    await register(appFor(plugin, told, wordsOf(plugin, told.language)));
    states.set(slug, "ready");
  } catch (error) {
    console.error(`The screens of ${slug} are left out.`, error);
    // All or nothing: what it brought before it failed may need what it did not bring.
    for (const name of Object.keys(brought)) brought[name] = brought[name].filter((each) => each.slug !== slug);
    states.set(slug, "failed");
  }
  changed();
}

function changed() {
  times += 1;
  listeners.forEach((listener) => listener(times));
}

/** The words that a plugin says: in the reader's language, else in English, else in one that it has. */
function wordsOf({ slug, languages }, language) {
  const said = broughtSayings[slug];
  if (!said && languages.length) throw new Error(`${slug} has words that cannot be read.`);
  return sayings(said?.words ?? {}, said?.language ?? language);
}

/** What a plugin is given: the public face of this front end. Explained in platform/docs/plugins.md. */
function appFor({ slug, web }, { school, me, language }, t) {
  const bring = (what, thing) => {
    const one = Object.freeze({ id: times, slug, ...thing });
    // By their plugins' names, whichever was loaded first.
    brought[what] = [...brought[what], one].sort((a, b) => a.slug.localeCompare(b.slug) || a.id - b.id);
    changed();
  };
  return Object.freeze({
    version: VERSION,
    school,
    me,
    language,
    api: Object.freeze({ get, post, put, patch, remove }),
    ui: Object.freeze({ html, Fragment, useState, useEffect, useMemo, useRef }),
    t,
    tokens: (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name.replace(".", "-")}`).trim(),
    style: (file) => link(new URL(file, new URL(web, location))),
    go: (path) => show(path),
    slot: (name, draw) => bring("slots", { name: known(name), draw }),
    route: (path, draw) => bring("routes", { path, pattern: patternOf(slug, path), draw }),
    block: (type, draw) => bring("blocks", { name: named(slug, type), draw }),
    exercise: (kind, draw) => bring("exercises", { name: named(slug, kind), draw }),
    menu: ({ label, to }) => bring("menu", { label, to: within(slug, to) }),
  });
}

/** Show another screen of this front end. */
function show(path) {
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
  scrollTo(0, 0);
}

function link(address) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = address;
  document.head.append(sheet);
}

function known(name) {
  if (!SLOTS.includes(name)) throw new Error(`There is no slot ${name}.`);
  return name;
}

/** The path itself, if it is the plugin's own: no plugin takes another's place, nor the school's. */
function within(slug, path) {
  if (path !== `/${slug}` && !path.startsWith(`/${slug}/`)) throw new Error(`${path} is not below /${slug}.`);
  return path;
}

/** The name itself, if it is the plugin's own: no plugin draws what another brought, nor the platform's. */
function named(slug, name) {
  if (!name.startsWith(`${slug}_`)) throw new Error(`${name} does not begin with ${slug}_.`);
  return name;
}

/** Of `/letters/:id` what finds the id in an address. */
function patternOf(slug, path) {
  const parts = within(slug, path).split("/");
  const found = parts.map((part) => (part.startsWith(":") ? `(?<${part.slice(1)}>[^/]+)` : part.replace(/[^\w-]/g, "\\$&")));
  return new RegExp(`^${found.join("/")}/?$`);
}
