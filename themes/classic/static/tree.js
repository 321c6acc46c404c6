// The way through the catalogue: where each page is, and what comes after it.

/** Return the address of each page of the tree, by its id. */
export function pathsOf(items, path = "", found = new Map()) {
  for (const item of items) {
    const base = item.type === "course" ? "/courses/" : "/learn/";
    found.set(item.id, base + path + item.slug);
    pathsOf(item.children, `${path}${item.slug}/`, found);
  }
  return found;
}

/** Return the page to which the slugs of an address lead, with what lies above it; null if none. */
export function pageAt(items, slugs, above = []) {
  const item = items.find((each) => each.slug === slugs[0]);
  if (!item) return null;
  return slugs.length === 1 ? { item, above } : pageAt(item.children, slugs.slice(1), [...above, item]);
}

/** Return the lessons below some pages, in the order of the catalogue. */
export function lessonsOf(items) {
  return items.flatMap((item) => (item.type === "lesson" ? [item] : lessonsOf(item.children)));
}

/** Return the lesson that comes after one in its category, or null after the last. */
export function lessonAfter(items, id) {
  for (const item of items) {
    const lessons = lessonsOf([item]);
    const at = lessons.findIndex((lesson) => lesson.id === id);
    if (at >= 0) return lessons[at + 1] ?? null;
  }
  return null;
}

/** Return the page of an id, wherever it is below some pages; null if it is nowhere. */
export function findPage(items, id) {
  for (const item of items) {
    const found = item.id === id ? item : findPage(item.children, id);
    if (found) return found;
  }
  return null;
}
