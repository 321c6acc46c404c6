"""Contractions in longhand, for answers that go wrong beside one or within one.

“I don't like it” for “I do like it” has one word too many, as “I do not like it” has: don't is not
another word than do. Each part keeps its place in the text: don't is “do” and “n't”.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice, product

from lyceum.learning.marking.contractions import Reading, readings, stands_for_a_verb
from lyceum.learning.marking.folding import spell
from lyceum.learning.marking.forms import Form
from lyceum.learning.marking.text import Text, Word

_TAILS = {"not": "nt", "have": "ve", "are": "re", "will": "ll", "shall": "ll", "us": "s",
          "am": "m", "is": "s", "has": "s", "would": "d", "had": "d"}  # fmt: skip
_MOST_READINGS = 4


def in_longhand(form: Form, at: Collection[int]) -> Iterator[Form]:
    """Yield the text with the contractions among the words `at` written out, in each reading."""
    options = [
        _parts(word, form) if index in at else [(word,)]
        for index, word in enumerate(form.text.words)
    ]
    if all(len(parts) == 1 for option in options for parts in option):
        return
    for chosen in islice(product(*options), _MOST_READINGS):
        words = tuple(word for parts in chosen for word in parts)
        yield Form(Text(form.text.raw, words), form.language)


def _parts(word: Word, form: Form) -> list[tuple[Word, ...]]:
    code = form.language.code
    if code != "en" or not stands_for_a_verb(word.key):
        return [(word,)]
    pairs = [reading for reading in readings(word.key, code) if len(reading) == 2]
    return [_split(word, reading, form) for reading in pairs] or [(word,)]


def _split(word: Word, reading: Reading, form: Form) -> tuple[Word, Word]:
    """Return the two words that one stands for, each with its place."""
    base, tail = reading
    written = form.text.raw[word.start : word.end]
    letters = sum(char.isalpha() for char in written)
    middle, passed = len(written), letters
    while middle > 1 and passed > letters - len(_TAILS[tail]):
        middle -= 1
        passed -= written[middle].isalpha()
    # “I'm” is parted before its apostrophe, don't within its letters.
    while middle > 1 and not written[middle - 1].isalpha():
        middle -= 1
    head = spell(written[:middle], form.language.code)
    if head.key != base:
        head = spell(base.capitalize() if written[0].isupper() else base, form.language.code)
    place = word.start + middle
    return (
        Word(word.start, place, head),
        Word(place, word.end, spell(tail, form.language.code), within=True),
    )
