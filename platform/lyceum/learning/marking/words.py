"""Two words compared: which rules of marking tell them apart.

What differs in case or accents alone is settled before any count of words is asked. The rule
`wrong_letter` is for a mark that makes another letter of the alphabet (n for ñ, u for German ü,
i for Turkish ı); any other letter that is wrong is a typo or makes a wrong word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lyceum.learning.marking.folding import Spelling
from lyceum.learning.marking.frequency import UNKNOWN, zipf
from lyceum.learning.marking.languages import Language, words
from lyceum.learning.marking.spelling import allowed_edits, distance, is_other_word


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """The rules that tell two words apart, each with the reason for creators."""

    rules: tuple[tuple[str, str], ...] = ()
    alike: bool = True


SAME = Verdict()
# Words whose lengths differ by more share no accent, spelling or typo: not worth a closer look.
_FAR = 4


# Large enough for the exercises being answered; larger ones cost more to fill than they spare.
@lru_cache(maxsize=16384)
def compare(given: Spelling, expected: Spelling, language: Language) -> Verdict:
    """Compare a learner's word with the expected one."""
    if given is expected or given.shown == expected.shown:
        return SAME
    if abs(len(given.key) - len(expected.key)) > _FAR:
        return _too_far(_FAR, 0, False)
    if given.key == expected.key:
        return Verdict(_case_too(given, expected))
    if language.typed and _typed_alike(given.key, expected.key, language):
        return Verdict(_case_too(given, expected))
    if given.plain == expected.plain or (
        language.arabic_script and _same_hamza(given.key, expected.key)
    ):
        return Verdict((*_case_too(given, expected), ("diacritics", _accents(language))))
    if given.solid == expected.solid:
        return _apostrophes(given, expected, language)
    if given.bare == expected.bare or (language.typed and _typed_mark(given, expected, language)):
        return _letters(given, expected, language)
    if language.variants and frozenset((given.key, expected.key)) in language.variants:
        return Verdict((("typo", f"two spellings of one word in {language.name}"),))
    return _edits(given, expected, language)


def are_surely_different(given: Spelling, expected: Spelling, language: Language) -> bool:
    """Tell at a glance, for most unlike pairs, that no rule but `wrong_word` can hold of them.

    Two edits change four kinds of letters at most, the seats of hamza five. Where umlauts may be
    typed as two letters, it is not as simple, and nothing is said.
    """
    if language.typed or given.bare == expected.bare:
        return False
    return len(given.letters ^ expected.letters) > _MOST_KINDS


_MOST_KINDS = 5
_CASE = ("case", "capital and small letters differ")


def _accents(language: Language) -> str:
    return f"these marks are accents in {language.name}"


def _case_too(given: Spelling, expected: Spelling) -> tuple[tuple[str, str], ...]:
    """Tell capitals apart in words that differ in something else as well."""
    ours, theirs = _capitals(given.shown), _capitals(expected.shown)
    alike = ours == theirs if len(ours) == len(theirs) else ours[:1] == theirs[:1]
    return () if alike else (_CASE,)


def _capitals(shown: str) -> list[bool]:
    return [char.isupper() for char in shown.replace("ß", "ss") if char.isalpha()]


def _typed_alike(given: str, expected: str, language: Language) -> bool:
    """Tell whether `given` is `expected` with ä typed as ae, in all places or in some.

    The other way round (ä where ae is expected) it must be a word: Mädchen is, aktüll is not.
    """
    if _typed(given, language) != _typed(expected, language):
        return False
    needless = any(given.count(mark) > expected.count(mark) for mark in language.typed)
    return not needless or zipf(given, language.code) > UNKNOWN


def _typed_mark(given: Spelling, expected: Spelling, language: Language) -> bool:
    """Tell whether a mark typed with a second letter makes another word: Aepfel for Apfel."""
    if _typed_alike(given.plain, expected.plain, language):
        return True
    marked, plain = _untyped(given.plain, language)
    return plain == expected.bare != given.plain and zipf(marked, language.code) > UNKNOWN


@lru_cache(maxsize=65536)
def _untyped(word: str, language: Language) -> tuple[str, str]:
    """Return a word with ae read as ä, and with it read as a."""
    marked = plain = word
    for mark, letters in language.typed.items():
        marked, plain = marked.replace(letters, mark), plain.replace(letters, letters[0])
    return marked, plain


