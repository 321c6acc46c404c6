"""What the preview page says of its own, in the languages of the deployment."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("words.json")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def words_in(language: str) -> dict[str, str]:
    """Return the page's words by name; those that a language lacks are in English."""
    every = _words()
    return {name: said.get(language) or said["en"] for name, said in every.items()}


def direction_of(language: str) -> str:
    """Return in which direction a language is written, as HTML says it."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return words
