"""Bounds: how near an accepted form can come to an answer at best, told without aligning them.

Most forms of an accept-list differ from the nearest one in a word or two, so that counting words
is enough to pass them over; only a form that may be nearer is worth an alignment.
"""

from __future__ import annotations

from collections.abc import Sequence

from lyceum.learning.marking.align import common_ends, is_strict
from lyceum.learning.marking.blocks import blocks
from lyceum.learning.marking.forms import Form
from lyceum.learning.marking.policy import Policy, Severity
from lyceum.learning.marking.text import Word
from lyceum.learning.marking.words import SAME, Verdict, are_surely_different, compare

# Whether an answer is wrong, its score below zero, strict faults, warnings, what is ignored.
Rank = tuple[bool, float, int, int, int]

_RIGHT: Rank = (False, -1.0, 0, 0, 0)
# Longer texts are rare, and their bound would cost as much as it spares.
_MOST_CELLS = 4_000


def best_rank(given: Form, expected: Form, policy: Policy) -> Rank:
    """Return a rank that holding the answer against this form can reach, but never better.

    Where every word has to be there in its place, no more words can be the same than the two
    rows have in common in order. Blocks of words and laxer policies count differently, and get
    the best rank there is.
    """
    n, m = len(given.keys), len(expected.keys)
    if n * m > _MOST_CELLS or not _counts_every_word(policy):
        return _RIGHT
    if any(blocks(given, expected)):
        return _RIGHT
    head, tail = common_ends(given.keys, expected.keys)
    ours = given.text.words[head : n - tail]
    theirs = expected.text.words[head : m - tail]
    same = head + tail + _most_in_order(_partners(ours, theirs, given, policy), len(theirs))
    if same == n == m:
        return _RIGHT
    return True, -same / max(n, m), 1, 0, 0


def _counts_every_word(policy: Policy) -> bool:
    rules = (policy.missing_word, policy.extra_word, policy.wrong_word, policy.word_order)
    return all(severity is Severity.STRICT for severity in rules)


def _partners(
    ours: Sequence[Word], theirs: Sequence[Word], given: Form, policy: Policy
) -> list[int]:
    """Return for each word which of the others may stand for it, as the bits of a number."""
    lenient: dict[Verdict, bool] = {SAME: True}
    others = [(1 << at, word.spelling) for at, word in enumerate(theirs)]
    language = given.language
    found = []
    for word in ours:
        spelling, partners = word.spelling, 0
        for bit, other in others:
            if are_surely_different(spelling, other, language):
                continue
            verdict = compare(spelling, other, language)
            if verdict not in lenient:
                lenient[verdict] = not is_strict(verdict.rules, policy)
            if lenient[verdict]:
                partners |= bit
        found.append(partners)
    return found


def _most_in_order(partners: Sequence[int], size: int) -> int:
    """Return the length of the longest common subsequence, by Hyyrö's method.

    A whole row of the usual table is one number, whose zero bits are the places where the
    length grows; `size` is the number of words that the bits stand for.
    """
    row = full = (1 << size) - 1
    for bits in partners:
        matched = row & bits
        row = ((row + matched) | (row - matched)) & full
    return size - row.bit_count()
