r"""Accept-lists: what a creator writes, such as ``(a|the) [very] big dog``, as plain forms.

``(a|b)`` is a choice, ``[a]`` may be left out, ``[a|b]`` is a choice that may be left out, and
all of them nest. A backslash makes the next character plain text: ``\(``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

from django.utils.translation import gettext

MOST_FORMS = 500
DEEPEST = 20
# Text without any sign of the notation, taken in one go.
_PLAIN = re.compile(r"[^\\()\[\]|]+")
_CLOSING = {"(": ")", "[": "]"}


class InvalidPattern(ValueError):
    """An entry of an accept-list cannot be read, or stands for too many forms."""

    code = "invalid_pattern"


@dataclass(frozen=True, slots=True)
class _Choice:
    """Alternatives in one place; each is a row of pieces of text and further choices."""

    alternatives: tuple[tuple[str | _Choice, ...], ...]

    def count(self) -> int:
        return sum(
            prod(piece.count() for piece in row if isinstance(piece, _Choice))
            for row in self.alternatives
        )

    def forms(self) -> list[str]:
        found: list[str] = []
        for row in self.alternatives:
            parts = [[piece] if isinstance(piece, str) else piece.forms() for piece in row]
            found.extend("".join(combination) for combination in product(*parts))
        return found

    def leanest(self) -> str:
        if () in self.alternatives:
            return ""
        first = self.alternatives[0]
        return "".join(piece if isinstance(piece, str) else piece.leanest() for piece in first)


@lru_cache(maxsize=2048)
def expand(pattern: str) -> tuple[str, ...]:
    """Return every form an entry stands for, each once, in the order written.

    :raises InvalidPattern: when brackets do not pair or there are more than 500 forms.
    """
    choice, _ = _parse(pattern, 0, "", -1, 0)
    count = choice.count()
    if count > MOST_FORMS:
        raise InvalidPattern(
            gettext(
                "This entry stands for %(count)s forms; %(most_forms)s is the most. "
                "Write it as several entries with fewer options each."
            )
            % {"count": _readable(count), "most_forms": MOST_FORMS}
        )
    forms = dict.fromkeys(" ".join(form.split()) for form in choice.forms())
    forms.pop("", None)
    if not forms:
        raise InvalidPattern(gettext("This entry is empty: it stands for no words at all."))
    return tuple(forms)


def leanest(pattern: str) -> str:
    """Return the form that an entry is shown as: the first, without what may be left out.

    It begins with a capital letter if the entry does.

    :raises InvalidPattern: as `expand`
    """
    forms = expand(pattern)
    choice, _ = _parse(pattern, 0, "", -1, 0)
    lean = " ".join(choice.leanest().split()) or forms[0]
    return lean[0].upper() + lean[1:] if forms[0][0].isupper() else lean


def _parse(pattern: str, at: int, closing: str, opened: int, depth: int) -> tuple[_Choice, int]:
    """Read alternatives from `at` up to `closing`; return them and where reading stopped."""
    if depth > DEEPEST:
        raise InvalidPattern(
            gettext("Brackets are nested more than %(deepest)s deep at %(opened)s.")
            % {"deepest": DEEPEST, "opened": opened + 1}
        )
    rows: list[tuple[str | _Choice, ...]] = []
    row: list[str | _Choice] = []
    while at < len(pattern):
        char = pattern[at]
        if char == "\\" and at + 1 < len(pattern):
            row.append(pattern[at + 1])
            at += 1
        elif char in _CLOSING:
            inner, end = _parse(pattern, at + 1, _CLOSING[char], at, depth + 1)
            row.append(_optional(inner) if char == "[" else inner)
            at = end
        elif char == "|":
            rows.append(tuple(row))
            row = []
        elif char in ")]":
            if char != closing:
                raise InvalidPattern(_stray(char, at, closing, opened))
            return _Choice((*rows, tuple(row))), at
        else:
            plain = _PLAIN.match(pattern, at)
            end = plain.end() if plain else at + 1  # a last backslash stands for itself
            row.append(pattern[at:end])
            at = end - 1
        at += 1
    if closing:
        raise InvalidPattern(_unclosed(pattern[opened], opened, closing))
    return _Choice((*rows, tuple(row))), at


def _optional(choice: _Choice) -> _Choice:
    return _Choice((*choice.alternatives, ()))


def _unclosed(char: str, opened: int, closing: str) -> str:
    return gettext(
        "The bracket %(char)s at character %(opened)s is never closed. "
        "Close it with %(closing)s, or write \\%(plain)s for a plain bracket."
    ) % {"char": repr(char), "opened": opened + 1, "closing": repr(closing), "plain": char}


def _stray(char: str, at: int, closing: str, opened: int) -> str:
    if closing:
        return gettext(
            "%(char)s at character %(at)s does not close the bracket at character "
            "%(opened)s, which needs %(closing)s."
        ) % {"char": repr(char), "at": at + 1, "opened": opened + 1, "closing": repr(closing)}
    return gettext(
        "%(char)s at character %(at)s closes a bracket that was never opened. "
        "Write \\%(char_2)s for a plain bracket."
    ) % {"char": repr(char), "at": at + 1, "char_2": char}


def _readable(count: int) -> str:
    return f"{count:,}" if count < 10**9 else gettext("more than a thousand million")
