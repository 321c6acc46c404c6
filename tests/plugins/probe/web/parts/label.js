// A line of text. What is written is text: never HTML.
export function label(text, place) {
  const line = document.createElement("p");
  line.textContent = text;
  place.append(line);
}
