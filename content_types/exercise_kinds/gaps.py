"""The syntax of texts with gaps: `I {am|'m} from Spain.`

Between braces stand the accepted answers, as an accept-list writes them: `|` between
alternatives, `(a|the)` for a choice and `[very]` for what may be left out. A backslash makes a
brace plain: `\\{`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lyceum.plugin.exercises import UnfinishedTask
from lyceum.plugin.marking import InvalidPattern, expand, leanest

MOST_GAPS = 30


class InvalidGaps(UnfinishedTask):
    """
    A text with gaps cannot be read: its braces do not pair, or a gap accepts no answer.

    The message tells the place. Its creator mends it in the exercise's form.
    """

    code = "invalid_gaps"
    detail = "This text with gaps cannot be read."


@dataclass(frozen=True)
class Gap:
    """A place to fill in; `pattern` is what its braces hold."""

    pattern: str

    @property
    def first(self) -> str:
        """The answer that its creator wrote first, without what may be left out."""
        return leanest(self.pattern)


def read_gaps(text: str) -> list[str | Gap]:
    """
    Return the pieces of a text, in order.

    :raises InvalidGaps: with a message for the creator that tells the place
    """
    pieces: list[str | Gap] = []
    current, opened, at = "", 0, 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and text[at + 1 : at + 2] in {"{", "}"}:
            # Within a gap the accept-list's own reader takes the backslash away.
            current += text[at : at + 2] if opened else text[at + 1]
            at += 1
        elif sign == "\\" and opened:
            current += text[at : at + 2]
            at += 1
        elif sign == "{":
            if opened:
                raise InvalidGaps(
                    _(
                        "The gap opened at character %(opened)d is not closed before another opens "
                        "at character %(at)d. Close it with }, or write \\{ for a plain brace."
                    )
                    % {"opened": opened, "at": at + 1}
                )
            pieces, current, opened = [*pieces, current], "", at + 1
        elif sign == "}":
            pieces, current, opened = [*pieces, _gap(current, opened, at)], "", 0
        else:
            current += sign
        at += 1
    if opened:
        raise InvalidGaps(
            _(
                "The gap opened at character %(opened)d is never closed. "
                "Close it with }, or write \\{ for a plain brace."
            )
            % {"opened": opened}
        )
    return [piece for piece in [*pieces, current] if piece != ""]


def gaps_of(pieces: list[str | Gap]) -> list[Gap]:
    """Return the gaps among the pieces."""
    return [piece for piece in pieces if isinstance(piece, Gap)]


def _gap(pattern: str, opened: int, closed: int) -> Gap:
    if not opened:
        raise InvalidGaps(
            _(
                "The brace at character %(closed)d closes a gap that was never opened. "
                "Open it with {, or write \\} for a plain brace."
            )
            % {"closed": closed + 1}
        )
    if not pattern.strip():
        raise InvalidGaps(
            _(
                "The gap at character %(opened)d has no answer. "
                "Write what is accepted between its braces, as in {am|'m}."
            )
            % {"opened": opened}
        )
    try:
        expand(pattern)
    except InvalidPattern as error:
        told = _("In the gap at character %(opened)d: %(error)s")
        raise InvalidGaps(told % {"opened": opened, "error": error}) from None
    if "" in (alternative.strip() for alternative in pattern.split("|")) and "(" not in pattern:
        raise InvalidGaps(
            _(
                "The gap at character %(opened)d has an empty alternative. "
                "Take away the | that has nothing beside it."
            )
            % {"opened": opened}
        )
    return Gap(pattern)
