// From which side a text is read that is in the reader's language, and may quote another.

const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufefc]/;
const FROM_LEFT = /[A-Za-z\u00c0-\u058f\u0e00-\u1fff\u3040-\ud7af]/;

/**
 * Return "rtl" or "ltr" for such a text: the page's side, as soon as one of its letters is read from there.
 *
 * By its first letter, as `dir="auto"` has it, "he للمذكر" would be turned around.
 */
export function sideOf(text) {
  const [own, side, other] = document.documentElement.dir === "rtl" ? [FROM_RIGHT, "rtl", "ltr"] : [FROM_LEFT, "ltr", "rtl"];
  const foreign = side === "rtl" ? FROM_LEFT : FROM_RIGHT;
  return own.test(text) || !foreign.test(text) ? side : other;
}
