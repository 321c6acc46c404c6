"""Typos: which slips of the pen are forgiven, and which make another word.

An edit is a letter too many, too few, another, or two neighbours changed about. The length of the
EXPECTED word decides: one edit from five letters on, two from nine on, wherever in the word they
are, the first letter included. Numbers have no typos. Whether the edit makes another
word of the language is judged by how often the two occur:

* common words (at or above the language's bar) are words in their own right;
* a rarer word is a word where it is at most 1.4 Zipf below the expected one (measured: real
  neighbours lie at most 1.1 below, misspellings 1.7 to 3.0), or 2.2 where the two
  differ in an inflectional ending alone (coffee/coffees);
* an s added or left out in English, Spanish or French is grammar, however rare the form, unless
  it doubles one (succes); so are Arabic endings;
* a word that is far more at home in English is a loan at best, and no form of its own here: music
  for German Musik is a slip;
* the language's own lists of slips and of words decide before any count.
"""

from __future__ import annotations

from functools import lru_cache

from lyceum.learning.marking.frequency import UNKNOWN, is_counted, zipf, zipf_in_english
from lyceum.learning.marking.languages import Language

WORD_WITHIN = 1.4
FORM_WITHIN = 2.2
# Below this even word lists made from the web hold little but noise.
_NOISE = 1.3
_LONGEST = 64
# So much commoner in English, and so much rarer than the expected word, that it is English.
_FOREIGN = 1.0
_FRONT, _BACK = frozenset("eiöü"), frozenset("aıou")
_VOWELS = _FRONT | _BACK


@lru_cache(maxsize=65536)
def allowed_edits(expected: str) -> int:
    """Return how many edits a word may have, by the letters of the expected word."""
    letters = len(expected) if expected.isalpha() else sum(map(str.isalpha, expected))
    if letters > _LONGEST or (letters < len(expected) and any(map(str.isdecimal, expected))):
        return 0
    return 2 if letters >= 9 else 1 if letters >= 5 else 0


def distance(one: str, other: str, most: int) -> int:
    """Return the edits between two words, or `most` + 1 where there are more.

    The optimal string alignment distance: insert, delete, replace, or swap two neighbours.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    one, other = _without_common_ends(one, other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            swapped = i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right
            row.append(min(best, older[j - 2] + 1) if swapped else best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    """Return what is left of two words; no edit is ever spared by changing what they share."""
    start, end, shorter = 0, 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


@lru_cache(maxsize=65536)
def is_other_word(given: str, expected: str, language: Language) -> tuple[bool, str]:
    """Tell whether `given` is a word of its own beside `expected`, and why, for creators."""
    if given in language.slips:
        return False, f"“{given}” is on {language.name}'s list of common misspellings"
    if given in language.words:
        return True, f"“{given}” is on {language.name}'s list of wrong forms"
    if not is_counted(language.code):
        return False, f"there are no word counts for {language.name} to tell"
    ours, theirs = zipf(given, language.code), zipf(expected, language.code)
    stem = _same_stem(given, expected, language)
    if stem and language.harmony and ours == UNKNOWN and _is_form(given, stem, language):
        return True, f"another ending of the same word in {language.name}"
    if not stem and theirs - ours >= _FOREIGN and _is_english(given, ours, language):
        return False, f"“{given}” is English rather than {language.name}"
    within = FORM_WITHIN if stem else WORD_WITHIN
    if ours >= language.common or (ours >= _NOISE and theirs - ours <= within):
        return True, f"both are words of {language.name} (Zipf {ours:.1f} and {theirs:.1f})"
    if ours >= _NOISE and _differ_by(given, expected, language.added):
        return True, f"another form of the word in {language.name}"
    if ours == UNKNOWN:
        return False, f"“{given}” is no known word of {language.name}"
    return (
        False,
        f"“{given}” is far rarer than the expected word (Zipf {ours:.1f} and {theirs:.1f})",
    )


def _same_stem(given: str, expected: str, language: Language) -> str:
    """Return the stem of words that differ in an inflectional ending alone, or nothing."""
    for cut in range(2, min(len(given), len(expected)) + 1):
        if given[:cut] != expected[:cut]:
            return ""
        if given[cut:] in language.endings and expected[cut:] in language.endings:
            return given[:cut]
    return ""


def _differ_by(given: str, expected: str, endings: frozenset[str]) -> bool:
    """Tell whether one word is the other with an ending added that does not double its last."""
    shorter, longer = sorted((given, expected), key=len)
    added = longer.removeprefix(shorter)
    return added in endings and not shorter.endswith(added)


def _is_english(word: str, ours: float, language: Language) -> bool:
    """Tell whether a word that another language's texts hold is quoted from English there."""
    return language.code != "en" and zipf_in_english(word) - ours >= _FOREIGN


def _is_form(word: str, stem: str, language: Language) -> bool:
    """Tell whether a form that no text has may be one: a known stem, and vowels in harmony.

    Turkish has more forms than any word list; its last two vowels are both front or both back.
    """
    ending = word[len(stem) :]
    if ending and not _follows(ending, stem):
        return False
    # A known word with an ending: the stem itself, less an ending of its own, or with more of one.
    known = (
        zipf(word[:cut], language.code) > UNKNOWN
        and (stem if cut <= len(stem) else word)[cut:] in language.endings
        and (cut <= len(stem) or _follows(word[cut:], word[:cut]))
        for cut in range(2, len(word))
    )
    if not any(known):
        return False
    vowels = [char for char in word if char in _FRONT or char in _BACK][-2:]
    return len({char in _FRONT for char in vowels}) == 1


def _follows(ending: str, stem: str) -> bool:
    """Tell whether a Turkish ending may stand after a stem.

    Two vowels never meet, and an ending of one consonant (geldi-m, geldi-k) needs a vowel before.
    """
    after_vowel = stem[-1] in _VOWELS
    if ending[0] in _VOWELS:
        return not after_vowel
    return after_vowel or len(ending) > 1
