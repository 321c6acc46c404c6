"""What stands between the words: punctuation and spacing."""

from __future__ import annotations

from lyceum.learning.marking.align import Step
from lyceum.learning.marking.policy import Policy, Severity
from lyceum.learning.marking.reasons import Finding
from lyceum.learning.marking.text import Text

_PUNCTUATION = "the punctuation differs from the accepted form's"
_SPACING = "blanks in a run, at an end, or beside punctuation"


def gap_findings(
    steps: list[Step], given: Text, expected: Text, policy: Policy, *, everything: bool
) -> dict[int, list[Finding]]:
    """Return findings about what stands before or after each step, by the step's number.

    Only where the words on both sides are matched: beside a missing word nothing is certain.
    """
    ignored = policy.punctuation is Severity.IGNORE and policy.spacing is Severity.IGNORE
    if ignored and not everything:
        return {}
    found: dict[int, list[Finding]] = {}
    matched_before = True
    for number, step in enumerate(steps):
        matched = step.first < step.last and step.from_ < step.to
        if matched and matched_before:
            found[number] = _compare(given, expected, step.first, step.from_)
        if step.last - step.first == step.to - step.from_ > 1:
            for inner in range(1, step.last - step.first):
                found[number] += _compare(given, expected, step.first + inner, step.from_ + inner)
        matched_before = matched
    if matched_before and steps:
        last = _compare(given, expected, len(given.words), len(expected.words))
        found.setdefault(len(steps) - 1, []).extend(last)
    return found


def _compare(given: Text, expected: Text, ours: int, theirs: int) -> list[Finding]:
    if _within(given, ours) or _within(expected, theirs):
        return []
    start, end = given.gap(ours)
    here, there = given.between(ours), expected.between(theirs)
    if here == there:
        return []
    shown = given.raw[start:end]
    if _signs(here) != _signs(there):
        start, end = _without_ends(given.raw, start, end)
        return [
            Finding("punctuation", start, end, given.raw[start:end], there.strip(), _PUNCTUATION)
        ]
    if _blanks(here) == _blanks(there):
        return []
    return [Finding("spacing", start, end, shown, there, _SPACING)]


def _within(text: Text, index: int) -> bool:
    return index < len(text.words) and text.words[index].within


def _signs(gap: str) -> str:
    return "".join(gap.split())


def _blanks(gap: str) -> str:
    """Return the gap with every blank as one space, so that runs and their places show."""
    return "".join(" " if char.isspace() else char for char in gap)


def _without_ends(raw: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of the signs in a gap; where there are none, the end of the word."""
    while start < end and raw[end - 1].isspace():
        end -= 1
    while start < end and raw[start].isspace():
        start += 1
    return start, end