def _same_hamza(given: str, expected: str) -> bool:
    """Tell whether two words differ in what their hamza sits on alone."""
    return _without_seats(given) == _without_seats(expected)


@lru_cache(maxsize=65536)
def _without_seats(key: str) -> str:
    # شيء, شىء, شيئ and شئ are one word.
    if key.endswith(("يء", "ىء", "يئ")):
        key = key[:-2] + "ئ"
    return key.translate(_HAMZA)


_HAMZA = str.maketrans("ؤئأإ", "ءءءء")


@lru_cache(maxsize=65536)
def _typed(word: str, language: Language) -> str:
    return "".join(language.typed.get(char, char) for char in word)


def _apostrophes(given: Spelling, expected: Spelling, language: Language) -> Verdict:
    """Judge words that differ in apostrophes: dont/don’t is punctuation, its/it’s is not."""
    lacking = given.plain.count("'") < expected.plain.count("'")
    if lacking:
        other = given.plain in language.without_apostrophe or _is_plural(given, expected, language)
    else:
        # The greengrocer's apostrophe: 's makes it is, has, or a possessive.
        more = given.plain.count("'") > expected.plain.count("'")
        other = more and not given.plain.endswith("'")
    if other:
        return Verdict((("wrong_word", "the apostrophe makes it another word"),), alike=True)
    why = ("punctuation", "an apostrophe is missing, or stands elsewhere")
    accents = (
        ()
        if given.key.replace("'", "") == expected.key.replace("'", "")
        else (("diacritics", _accents(language)),)
    )
    return Verdict((why, *accents))


def _is_plural(given: Spelling, expected: Spelling, language: Language) -> bool:
    """Tell dogs from dog’s: without its apostrophe a possessive is a plural."""
    if language.code != "en" or not expected.plain.endswith("'s"):
        return False
    return expected.plain[:-2] not in _NEVER_OWNING and zipf(given.plain, "en") > UNKNOWN


_NEVER_OWNING = words(
    """
    that what there here where how when he she
    """
)


def _letters(given: Spelling, expected: Spelling, language: Language) -> Verdict:
    why = f"the mark makes it another letter of the alphabet in {language.name}"
    return Verdict((*_case_too(given, expected), ("wrong_letter", why)))


def _edits(given: Spelling, expected: Spelling, language: Language) -> Verdict:
    """Judge words that differ in letters: typo, wrong letter in a typo, or another word."""
    allowed = allowed_edits(expected.plain)
    if allowed == 1 and given.key in language.slips:
        # A listed misspelling is known for what it is (tommorow), even one edit further off.
        allowed = 2
    most = max(allowed, 1)
    # An edit changes two kinds of letters at most; this settles most pairs without a table.
    apart = len(given.letters ^ expected.letters) > 2 * most
    edits = most + 1 if apart else distance(given.plain, expected.plain, most)
    if edits > allowed:
        alike = (edits == 1 and len(expected.plain) > 3) or _share_stem(given.plain, expected.plain)
        return _too_far(edits, allowed, alike)
    other, why = is_other_word(given.key, expected.key, language)
    if other:
        return Verdict((("wrong_word", why),))
    times = "one edit" if edits == 1 else f"{edits} edits"
    typo = ("typo", f"{times}, and {why}")
    if distance(given.bare, expected.bare, allowed) < edits:
        return Verdict((typo, _letters(given, expected, language).rules[-1]))
    return Verdict((typo,))


@lru_cache(maxsize=64)
def _too_far(edits: int, allowed: int, alike: bool) -> Verdict:
    # One object for all pairs that are alike in this: most pairs of words are.
    if edits >= _FAR:
        why = "another word altogether"
    elif allowed == 0:
        why = "too short, or a number, to be a typo"
    else:
        why = f"more than {allowed} edit{'s' if allowed > 1 else ''} apart"
    return Verdict((("wrong_word", why),), alike)


def _share_stem(one: str, other: str) -> bool:
    if one[:1] != other[:1]:
        return False
    if one.partition("'")[0] == other.partition("'")[0]:
        return True
    return len(one) > 3 and len(other) > 3 and one[:4] == other[:4]
