// What the front end says of its own, in the reader's language.

let words = {};

/** Take the words of a language from `words/<code>.json`; English where there is no such file. */
export async function learnWords(code) {
  for (const name of [code, "en"]) {
    const answer = await fetch(new URL(`words/${name}.json`, import.meta.url)).catch(() => null);
    if (answer?.ok) {
      words = await answer.json();
      return name;
    }
  }
  return "";
}

/** Return a saying by its name, with `{names}` in it filled; that of `other`, where there is none. */
export function t(name, values = {}, other = name) {
  return filled(words[name] ?? words[other] ?? name, values);
}

const filled = (said, values) => said.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

/** Whether there is a saying of this name. */
export const knows = (name) => name in words;

/** Return a saying that depends on a number: `name.one`, `name.few`, `name.other`. */
export function count(name, number, language, values = {}) {
  const form = new Intl.PluralRules(language).select(number);
  return t(words[`${name}.${form}`] ? `${name}.${form}` : `${name}.other`, { number, ...values });
}

/** Return what a language is called by who speaks it, as a name stands in a list. */
export function nameOf(code) {
  const [first, ...rest] = new Intl.DisplayNames([code], { type: "language" }).of(code);
  return first.toLocaleUpperCase(code) + rest.join("");
}

/** Return how somebody's own sayings are said: as `t`, and by the form of `number` where they have forms. */
export function sayings(own, language) {
  const forms = new Intl.PluralRules(language);
  return (name, values = {}) => {
    const form = typeof values.number === "number" && (own[`${name}.${forms.select(values.number)}`] ?? own[`${name}.other`]);
    return filled(form || (own[name] ?? name), values);
  };
}
