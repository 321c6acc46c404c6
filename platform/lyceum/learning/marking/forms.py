"""Texts made ready for comparison: accepted forms once and for all, answers as they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

from lyceum.learning.marking.accept import InvalidPattern, expand
from lyceum.learning.marking.contractions import Reading, readings
from lyceum.learning.marking.languages import Language, words
from lyceum.learning.marking.text import Text, read_text

# “it's not” and “it isn't” are read as three words; nothing that is contracted has more than four.
_WIDEST = 4
# Of longer texts, the contractions are not written out: they are few among so many words.
_MOST_CELLS = 4_000
_SUBJECTS = words(
    """
    i you he she it we they there this that
    """
)


@dataclass(frozen=True, slots=True)
class Expanded:
    """One contraction read in one way; `rest` are the words of its window that follow it."""

    word: str
    reading: Reading
    rest: Reading


@dataclass(frozen=True, slots=True)
class Window:
    """Some words in a row, read in one way."""

    start: int
    size: int
    expanded: tuple[Expanded, ...]


@dataclass(eq=False)
class Form:
    """A text with its words' keys, and the contractions in it."""

    text: Text
    language: Language

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return the words without case."""
        return tuple([word.spelling.key for word in self.text.words])

    @cached_property
    def contracted(self) -> frozenset[str]:
        """Return the words that may stand for others."""
        code = self.language.code
        if code not in ("en", "de"):
            return frozenset()
        return frozenset(key for key in self.keys if readings(key, code))

    @cached_property
    def is_mixed(self) -> bool:
        """Tell whether the words a contraction may stand for are there in full as well."""
        keys, code = set(self.keys), self.language.code
        senses = (sense for key in self.contracted for sense in readings(key, code))
        return any(keys.issuperset(sense) for sense in senses)

    @cached_property
    def senses(self) -> frozenset[str]:
        """Return the words, and all that the contractions among them may stand for."""
        code = self.language.code
        parts = {part for key in self.contracted for sense in readings(key, code) for part in sense}
        return frozenset(parts.union(self.keys))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where each word stands, by its letters alone."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.text.words):
            found.setdefault(word.spelling.solid, []).append(at)
        return found

    @cached_property
    def runs(self) -> list[tuple[int, int, str]]:
        """Return two to four words in a row, from and to where, with their letters as one."""
        solids = [word.spelling.solid for word in self.text.words]
        found = []
        for start, solid in enumerate(solids):
            for end in range(start + 1, min(start + _WIDEST, len(solids))):
                solid += solids[end]
                # 3.5 and 35 have the same digits and are not the same number.
                if not solid.isdecimal():
                    found.append((start, end + 1, solid))
        return found

    @cached_property
    def windows(self) -> dict[Reading, list[Window]]:
        """Return every short run of words under each of its readings."""
        found: dict[Reading, list[Window]] = {}
        for start in range(len(self.keys)):
            for size in range(1, min(_WIDEST, len(self.keys) - start) + 1):
                for atoms, expanded in self._read(start, size):
                    found.setdefault(atoms, []).append(Window(start, size, expanded))
        return found

    def _read(self, start: int, size: int) -> Iterator[tuple[Reading, tuple[Expanded, ...]]]:
        keys = self.keys[start : start + size]
        if self.contracted.isdisjoint(keys):
            yield keys, ()
            return
        options = [((key,), *readings(key, self.language.code)) for key in keys]
        for chosen in product(*options):
            atoms = tuple(atom for part in chosen for atom in part)
            if len(atoms) > _WIDEST:
                continue
            spans = [
                Expanded(key, part, tuple(atom for later in chosen[at + 1 :] for atom in later))
                for at, (key, part) in enumerate(zip(keys, chosen, strict=True))
                if part != (key,)
            ]
            yield atoms, tuple(spans)
            if size == 2 and spans and chosen[0][-1] == "not" and keys[1] in _SUBJECTS:
                # “isn't it” is “is it not”: the subject stands between.
                yield (*chosen[0][:-1], keys[1], "not"), tuple(spans)


@dataclass(eq=False)
class AcceptList:
    """All accepted forms of an answer, and where each row of words stands among them."""

    forms: tuple[Form, ...]
    has_words: bool

    @cached_property
    def is_contracted(self) -> bool:
        """Tell whether a form has words that may stand for others."""
        return any(form.contracted for form in self.forms)

    @cached_property
    def by_keys(self) -> dict[tuple[str, ...], list[Form]]:
        """Return the forms by their words without case."""
        found: dict[tuple[str, ...], list[Form]] = {}
        for form in self.forms:
            found.setdefault(form.keys, []).append(form)
        return found


def read_answer(answer: str, language: Language, *, signs: bool = False) -> Form:
    """Return a learner's answer, ready for comparison."""
    return Form(read_text(answer, language, signs=signs), language)


@lru_cache(maxsize=512)
def read_accept(patterns: tuple[str, ...], language: Language) -> AcceptList:
    """Return the forms that the entries of an accept-list stand for.

    :raises InvalidPattern: when an entry cannot be read.
    """
    written = dict.fromkeys(form for pattern in patterns for form in expand(pattern))
    texts = [read_text(form, language) for form in written]
    has_words = any(text.words for text in texts)
    if not has_words:
        # An accepted “?” has no words: then the signs are what is asked for.
        texts = [read_text(form, language, signs=True) for form in written]
    forms = tuple(Form(text, language) for text in texts if text.words)
    if patterns and not forms:
        raise InvalidPattern("These entries hold nothing that can be seen.")
    return AcceptList(forms, has_words)


def overlap(given: Sequence[str], expected: Sequence[str]) -> int:
    """Return roughly how much two rows of words have in common, quickly."""
    shared = len(set(given) & set(expected))
    letters = len(set("".join(given)) & set("".join(expected)))
    # A word too many in the answer is missed among the shared ones already; one that the form has
    # besides makes another fault.
    longer = len(expected) - len(given)
    return 50 * shared + 2 * letters - (30 * longer if longer > 0 else -10 * longer)


def overlap_in_full(given: Form, expected: Form) -> int:
    """Return what two texts have in common where their contractions are written out."""
    if len(given.keys) * len(expected.keys) > _MOST_CELLS:
        return overlap(given.keys, expected.keys)
    return overlap(_in_full(given, expected), _in_full(expected, given))


def _in_full(form: Form, other: Form) -> Sequence[str]:
    """Return the words of a text, each contraction in the reading that suits the other best."""
    if not form.contracted:
        return form.keys
    code, senses = form.language.code, other.senses
    found: list[str] = []
    for key in form.keys:
        ways = readings(key, code) if key in form.contracted else ((key,),)
        found.extend(max(ways, key=lambda way: sum(part in senses for part in way)))
    return found
