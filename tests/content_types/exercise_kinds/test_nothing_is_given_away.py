"""What learners see before answering tells nothing: neither its parts, nor its order and ids.

Exercises of each kind are made with their answers in the place where creators most often put them
(the correct option first, pairs side by side, items in order), each with a seed of its own.
Guessers who look at what is shown and nothing else must not earn more than blind ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from statistics import mean, pstdev
from typing import Any

import pytest

from content_types.exercise_kinds import drag_drop, fill_blank, matching, multiple_choice

from .tasks import an_audio, an_image, grade, is_uuid, kind_named, read, show

EXERCISES = 120
BLIND_TRIES = 30
# So many standard errors above blind guessing is a leak; by chance it is 1 in 30,000 runs, and
# this run is always the same.
MOST = 4.0

Task = dict[str, Any]
Guesser = Callable[[list[str], list[str]], list[int]]


def words(chance: random.Random, count: int) -> list[str]:
    """Make words of 3 to 9 letters, each once."""
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 9))))
    # A set has an order of its own; sorting and shuffling makes it this generator's.
    texts = sorted(found)
    chance.shuffle(texts)
    return texts


def choices(chance: random.Random, correct: int = 1) -> Task:
    texts = words(chance, chance.randint(correct + 1, 6))
    options = [{"text": text, "correct": place < correct} for place, text in enumerate(texts)]
    return {"language": "en", "question": "Which?", "options": options}


def several_choices(chance: random.Random) -> Task:
    return choices(chance, correct=2)


def bank(chance: random.Random) -> Task:
    texts = words(chance, 7)
    gaps = chance.randint(2, 5)
    text = " and ".join(f"{{{word}}}" for word in texts[:gaps])
    return {"language": "en", "text": text, "word_bank": texts[gaps:]}


def pairs(chance: random.Random) -> Task:
    count = chance.randint(2, 6)
    texts = words(chance, 2 * count + 1)
    two = [{"left": texts[n], "right": texts[count + n]} for n in range(count)]
    return {
        "language": "en",
        "pairs": two,
        "distractors": texts[2 * count :][: chance.randint(0, 1)],
    }


def order(chance: random.Random) -> Task:
    return {"language": "en", "items": words(chance, chance.randint(2, 7))}


def heard(chance: random.Random) -> Task:
    form = {"kind": "multiple_choice", **choices(chance)}
    told = form["options"][0]["text"]
    return {"language": "en", "audio": "sound.mp3", "transcript": f"It is {told}.", "form": form}


MAKERS = {
    "one choice": ("multiple_choice", choices),
    "several choices": ("multiple_choice", several_choices),
    "word bank": ("fill_blank", bank),
    "pairs": ("matching", pairs),
    "order": ("drag_drop", order),
    "listening": ("listening", heard),
}


def by(key: Callable[[str, str], Any], *, reverse: bool = False) -> Guesser:
    """Make a guesser who ranks things by what is shown of them: id and text."""

    def guess(ids: list[str], texts: list[str]) -> list[int]:
        return sorted(range(len(texts)), key=lambda at: key(ids[at], texts[at]), reverse=reverse)

    return guess


GUESSERS: dict[str, Guesser] = {
    "as shown": lambda ids, texts: list(range(len(texts))),
    "last first": lambda ids, texts: list(reversed(range(len(texts)))),
    "rotated by one": lambda ids, texts: [*range(1, len(texts)), 0],
    "by id": by(lambda name, text: name),
    "by id, last first": by(lambda name, text: name, reverse=True),
    "by the id's last digits": by(lambda name, text: name[::-1]),
    "alphabetical": by(lambda name, text: text),
    "longest first": by(lambda name, text: len(text), reverse=True),
    "shortest first": by(lambda name, text: len(text)),
}


def answer(shown: dict[str, Any], rank: Guesser, wanted: int) -> dict[str, Any]:
    """Answer by a ranking of what is shown, in whichever shape is asked for."""

    def ranked(items: list[dict[str, str]]) -> list[str]:
        ids = [item["id"] for item in items]
        return [ids[at] for at in rank(ids, [item["text"] for item in items])]

    if "form" in shown:
        return answer(shown["form"], rank, wanted)
    if "options" in shown:
        return {"choices": ranked(shown["options"])[:wanted]}
    if "left" in shown:
        partners = zip(ranked(shown["left"]), ranked(shown["right"]), strict=False)
        return {"pairs": dict(partners)}
    if "items" in shown:
        return {"order": ranked(shown["items"])}
    gaps = sum("gap" in segment for segment in shown["segments"])
    # Words of a bank have no ids.
    texts = shown["bank"]
    return {"gaps": [texts[at] for at in rank(texts, texts)][:gaps]}


def exercises(name: str) -> Iterator[tuple[str, Task, str]]:
    kind, make = MAKERS[name]
    for number in range(EXERCISES):
        task = read(kind, make(random.Random(f"{name} {number}")))
        yield kind, task, f"seed {number}"


def advantages(name: str) -> dict[str, float]:
    """Return by how many standard errors each guesser beats blind guessing."""
    gains: dict[str, list[float]] = {guesser: [] for guesser in GUESSERS}
    variance = 0.0
    blind = random.Random(name)
    for kind, task, seed in exercises(name):
        shown = show(kind, task, seed=seed)
        wanted = 2 if name == "several choices" else 1

        def earn(rank: Guesser) -> float:
            given = answer(shown, rank, wanted)  # noqa: B023 - called within this round
            return grade(kind, task, given, seed=seed).score or 0.0  # noqa: B023

        def at_random(ids: list[str], texts: list[str]) -> list[int]:
            return blind.sample(range(len(texts)), len(texts))

        chance = [earn(at_random) for _ in range(BLIND_TRIES)]
        # The expectation is itself an estimate: its error adds to that of the guess.
        variance += pstdev(chance) ** 2 * (1 + 1 / BLIND_TRIES)
        for guesser, rank in GUESSERS.items():
            gains[guesser].append(earn(rank) - mean(chance))
    return {guesser: sum(gained) / variance**0.5 for guesser, gained in gains.items()}


@pytest.fixture
def audio(db):
    return an_audio("sound.mp3")


@pytest.mark.usefixtures("audio")
@pytest.mark.parametrize("name", MAKERS)
def test_no_guess_from_what_is_shown_is_better_than_a_blind_one(name):
    found = advantages(name)
    assert max(found.values()) < MOST, found


@pytest.mark.usefixtures("audio")
@pytest.mark.parametrize("name", MAKERS)
def test_the_guessers_would_find_the_creators_order(name, monkeypatch):
    for module in (drag_drop, fill_blank, matching, multiple_choice):
        monkeypatch.setattr(module, "shuffled", lambda items, **_: list(items))
    assert advantages(name)["as shown"] > 2 * MOST


def strings(shown: Any) -> Iterator[str]:
    """Yield every text in something shown, keys included."""
    if isinstance(shown, dict):
        yield from shown
        for value in shown.values():
            yield from strings(value)
    elif isinstance(shown, list):
        for value in shown:
            yield from strings(value)
    else:
        yield str(shown)


SECRET_KEYS = {
    *("correct", "accept", "accepted", "answer", "answers", "solution", "transcript", "feedback"),
    *("also", "pairs", "forbidden", "file", "filename", "title", "url", "model_answer"),
}
SECRET = "zzyzx"

SECRET_TASKS: dict[str, tuple[str, Task]] = {
    "a choice's feedback and image": (
        "multiple_choice",
        {
            "language": "en",
            "question": "Which?",
            "options": [
                {"text": "one", "correct": True, "feedback": {"en": SECRET}},
                {"text": "two", "feedback": {"en": SECRET}},
            ],
            "image": {"file": SECRET, "alt": "A number"},
        },
    ),
    "gaps": ("fill_blank", {"language": "en", "text": f"a {{{SECRET}|b{SECRET}}} c"}),
    "a translation": (
        "translation",
        {"language": "en", "source": {"es": "a"}, "accept": [SECRET], "forbidden": [f"{SECRET}s"]},
    ),
    "a dictation": (
        "listening",
        {
            "language": "en",
            "audio": SECRET,
            "transcript": SECRET,
            "form": {"kind": "dictation", "accept": [SECRET]},
        },
    ),
    "a heard text with gaps": (
        "listening",
        {
            "language": "en",
            "audio": SECRET,
            "transcript": SECRET,
            "form": {"kind": "fill_blank", "text": f"a {{{SECRET}}} c"},
        },
    ),
    "another order": (
        "drag_drop",
        {"language": "en", "items": ["a", "b"], "also": [["b", "a"]]},
    ),
    "a matching": (
        "matching",
        {"language": "en", "pairs": [{"left": "a", "right": "b"}, {"left": "c", "right": "d"}]},
    ),
    "a sentence": ("speaking", {"language": "en", "sentence": "a", "audio": SECRET}),
    "a model answer": (
        "voice_response",
        {"language": "en", "prompt": "a", "model_answer": SECRET},
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SECRET_TASKS)
def test_nothing_shown_holds_a_solution_a_transcript_or_a_files_name(name):
    an_audio(f"{SECRET}.mp3")
    an_image(f"{SECRET}.png")
    kind, data = SECRET_TASKS[name]
    task = read(kind, data)
    for language in ("en", "es", "ar"):
        found = set(strings(show(kind, task, language=language)))
        assert not found & SECRET_KEYS
        assert not [text for text in found if SECRET in text]
        assert not [text for text in found if text.endswith((".mp3", ".png"))]


@pytest.mark.django_db
def test_files_are_named_by_the_librarys_uuid_alone():
    audio, image = an_audio("sound.mp3"), an_image("picture.png")
    choice = {
        "language": "en",
        "question": "Which?",
        "options": [{"text": "one", "correct": True}, {"text": "two"}],
        "image": {"file": "picture.png", "alt": ""},
    }
    listening = {
        "language": "en",
        "audio": "sound.mp3",
        "transcript": "one",
        "form": {"kind": "multiple_choice", **choice},
    }
    shown = show("listening", read("listening", listening))
    assert shown["audio"] == {"id": str(audio.uuid)}
    assert shown["form"]["image"] == {"id": str(image.uuid), "alt": ""}
    assert is_uuid(shown["audio"]["id"])


@pytest.mark.parametrize("name", ["gaps of different lengths", "gaps with many answers"])
def test_gaps_look_all_the_same(name):
    text = {
        "gaps of different lengths": "{a} {internationalisation} {of}",
        "gaps with many answers": "{a|b|c} {(d|e) [f]} {g}",
    }[name]
    shown = show("fill_blank", read("fill_blank", {"language": "en", "text": text}))
    assert shown["segments"] == [{"gap": 0}, {"text": " "}, {"gap": 1}, {"text": " "}, {"gap": 2}]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["gaps", "a translation", "a dictation", "a heard text with gaps"])
def test_writing_down_anything_that_is_shown_earns_nothing(name):
    an_audio(f"{SECRET}.mp3")
    kind, data = SECRET_TASKS[name]
    task = read(kind, data)
    shape = next(iter(kind_named(kind).solution(task, seed="s")))
    for text in strings(show(kind, task)):
        given = {"gaps": [text]} if shape == "gaps" else {"text": text}
        assert grade(kind, task, given).score == 0, text
