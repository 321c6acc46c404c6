"""Word order: words that are there, but elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from lyceum.learning.marking.align import Rules, Step
from lyceum.learning.marking.forms import Form
from lyceum.learning.marking.words import compare

_DIFFERENT = frozenset({"wrong_word", "wrong_letter"})
_MOST = 200


@dataclass(frozen=True, slots=True)
class Moves:
    """The steps that remain, and the words that moved: in the answer, in the form, how alike."""

    steps: list[Step]
    moved: list[tuple[int, int, Rules]]


def find_moves(steps: list[Step], given: Form, expected: Form) -> Moves:
    """Pair words left over in the answer with the same words left over in the accepted form."""
    loose = [step for step in steps if step.rules and _is_loose(step)]
    ours = [step.first for step in loose if step.last == step.first + 1]
    theirs = [step.from_ for step in loose if step.to == step.from_ + 1]
    if not ours or not theirs or len(loose) > _MOST:
        return Moves(steps, [])
    moved = _same_words(ours, theirs, given, expected)
    if not moved:
        return Moves(steps, [])
    gone = {i for i, _, _ in moved}
    found = {j for _, j, _ in moved}
    kept: list[Step] = []
    for step in steps:
        loosened = step.rules and _is_loose(step)
        remains = _remains(step, gone, found) if loosened else step
        if remains is not None:
            kept.append(remains)
    return Moves(kept, moved)


def _is_loose(step: Step) -> bool:
    """Tell a step that has not matched one word with one."""
    if step.last - step.first > 1 or step.to - step.from_ > 1:
        return False
    return any(rule in ("wrong_word", "extra_word", "missing_word") for rule, _ in step.rules)


def _same_words(
    ours: list[int], theirs: list[int], given: Form, expected: Form
) -> list[tuple[int, int, Rules]]:
    moved: list[tuple[int, int, Rules]] = []
    free = list(theirs)
    for exactly in (True, False):
        for i in [i for i in ours if all(i != taken for taken, _, _ in moved)]:
            for j in free:
                one, other = given.text.words[i].spelling, expected.text.words[j].spelling
                if exactly and one.key != other.key:
                    continue
                rules = compare(one, other, given.language).rules
                if not any(rule in _DIFFERENT for rule, _ in rules):
                    moved.append((i, j, rules))
                    free.remove(j)
                    break
    return moved


def _remains(step: Step, gone: set[int], found: set[int]) -> Step | None:
    """Return what is left of a step when its words have been found elsewhere."""
    ours = step.first < step.last and step.first not in gone
    theirs = step.from_ < step.to and step.from_ not in found
    if ours and theirs:
        return step
    if ours:
        why = ("extra_word", "no word of the accepted form stands here")
        return Step(step.first, step.last, step.from_, step.from_, (why,))
    if theirs:
        why = ("missing_word", "the accepted form has this word here")
        return Step(step.first, step.first, step.from_, step.to, (why,))
    return None
