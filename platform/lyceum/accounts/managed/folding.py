"""What counts as the same when a child types a user name or a password."""

from __future__ import annotations

import unicodedata

# Beside what Unicode decomposes: letters that keyboards write in two ways.
SAME = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ı": "i"})
# Letters' accents and vowel marks, and what is put between words.
PASSED_OVER = frozenset({"Mn", "Zs", "Pd", "Cf"})
TATWEEL = "\u0640"


def folded(text: str) -> str:
    """
    Return what is compared of a typed text.

    Capitals (tablets write the first letter large), accents and Arabic vowel marks, spaces and
    hyphens do not count, and the digits of all scripts are the same.
    """
    # Twice: to fold the case of a letter can put a mark beside it.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (
        _digit(sign)
        for sign in plain
        if unicodedata.category(sign) not in PASSED_OVER and sign != TATWEEL
    )
    return "".join(kept).translate(SAME)


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
