// Where plugins draw: slots within the screens of the school, and screens of their own.

import { brought, onChange, states } from "./plugins.js";
import { Component, html, render, useEffect, useRef, useState } from "./vendor/preact.js";
import { t } from "./words.js";

/** What plugins put into a slot. `about` is what it is about, as `{ lesson }`; it is drawn anew when that changes. */
export function Slot({ name, about = {} }) {
  useChanges();
  const drawn = brought.slots.filter((slot) => slot.name === name);
  const waiting = [...states.values()].includes("waiting");
  return html`<div class=${`slot ${name.replace(".", "-")} ${waiting ? "waiting" : ""}`}>
    ${drawn.map((slot) => html`<${Place} key=${slot.id} thing=${slot} about=${about} />`)}
  </div>`;
}

/** Return what plugins added to the menu. */
export function useMenu() {
  useChanges();
  return brought.menu;
}

/** What draws a block or a kind of exercise: undefined while its plugin is loaded, null where none draws it. */
export function useDrawn(what, name) {
  useChanges();
  const isAwaited = [...states].some(([slug, state]) => state === "waiting" && name.startsWith(`${slug}_`));
  return brought[what].find((each) => each.name === name) ?? (isAwaited ? undefined : null);
}

/** The screen of a plugin at an address, or word that there is none. */
export function PluginScreen({ match: [path] }) {
  useChanges();
  const state = states.get(path.split("/")[1]);
  const route = brought.routes.find(({ pattern }) => pattern.test(path));
  if (state === "waiting") return html`<p aria-busy="true"></p>`;
  if (state === "failed") return html`<p class="trouble" role="alert">${t("plugin-unavailable")}</p>`;
  if (!route) return html`<h1>${t("nothing-here")}</h1><p><a href="/">${t("to-catalogue")}</a></p>`;
  return html`<${Place} key=${route.path} thing=${route} about=${paramsOf(route, path)} />`;
}

function paramsOf({ pattern }, path) {
  const found = Object.entries(path.match(pattern).groups ?? {});
  return Object.fromEntries(found.map(([name, value]) => [name, decodeURIComponent(value)]));
}

/** An element that a plugin fills: by itself, or with a template that is drawn for it; `instead` stands there when it breaks. */
export function Place({ thing, about, instead = null }) {
  const place = useRef();
  const [isLost, lose] = useState(false);
  useEffect(() => draw(thing, place.current, about, () => lose(true)), [thing, ...Object.values(about)]);
  useEffect(() => {
    const element = place.current;
    return () => render(null, element);
  }, []);
  return html`<div class=${`plugin ${thing.slug}`} ref=${place} />${isLost && instead}`;
}

// Elements that hold a template: it is kept, and changed by the next; what a plugin drew by itself goes.
const templated = new WeakSet();

/** Have a plugin draw; return how to end it. Whatever it throws, now or later, costs this place only. */
function draw(thing, place, about, lost) {
  let ended = false;
  let end = () => {};
  const take = (made) => {
    if (typeof made === "function") end = made;
    else if (made && !ended) {
      templated.add(place);
      render(html`<${Guard} lost=${(error) => lose(error)}>${made}<//>`, place);
    }
    else if (!made && !ended && templated.has(place)) render(null, place);
    if (ended) end();
  };
  const lose = (error) => {
    console.error(`${thing.slug} failed in ${thing.name ?? thing.path}.`, error);
    lost();
    if (!templated.has(place)) place.replaceChildren();
  };
  const guarded = (doing) => {
    try {
      return doing();
    } catch (error) {
      return lose(error);
    }
  };
  guarded(() => {
    const made = thing.draw(place, about);
    if (typeof made?.then === "function") made.then(take).catch(lose);
    else take(made);
  });
  return () => {
    ended = true;
    guarded(end);
    if (!templated.has(place)) place.replaceChildren();
  };
}

/** Leaves out a template that throws. */
class Guard extends Component {
  componentDidCatch(error) {
    this.props.lost(error);
    this.setState({ isLost: true });
  }
  render({ children }, { isLost }) {
    return isLost ? null : children;
  }
}

function useChanges() {
  const [, change] = useState(0);
  useEffect(() => onChange(change), []);
}
