"""From an alignment to findings: what is told to the learner, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lyceum.learning.marking.align import Step, align
from lyceum.learning.marking.bounds import Rank
from lyceum.learning.marking.forms import Form
from lyceum.learning.marking.gaps import gap_findings
from lyceum.learning.marking.order import Moves, find_moves
from lyceum.learning.marking.policy import Policy, Severity
from lyceum.learning.marking.reasons import Finding

_BETWEEN_WORDS = frozenset({"punctuation", "spacing"})


@dataclass(slots=True)
class _Tally:
    """Words counted for the score: of the answer, of the accepted form, and the same in both."""

    ours: int = 0
    theirs: int = 0
    same: int = 0

    def add(self, step: Step, strict: bool) -> None:
        ours, theirs = step.last - step.first, step.to - step.from_
        if not strict:
            # What is accepted counts as the accepted form has it: missing words as if they
            # were there, extra words as if they were not, don't as the two words it stands for.
            both = max(ours, theirs) if ours and theirs else 0
            ours, theirs, self.same = both, both, self.same + both
        self.ours += ours
        self.theirs += theirs

    @property
    def score(self) -> float:
        longer = max(self.ours, self.theirs)
        return self.same / longer if longer else 0.0


@dataclass(slots=True)
class Assessment:
    """An answer held against one accepted form: how far it is, and what there is to tell."""

    given: Form
    form: Form
    moves: Moves
    gaps: dict[int, list[Finding]]
    strict: int = 0
    warned: int = 0
    ignored: int = 0
    score: float = 0.0

    def unmatched_contractions(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return where the answer, and the form, have contractions that found no match."""
        steps = [step for step in self.moves.steps if step.rules and not _is_contraction(step)]
        ours = {i for step in steps for i in range(step.first, step.last)}
        theirs = {j for step in steps for j in range(step.from_, step.to)}
        return (
            frozenset(i for i in ours if self.given.keys[i] in self.given.contracted),
            frozenset(j for j in theirs if self.form.keys[j] in self.form.contracted),
        )

    def has_refused_reading(self) -> bool:
        """Tell whether both parts of a contraction in longhand are matched.

        It was refused when the contraction was whole: he's is never has in “he has a car”.
        """
        plain = [step for step in self.moves.steps if not step.rules]
        ours, theirs = {step.first for step in plain}, {step.from_ for step in plain}
        return any(
            word.within and {index - 1, index} <= matched
            for text, matched in ((self.given.text, ours), (self.form.text, theirs))
            for index, word in enumerate(text.words)
        )

    @property
    def rank(self) -> Rank:
        """Return what makes a form nearer than another: smaller is nearer."""
        return self.strict > 0, -self.score, self.strict, self.warned, self.ignored

    def count(self, rules: Sequence[str], policy: Policy) -> bool:
        """Count rules that fired, and tell whether one of them is strict."""
        before = self.strict
        for rule in rules:
            severity = policy[rule]
            if severity is Severity.STRICT:
                self.strict += 1
            elif severity is Severity.WARN:
                self.warned += 1
            # Signs between words are looked at on request only, so they must not decide here.
            elif rule not in _BETWEEN_WORDS:
                self.ignored += 1
        return self.strict > before

    def findings(self) -> Iterator[Finding]:
        """Yield what there is to tell, for whatever severity."""
        yield from _order_finding(self.moves, self.given, self.form)
        for found in self.gaps.values():
            yield from found
        moved = (Step(i, i + 1, j, j + 1, rules) for i, j, rules in self.moves.moved)
        for step in (*self.moves.steps, *moved):
            for rule, why in step.rules:
                yield _finding(step, rule, why, self.given, self.form)


def _is_contraction(step: Step) -> bool:
    return any(rule == "contractions" for rule, _ in step.rules)


def assess(given: Form, expected: Form, policy: Policy, *, everything: bool) -> Assessment:
    """Hold an answer against an accepted form.

    With `everything`, signs and blanks are looked at even where the policy ignores them.
    """
    steps = align(given, expected, policy)
    moves = find_moves(steps, given, expected)
    gaps: dict[int, list[Finding]] = {}
    if not moves.moved:
        gaps = gap_findings(steps, given.text, expected.text, policy, everything=everything)
    result = Assessment(given, expected, moves, gaps)
    tally = _Tally()
    for at, step in enumerate(moves.steps):
        if not step.rules and at not in gaps:
            tally.add(step, False)
            continue
        fired = [rule for rule, _ in step.rules] + [found.rule for found in gaps.get(at, ())]
        tally.add(step, result.count(fired, policy))
    out_of_order = bool(moves.moved) and result.count(["word_order"], policy)
    for i, j, rules in moves.moved:
        strict = result.count([rule for rule, _ in rules], policy)
        tally.add(Step(i, i + 1, j, j + 1, rules), strict or out_of_order)
    result.score = tally.score if result.strict else 1.0
    return result


def _order_finding(moves: Moves, given: Form, expected: Form) -> Sequence[Finding]:
    if not moves.moved:
        return ()
    first = min(i for i, _, _ in moves.moved)
    last = max(i for i, _, _ in moves.moved) + 1
    words = given.text.words
    ours = given.text.slice(first, last)
    lowest = min(j for _, j, _ in moves.moved)
    highest = max(j for _, j, _ in moves.moved) + 1
    theirs = expected.text.slice(lowest, highest)
    why = "the same words in another order"
    return [Finding("word_order", words[first].start, words[last - 1].end, ours, theirs, why)]


def _finding(step: Step, rule: str, why: str, given: Form, expected: Form) -> Finding:
    theirs = expected.text.slice(step.from_, step.to) if step.from_ < step.to else ""
    if step.first == step.last:
        place = _place(step.first, given)
        return Finding(rule, place, place, "", theirs, why)
    words = given.text.words
    ours = given.text.slice(step.first, step.last)
    return Finding(rule, words[step.first].start, words[step.last - 1].end, ours, theirs, why)


def _place(index: int, given: Form) -> int:
    """Return where a missing word should be: before the next word, or after the last."""
    words = given.text.words
    if index < len(words):
        return words[index].start
    return words[-1].end if words else 0
