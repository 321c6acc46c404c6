"""Texts as a filter compares them: written in whatever letters, they come out the same."""

from __future__ import annotations

import unicodedata

TATWEEL = "\u0640"
# Full stops of other scripts, with which an address can be written.
STOPS = str.maketrans({"。": ".", "｡": ".", "．": ".", "․": ".", "‧": "."})
# Letters of other scripts that look like a Latin one. Both sides of a comparison are folded, so a
# Russian or Greek word is still found by itself.
LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһԛԝѵӏαεορυικντχѡⅼ\u0131",
    "aeopcyxijsdhqwvlaeopuikvtxwli",
)
LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
)


def fold(text: str) -> str:
    """
    Return a text in compatibility form (NFKC), case folded, without what cannot be seen.

    Invisible characters, marks piled upon letters, vowel marks and the tatweel are dropped; letters
    that look like Latin ones become them.
    """
    # Twice: folding the case of some letters leaves them decomposed.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    seen = "".join(sign for sign in folded.translate(STOPS) if not _is_unseen(sign))
    return seen.translate(LOOK_ALIKES)


def without_leet(word: str) -> str:
    """Return a folded word with the digits and signs that stand for letters made letters."""
    return word.translate(LEET) if any(sign.isalpha() for sign in word) else word


def _is_unseen(sign: str) -> bool:
    return sign == TATWEEL or unicodedata.category(sign) in ("Cf", "Mn", "Me")
