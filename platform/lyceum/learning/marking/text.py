"""A learner's text, or an accepted form, as words that know their places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from lyceum.learning.marking.characters import (
    APOSTROPHE,
    LETTER,
    LONE,
    MARK,
    NOTHING,
    PUNCTUATION,
    SYMBOL,
    kind_of,
    plain_punctuation,
)
from lyceum.learning.marking.folding import Spelling, spell
from lyceum.learning.marking.languages import Language

# Letters, and signs around which nothing is special: most texts hold no others.
_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ\u0621-\u063a\u0641-\u064a"
_PLAIN_TEXT = re.compile(rf"[{_LETTERS} .,;:!?¿¡؟،؛]*")
_PLAIN_WORD = re.compile(rf"[{_LETTERS}]+")
_BLANKS_IN_NUMBERS = " \u00a0\u2009\u202f"


# A tuple: one is made for every word read, and frozen dataclasses cost thrice as much.
class Word(NamedTuple):
    """One word; `start` and `end` are code points of the text as it was given.

    `within` marks the second part of a contraction in longhand: nothing stands before it.
    """

    start: int
    end: int
    spelling: Spelling
    within: bool = False

    @property
    def key(self) -> str:
        """Return the word without case."""
        return self.spelling.key


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its words, and what stands between them."""

    raw: str
    words: tuple[Word, ...]

    def gap(self, index: int) -> tuple[int, int]:
        """Return the place of what stands before the word `index`, or after the last."""
        start = self.words[index - 1].end if index else 0
        end = self.words[index].start if index < len(self.words) else len(self.raw)
        return start, end

    def between(self, index: int) -> str:
        """Return what stands before the word `index`, in one form of punctuation."""
        start, end = self.gap(index)
        return plain_punctuation(self.raw[start:end])

    def slice(self, first: int, last: int) -> str:
        """Return the text from the word `first` up to, not including, the word `last`."""
        return self.raw[self.words[first].start : self.words[last - 1].end]


def read_text(raw: str, language: Language, *, signs: bool = False) -> Text:
    """Split a text into words; with `signs` each punctuation mark counts as a word too."""
    code = language.code
    words = [
        Word(start, end, spelling)
        for start, end in _spans(raw, language, signs)
        if (spelling := spell(raw[start:end], code)).key
    ]
    return Text(raw, tuple(words))


def _spans(raw: str, language: Language, signs: bool) -> list[tuple[int, int]]:
    """Return where the words are.

    A word starts at a letter and holds letters, marks, unseen characters and apostrophes
    between letters; an elision (l’) ends with its apostrophe.
    """
    if not signs and _PLAIN_TEXT.fullmatch(raw):
        return [match.span() for match in _PLAIN_WORD.finditer(raw)]
    kinds = [kind_of(char) for char in raw]
    spans: list[tuple[int, int]] = []
    start = end = -1
    for at, kind in enumerate(kinds):
        if kind == LETTER:
            start = at if start < 0 else start
            end = at + 1
        elif kind == MARK and start >= 0:
            end = at + 1
        elif kind in (NOTHING, MARK):
            continue
        elif kind == APOSTROPHE and start >= 0:
            if _is_elision(raw[start:at], language):
                spans.append((start, at + 1))
                start = -1
            elif not _letter_follows(kinds, at):
                spans.append((start, end))
                start = -1
        elif start >= 0 and _groups_digits(raw, start, at, language):
            continue
        else:
            if start >= 0:
                spans.append((start, end))
                start = -1
            if kind in (SYMBOL, LONE) or (signs and kind in (PUNCTUATION, APOSTROPHE)):
                spans.append((at, at + 1))
    if start >= 0:
        spans.append((start, end))
    return spans


def _is_elision(before: str, language: Language) -> bool:
    return bool(language.elisions) and before.lower() in language.elisions


def _letter_follows(kinds: list[int], at: int) -> bool:
    for kind in kinds[at + 1 :]:
        if kind != NOTHING:
            return kind == LETTER
    return False


def _groups_digits(raw: str, start: int, at: int, language: Language) -> bool:
    """Tell what groups digits (1,000 in English, 1.000 in German, 1 000 in French)."""
    sign = " " if raw[at] in _BLANKS_IN_NUMBERS else raw[at]
    if sign != language.thousands or not raw[start].isdecimal():
        return False
    following = raw[at + 1 : at + 5]
    return len(following) >= 3 and following[:3].isdecimal() and not following[3:].isdecimal()
