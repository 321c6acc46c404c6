"""Alignment: which word of the answer stands for which word of the accepted form.

As many words as possible are matched (the longest common subsequence); among equals, words that
look alike are set against each other, so that a slip is not told as a word missing and one extra.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lyceum.learning.marking.blocks import Block, blocks
from lyceum.learning.marking.forms import Form
from lyceum.learning.marking.policy import Policy, Severity
from lyceum.learning.marking.words import SAME, Verdict, compare

# A word left over costs 1000; two words that differ a little less than two left over, so that
# they are set against each other, yet never at the price of a match.
_LEFT_OVER = 1000
_UNLIKE, _ALIKE = 1999, 1998
_LENIENT_WRONG = 900
_MOST_CELLS = 160_000

Rules = tuple[tuple[str, str], ...]


# A tuple: one is made for every word of every form compared, and frozen dataclasses cost thrice.
class Step(NamedTuple):
    """Words `first:last` of the answer stand for words `from_:to` of the accepted form."""

    first: int
    last: int
    from_: int
    to: int
    rules: Rules = ()


def is_strict(rules: Rules, policy: Policy) -> bool:
    """Tell whether one of the rules makes the words different."""
    return any(policy[rule] is Severity.STRICT for rule, _ in rules)


def align(given: Form, expected: Form, policy: Policy) -> list[Step]:
    """Return the steps from the first word to the last."""
    head, tail = common_ends(given.keys, expected.keys)
    n, m = len(given.keys) - head - tail, len(expected.keys) - head - tail
    steps = [_pair(given, expected, at, at) for at in range(head)]
    if n * m > _MOST_CELLS:
        steps.extend(_in_order(given, expected, head, n, m))
    elif n or m:
        steps.extend(_shortest_path(given, expected, policy, head, n, m))
    for back in range(tail, 0, -1):
        steps.append(_pair(given, expected, len(given.keys) - back, len(expected.keys) - back))
    return steps


def common_ends(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[int, int]:
    """Return how many words two rows have in common at their start, and then at their end."""
    shorter = min(len(one), len(other))
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return head, tail


def _pair(given: Form, expected: Form, i: int, j: int) -> Step:
    one, other = given.text.words[i].spelling, expected.text.words[j].spelling
    return Step(i, i + 1, j, j + 1, compare(one, other, given.language).rules)


def _in_order(given: Form, expected: Form, head: int, n: int, m: int) -> Iterator[Step]:
    """Set words against each other one by one: texts too long to be worth a search."""
    both = min(n, m)
    for at in range(head, head + both):
        yield _pair(given, expected, at, at)
    for i in range(head + both, head + n):
        yield Step(i, i + 1, head + both, head + both, (_EXTRA,))
    for j in range(head + both, head + m):
        yield Step(head + n, head + n, j, j + 1, (_MISSING,))


_EXTRA = ("extra_word", "no word of the accepted form stands here")
_MISSING = ("missing_word", "the accepted form has this word here")


def _shortest_path(
    given: Form, expected: Form, policy: Policy, head: int, n: int, m: int
) -> list[Step]:
    """Find the cheapest way through the table of all pairs of words."""
    prices = _prices(given, expected, policy, head, n, m)
    leaps: dict[tuple[int, int], list[Block]] = {}
    for block in blocks(given, expected):
        leaps.setdefault((block.last - head, block.to - head), []).append(block)
    cost = [[j * _LEFT_OVER for j in range(m + 1)]]
    came: list[list[Block | str]] = [["missing"] * (m + 1)]
    for i in range(1, n + 1):
        above, row = cost[-1], [i * _LEFT_OVER]
        froms: list[Block | str] = ["extra"]
        cost.append(row)
        came.append(froms)
        for j, price in enumerate(prices[i - 1], 1):
            # Of equal ways the one that pairs early words: “in/im, dem missing”, not otherwise.
            best, origin = above[j - 1] + price, "pair"
            if row[-1] + _LEFT_OVER <= best:
                best, origin = row[-1] + _LEFT_OVER, "missing"
            if above[j] + _LEFT_OVER <= best:
                best, origin = above[j] + _LEFT_OVER, "extra"
            row.append(best)
            froms.append(origin)
            if leaps:
                for block in leaps.get((i, j), ()):
                    _leap(block, cost, came, policy, head)
    return _walk_back(given, expected, came, head, n, m)


def _prices(
    given: Form, expected: Form, policy: Policy, head: int, n: int, m: int
) -> list[list[int]]:
    """Return what it costs to set each word of the answer against each accepted one."""
    language = given.language
    others = [word.spelling for word in expected.text.words[head : head + m]]
    known: dict[Verdict, int] = {SAME: 0}
    table = []
    for word in given.text.words[head : head + n]:
        verdicts = [compare(word.spelling, other, language) for other in others]
        for verdict in verdicts:
            if verdict not in known:
                known[verdict] = _price(verdict, policy)
        table.append([known[verdict] for verdict in verdicts])
    return table


def _leap(
    block: Block,
    cost: list[list[int]],
    came: list[list[Block | str]],
    policy: Policy,
    head: int,
) -> None:
    first, from_ = block.first - head, block.from_ - head
    if first < 0 or from_ < 0:
        return
    size = block.last - block.first + block.to - block.from_
    price = size * _LEFT_OVER - 3 if is_strict(block.rules, policy) else size
    if cost[first][from_] + price < cost[block.last - head][block.to - head]:
        cost[block.last - head][block.to - head] = cost[first][from_] + price
        came[block.last - head][block.to - head] = block


def _price(verdict: Verdict, policy: Policy) -> int:
    if not verdict.rules:
        return 0
    if is_strict(verdict.rules, policy):
        return _ALIKE if verdict.alike else _UNLIKE
    wrong = any(rule in ("wrong_word", "wrong_letter") for rule, _ in verdict.rules)
    return _LENIENT_WRONG if wrong else len(verdict.rules)


def _walk_back(
    given: Form, expected: Form, came: list[list[Block | str]], head: int, n: int, m: int
) -> list[Step]:
    steps: list[Step] = []
    i, j = n, m
    while i or j:
        origin = came[i][j]
        if isinstance(origin, Block):
            steps.append(Step(origin.first, origin.last, origin.from_, origin.to, origin.rules))
            i, j = origin.first - head, origin.from_ - head
        elif origin == "pair":
            i, j = i - 1, j - 1
            steps.append(_pair(given, expected, head + i, head + j))
        elif origin == "extra":
            i -= 1
            steps.append(Step(head + i, head + i + 1, head + j, head + j, (_EXTRA,)))
        else:
            j -= 1
            steps.append(Step(head + i, head + i, head + j, head + j + 1, (_MISSING,)))
    return steps[::-1]
