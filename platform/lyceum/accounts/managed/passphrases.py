"""Passwords for small children: three short words and a number, found by chance."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
FALLBACK = "en"
COUNT = 3
# Two digits: enough to add, few enough to type.
SMALLEST, LARGEST = 10, 99


def new_passphrase(language: str) -> str:
    """
    Return a password such as `frog milk sun 42`, in a language that there are words of.

    At least 30 bits: 256 words or more, three of them, and one of 90 numbers. However it is typed,
    with capitals, accents and blanks or without, it is the same password.
    """
    words = [secrets.choice(words_of(language)) for _ in range(COUNT)]
    number = SMALLEST + secrets.randbelow(LARGEST - SMALLEST + 1)
    return " ".join([*words, str(number)])


@cache
def words_of(language: str) -> tuple[str, ...]:
    """Return the words that passwords of a language are made of; English ones for one unknown."""
    file = WORDS / f"{language}.txt"
    if not file.exists():
        file = WORDS / f"{FALLBACK}.txt"
    return tuple(file.read_text(encoding="utf-8").split())
