"""What each character is to marking: part of a word, blank, punctuation, or nothing at all."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LETTER, MARK, APOSTROPHE, BLANK, PUNCTUATION, SYMBOL, LONE, NOTHING = range(8)

APOSTROPHES = frozenset("'’‘ʼʹʻ‛′`´＇\u055a\ua78c")
# Written without blanks between words, so each sign is compared on its own.
_LONE_RANGES = (
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3041, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
_QUOTES = dict.fromkeys("“”„‟«»″＂〝〞「」『』", '"')
_STOPS = {"؟": "?", "،": ",", "؛": ";", "۔": ".", "。": ".", "、": ",", "…": "...", "·": "."}
_DASHES = dict.fromkeys("‐‑‒–—―−﹣－", "-")
_SAME_PUNCTUATION = str.maketrans(
    {**_QUOTES, **_STOPS, **_DASHES} | dict.fromkeys(APOSTROPHES, "'")
)


@lru_cache(maxsize=16384)
def kind_of(char: str) -> int:
    """Return what a character is to marking."""
    if char in APOSTROPHES:
        return APOSTROPHE
    if char.isspace():
        return BLANK
    category = unicodedata.category(char)
    if category[0] == "M":
        return MARK
    if category[0] in "LN":
        code = ord(char)
        return LONE if any(low <= code <= high for low, high in _LONE_RANGES) else LETTER
    if category in ("Sc", "Sm") and char not in _DASHES:
        return SYMBOL
    # Directional marks, joiners and control characters are not seen, so they are not marked.
    return NOTHING if category[0] == "C" else PUNCTUATION


def plain_punctuation(text: str) -> str:
    """Return punctuation in one form: straight quotes, Latin stops, blanks as they are."""
    if text == " " or not text:
        return text
    visible = "".join(char for char in text if kind_of(char) not in (NOTHING, MARK))
    return unicodedata.normalize("NFKC", visible.translate(_SAME_PUNCTUATION))
