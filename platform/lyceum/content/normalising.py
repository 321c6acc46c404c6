"""Folding text for search, so that each spelling of a word finds the others."""

from __future__ import annotations

import re
import unicodedata

TATWEEL = "\u0640"

# Written one for another in everyday Arabic: the forms of alef, final ya, ta marbuta, and the
# seats of hamza. Persian's kaf and ya look like Arabic's.
ARABIC = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        TATWEEL: None,
    }
)
# Latin letters that no decomposition reduces to their base.
LATIN = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "œ": "oe", "æ": "ae", "’": "'", "‘": "'"}
)

WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return text without case, accents and Arabic vowel marks, its letters' variants as one."""
    # Arabic first: decomposed, a hamza would come off as a mark and leave its seat behind.
    composed = unicodedata.normalize("NFKC", text).translate(ARABIC).casefold()
    bare = (c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    return "".join(bare).translate(LATIN)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return WORD.findall(fold(text))
