// Reading from the API: one thing, or a list page by page.

import { Trouble, app, html, t, useEffect, useState } from "./drawing.js";

/** Read an address: `{value, error, again, set}`; neither value nor error is there at first. */
export function useAnswer(address) {
  const [answer, setAnswer] = useState({});
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    setAnswer({});
    app.api.get(address).then(
      (value) => left || setAnswer({ value }),
      (error) => left || setAnswer({ error }),
    );
    return () => (left = true);
  }, [address, tries]);
  return { ...answer, again: () => setTries(tries + 1), set: (value) => setAnswer({ value }) };
}

/** Read a list: its items so far, and how to have more, to add one, to change and to drop one. */
export function useList(address, query = {}) {
  const key = JSON.stringify([address, query]);
  const [list, setList] = useState({ key, items: null, next: null, error: null });
  const read = async (cursor, before) => {
    try {
      const page = await app.api.get(address, { ...query, cursor });
      const known = new Set(before.map((item) => item.id));
      // What was added here meanwhile is not shown twice.
      const items = [...before, ...page.items.filter((item) => !known.has(item.id))];
      setList((now) => (now.key === key ? { key, items, next: page.next, error: null } : now));
    } catch (error) {
      setList((now) => (now.key === key ? { ...now, error } : now));
    }
  };
  useEffect(() => {
    setList({ key, items: null, next: null, error: null });
    read("", []);
  }, [key]);
  const edit = (change) => setList((now) => ({ ...now, items: change(now.items ?? []) }));
  return {
    ...list,
    more: () => read(list.next ?? "", list.items ?? []),
    add: (item) => edit((items) => [item, ...items]),
    append: (item) => edit((items) => [...items, item]),
    change: (item) => edit((items) => items.map((each) => (each.id === item.id ? item : each))),
    drop: (id) => edit((items) => items.filter((each) => each.id !== id)),
  };
}

/** A list as `useList` has it: its items, what went wrong, and a button for more. */
export function Listed({ list, empty, item }) {
  if (!list.items) return list.error ? html`<${Trouble} error=${list.error} again=${list.more} />` : html`<p class="moments-wait" aria-busy="true"></p>`;
  return html`
    ${list.items.length === 0 && html`<p>${empty}</p>`}
    <ul class="moments-list">${list.items.map((each) => html`<li key=${each.id}>${item(each)}</li>`)}</ul>
    <${Trouble} error=${list.error} />
    ${list.next && html`<p><button class="plain" onClick=${list.more}>${t("more")}</button></p>`}`;
}

let standing = null;
/** What one may do here, as `GET /moments/me` tells it; asked once a page. */
export function useStanding() {
  const [known, setKnown] = useState(null);
  const [error, setError] = useState(null);
  const ask = () => {
    setError(null);
    standing ??= app.api.get("/moments/me").catch((refused) => {
      standing = null;
      throw refused;
    });
    standing.then(setKnown, setError);
  };
  useEffect(ask, []);
  return { value: known, error, again: ask };
}

let tree;
/** Return the lessons of the school by their ids, each with its title and address; read once a page. */
export function lessons() {
  tree ??= app.api.get("/content/tree").then(
    ({ items }) => placed(items, "", new Map()),
    () => new Map(),
  );
  return tree;
}

function placed(items, above, found) {
  for (const item of items) {
    const base = above || (item.type === "course" ? "/courses" : "/learn");
    const address = `${base}/${item.slug}`;
    found.set(item.id, { title: item.title, address });
    placed(item.children, address, found);
  }
  return found;
}
