// A lesson as steps: on each of them one thing to look at or to do, and what is said about it.

// What a child looks at, beside what plugins draw; all else is for the grown-up who sits beside.
const SHOWN = new Set(["text", "image", "audio", "video", "slides", "vocabulary", "dialogue", "exercise"]);

/**
 * Return the `steps` of a lesson, each `{id, sound, blocks}`, and the blocks that are `notes` for grown-ups.
 *
 * A sound is said with what comes after it; a text below a picture belongs to the picture.
 */
export function stepsOf(lesson, others) {
  const steps = [];
  const notes = [];
  let sound = null;
  const add = (block) => {
    steps.push({ id: block.id, sound, blocks: block === sound ? [] : [block] });
    sound = null;
  };
  for (const block of lesson.body.filter(isThere)) {
    if (!SHOWN.has(block.type) && !block.plugin) notes.push(block);
    else if (block.type === "audio") {
      if (sound) add(sound);
      sound = block;
    }
    else if (block.type === "text" && !sound && steps.at(-1)?.blocks[0]?.type === "image") steps.at(-1).blocks.push(block);
    else add(block);
  }
  if (sound) add(sound);
  for (const exercise of others) add({ id: exercise.id, type: "exercise", exercise });
  return { steps, notes };
}

const isThere = (block) => !(block.type in block) || Boolean(block[block.type]);

/** Return the words of a step that has no sound, for a voice to say. */
export function wordsOf({ blocks }, exercise) {
  if (exercise) return exercise.instructions || exercise.title;
  return blocks.map(wordsOfBlock).filter(Boolean).join(" ");
}

function wordsOfBlock(block) {
  if (block.type === "text") return plain(block.html);
  if (block.type === "image") return block.caption || block.image.alt;
  if (block.type === "slides") return block.slides.map((slide) => `${slide.title}. ${plain(slide.html)}`).join(" ");
  return block.caption ?? "";
}

const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

/** Return the number of the step to begin with: the one asked for, else the first that is not behind one. */
export function firstStep(steps, asked, isBehind) {
  const place = steps.findIndex(({ id }) => `block-${id}` === asked);
  if (place >= 0) return place;
  const exercises = steps.filter(({ blocks }) => blocks[0]?.type === "exercise");
  if (!exercises.some(isBehind)) return 0;
  const next = steps.indexOf(exercises.find((step) => !isBehind(step)));
  return next < 0 ? 0 : next;
}
