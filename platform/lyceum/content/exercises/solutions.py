"""What is right, in words: for who writes an exercise, and never for who answers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Accepted:
    """
    What is right for one part of an answer; the first of `texts` is what learners are shown.

    `part` names the gap or the thing to pair, and is "" where the answer has one part only.
    """

    texts: tuple[str, ...]
    part: str = ""


def in_words(solution: Mapping[str, Any], shown: Mapping[str, Any]) -> list[Accepted]:
    """Return a kind's solution part by part, its ids told by the texts that learners see."""
    words = dict(_named(shown))
    return [part for value in solution.values() for part in _parts(value, words)]


def _parts(value: Any, words: Mapping[str, str]) -> Iterator[Accepted]:
    if isinstance(value, Mapping):
        for name, text in value.items():
            yield Accepted((words.get(str(text), str(text)),), words.get(name, name))
    elif not isinstance(value, list):
        yield Accepted((words.get(str(value), str(value)),))
    elif all(str(each) in words for each in value):
        yield Accepted((" · ".join(words[str(each)] for each in value),))
    else:
        for place, text in enumerate(value, start=1):
            yield Accepted((str(text),), str(place))


def _named(shown: Any) -> Iterator[tuple[str, str]]:
    """Yield the id and text of whatever is shown under an id."""
    if isinstance(shown, list):
        for each in shown:
            yield from _named(each)
    elif isinstance(shown, Mapping):
        if isinstance(shown.get("id"), str) and isinstance(shown.get("text"), str):
            yield shown["id"], shown["text"]
        for part in shown.values():
            yield from _named(part)
