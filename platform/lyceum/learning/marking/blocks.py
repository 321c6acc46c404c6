"""Blocks: several words that stand for one, or one for several.

Contractions (don’t, do not), hyphens and apostrophes left out (email, e-mail), and words wrongly
joined or split (alot, a lot), which are wrong words: blanks never join words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lyceum.learning.marking.contractions import fits, lacks_apostrophe
from lyceum.learning.marking.forms import Form, Window
from lyceum.learning.marking.frequency import zipf

_COMMON = 3.0


@dataclass(frozen=True, slots=True)
class Block:
    """Words `first:last` of the answer set against words `from_:to` of the accepted form."""

    first: int
    last: int
    from_: int
    to: int
    rules: tuple[tuple[str, str], ...]


def blocks(given: Form, expected: Form) -> Iterator[Block]:
    """Yield every block that two texts allow."""
    if given.contracted != expected.contracted or given.is_mixed or expected.is_mixed:
        yield from _contractions(given, expected)
    if len(given.keys) != len(expected.keys):
        yield from _joined(given, expected)
        yield from _split(given, expected)


def _contractions(given: Form, expected: Form) -> Iterator[Block]:
    for reading, ours in given.windows.items():
        for theirs in expected.windows.get(reading, ()):
            for mine in ours:
                if (mine.expanded or theirs.expanded) and _readable(mine, theirs, given, expected):
                    yield _contraction(mine, theirs, given, expected)


def _readable(mine: Window, theirs: Window, given: Form, expected: Form) -> bool:
    """Ask of each contraction whether it may be read so; the accepted form's words decide."""
    code = given.language.code
    after = expected.keys[theirs.start + theirs.size :][:4]
    for window, accepted in ((mine, False), (theirs, True)):
        for one in window.expanded:
            following = (*one.rest, *after)
            if not fits(one.word, one.reading, following, accepted=accepted, code=code):
                return False
    words = given.keys[mine.start : mine.start + mine.size]
    return words != expected.keys[theirs.start : theirs.start + theirs.size]


def _contraction(mine: Window, theirs: Window, given: Form, expected: Form) -> Block:
    one = next(iter((*mine.expanded, *theirs.expanded)))
    rules = [("contractions", f"“{one.word}” may stand for “{' '.join(one.reading)}”")]
    if any(lacks_apostrophe(each.word) for each in mine.expanded):
        rules.append(("punctuation", "an apostrophe is missing"))
    return Block(
        mine.start,
        mine.start + mine.size,
        theirs.start,
        theirs.start + theirs.size,
        tuple(rules),
    )


def _joined(given: Form, expected: Form) -> Iterator[Block]:
    """Yield words of the answer that are several of the accepted form, written as one."""
    places = given.places
    for from_, to, solid in expected.runs:
        for at in places.get(solid, ()):
            parts = range(from_ + 1, to)
            between = {expected.text.between(part) for part in parts}
            rules = (_rule_for_joined(solid, between, given),)
            yield Block(at, at + 1, from_, to, rules)


def _split(given: Form, expected: Form) -> Iterator[Block]:
    """Yield words of the accepted form that the answer writes in several parts."""
    fused = given.language.fused
    if fused:
        for at, key in enumerate(expected.keys):
            if key in fused:
                yield from _unfused(fused[key], at, given)
    places = expected.places
    for first, last, solid in given.runs:
        for at in places.get(solid, ()):
            between = {given.text.between(part) for part in range(first + 1, last)}
            if any(" " in sign or sign.isspace() for sign in between):
                rule = ("wrong_word", "this is one word; blanks are more than spacing here")
            else:
                rule = ("punctuation", "signs within one word")
            yield Block(first, last, at, at + 1, (rule,))


def _unfused(pair: str, at: int, given: Form) -> Iterator[Block]:
    one, other = pair.split()
    for first in range(len(given.keys) - 1):
        if given.keys[first : first + 2] == (one, other):
            yield Block(first, first + 2, at, at + 1, (("wrong_word", "must be one word"),))


def _rule_for_joined(solid: str, between: set[str], given: Form) -> tuple[str, str]:
    language = given.language
    if any(sign.isspace() or " " in sign for sign in between):
        return "wrong_word", "these are several words; blanks are more than spacing here"
    if "" in between and solid in language.without_apostrophe:
        return "wrong_word", "without its apostrophe it is another word"
    if "-" in between and zipf(solid, language.code) < _COMMON:
        return "typo", "its hyphen is missing, and so it is no known word"
    return "punctuation", "a hyphen, an apostrophe or full stops are missing"
