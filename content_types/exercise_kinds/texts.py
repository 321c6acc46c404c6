"""Comparing the texts of a task with each other, for its creator's form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator


def tidy(text: str) -> str:
    """Return a text without what no reader sees: kinds of blanks, ways to encode a letter."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(text: str) -> str:
    """Return a tidy text without the difference of capital and small letters."""
    return tidy(text).casefold()


def twice(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the place and text of each that looks like one before it; case tells them apart."""
    seen: set[str] = set()
    for place, text in enumerate(texts):
        key = tidy(text)
        if key in seen:
            yield place, text
        seen.add(key)


def holds(text: str, part: str) -> bool:
    """Tell whether a text holds another, as whole words; signs at its ends do not count."""
    wanted = folded(part).strip(" .,;:!?¡¿…\"'“”‘’«»()؟،")
    if not wanted:
        return False
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded(text)) is not None
