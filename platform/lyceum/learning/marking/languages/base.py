"""What marking must know of one language, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Language:
    """The spelling of one language, as far as marking depends on it.

    `letters`: composed letters whose mark makes another letter of the alphabet, so that leaving
    the mark out is a wrong letter; every other mark of the script is an accent.
    `typed`: letters and how they are typed where the keyboard lacks them (ä as ae).
    `same`: letters that are always read as others (œ as oe).
    `endings`: inflectional endings; a known word that differs from the expected one in its
    ending alone is another form of the word, even where it is rare.
    `common`: the Zipf value from which a word is a word of the language in its own right.
    `slips`: misspellings so frequent that word counts take them for words.
    `words`: forms that word counts take for slips, though they are faults of grammar.
    `fused`: words that must be written for two others (al for a el), with those two.
    `elisions`: words that lose their vowel before an apostrophe, without it.
    `without_apostrophe`: what are other words when their apostrophe is left out.
    `added`: endings that, added or left out, are grammar however rare the form.
    `harmony`: whether an unknown form with fitting vowels is taken for a form of the word.
    `thousands`: the sign that groups digits.
    `variants`: spellings that are both right, in pairs.
    """

    code: str
    name: str
    letters: frozenset[str] = frozenset()
    typed: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    endings: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    harmony: bool = False
    common: float = 3.1
    slips: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    variants: frozenset[frozenset[str]] = frozenset()
    elisions: frozenset[str] = frozenset()
    without_apostrophe: frozenset[str] = frozenset()
    fused: Mapping[str, str] = field(default_factory=dict)
    dotless_i: bool = False
    arabic_script: bool = False
    thousands: str = ""


def pairs(text: str) -> frozenset[frozenset[str]]:
    """Read spelling variants written as `colour=color grey=gray`."""
    return frozenset(frozenset(pair.split("=")) for pair in text.split())


def words(text: str) -> frozenset[str]:
    """Read words separated by blanks."""
    return frozenset(text.split())
