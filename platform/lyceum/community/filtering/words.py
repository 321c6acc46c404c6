"""Words and phrases that a school does not want to read, found in spite of tricks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import gettext

from lyceum.community.filtering.folding import fold, without_leet

LONGEST_ENTRY = 100
# Spelt out letter by letter, shorter words would be found in anything.
SHORTEST_SPELT = 3
# A sign that stands for a letter counts as one only within a word.
PART = re.compile(r"\$?[^\W_]+(?:[@$][^\W_]+)*")
RUN = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class WordList:
    """Entries made ready: whole words, beginnings of words, and phrases by their length."""

    words: frozenset[str]
    beginnings: frozenset[str]
    phrases: frozenset[tuple[str, ...]]

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(len(each) for each in self.beginnings)

    def is_in(self, text: str) -> bool:
        """Return whether a text holds any of the entries. Time grows with the text's length."""
        chunks = fold(text).split()
        parts = [part for chunk in chunks for part in PART.findall(chunk)]
        return (
            any(self._matches(form) for word in _candidates(chunks, parts) for form in _forms(word))
            or self._has_phrase(parts)
            or self._is_spelt_out(parts)
        )

    def _matches(self, word: str) -> bool:
        return word in self.words or any(
            word[:length] in self.beginnings for length in self._lengths
        )

    def _has_phrase(self, parts: Sequence[str]) -> bool:
        for length in {len(phrase) for phrase in self.phrases}:
            runs = zip(*(parts[start:] for start in range(length)), strict=False)
            if any(tuple(run) in self.phrases for run in runs):
                return True
        return False

    def _is_spelt_out(self, parts: Sequence[str]) -> bool:
        """Whether single letters in a row spell an entry: `b a d`, `b.a.d`."""
        spelt = " ".join(_spelt(parts))
        return bool(spelt) and any(
            len(word) >= SHORTEST_SPELT and word in spelt
            for word in (*self.words, *self.beginnings)
        )


@lru_cache(maxsize=64)
def word_list(entries: tuple[str, ...]) -> WordList:
    """Return entries ready to be looked for: `word`, `beginning*`, or several words."""
    words, beginnings, phrases = set(), set(), set()
    for entry in entries:
        parts = tuple(without_leet(part) for part in PART.findall(fold(entry)))
        if len(parts) > 1:
            phrases.add(parts)
        elif parts and entry.endswith("*"):
            beginnings.add(parts[0])
        elif parts:
            words.add(parts[0])
    return WordList(frozenset(words), frozenset(beginnings), frozenset(phrases))


def fault_of_entry(entry: str) -> str:
    """Return what is wrong with an entry of a list; "" if nothing is."""
    if len(entry) > LONGEST_ENTRY:
        return gettext("“%(entry)s…” is longer than %(longest_entry)s characters.") % {
            "entry": entry[:20],
            "longest_entry": LONGEST_ENTRY,
        }
    if not PART.findall(fold(entry)):
        return gettext("“%(entry)s” holds neither letters nor digits.") % {"entry": entry}
    return ""


def _candidates(chunks: Sequence[str], parts: Sequence[str]) -> Iterator[str]:
    yield from parts
    for chunk in chunks:
        # `ba.d` and `ba_d` are two parts, and one word to who reads it.
        yield "".join(sign for sign in chunk if sign.isalnum())


def _forms(word: str) -> Iterator[str]:
    """Yield a word as it is and without letters drawn out: `baaad` as `bad` and `baad`."""
    plain = without_leet(word)
    yield from {word, plain, RUN.sub(r"\1", plain), RUN.sub(r"\1\1", plain)}


def _spelt(parts: Sequence[str]) -> Iterator[str]:
    letters: list[str] = []
    for part in (*parts, ""):
        if len(part) == 1:
            letters.append(part)
            continue
        if len(letters) >= SHORTEST_SPELT:
            yield without_leet("".join(letters))
        letters = []
