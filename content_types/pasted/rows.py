"""Lines as rows of a list in an exercise's form: what each would be, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks

from content_types.pasted.lines import SEPARATORS, TAB, Line, cells_of, lines_of, separator_of
from lyceum.plugin.exercises import field_errors

RIGHT = frozenset({"x", "×", "*", "✓", "✔", "1", "yes", "true", "correct"})
WRONG = frozenset({"", "0", "no", "false"})
# Before an option that is right.
STAR = re.compile(r"[*✓✔]\s+")


@dataclass(frozen=True)
class Row:
    """A line that can be taken: `cells` as they will be read, and the block's own `value`."""

    line: Line
    cells: tuple[str, ...]
    value: Any
    fits: bool = True


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be taken, and why."""

    line: Line
    message: str


@dataclass(frozen=True)
class Column:
    """A part of a row that a cell is read into."""

    name: str
    label: str
    is_mark: bool = False
    is_needed: bool = True


class Unfit(Exception):
    """A line does not make a row. The message says why."""


def rows_of(block: Any, text: str, *, there: int) -> list[Row | BadLine]:
    """
    Return what a pasted list makes of each line, in a list's block that holds some rows already.

    Rows beyond the block's limit are told as not fitting.
    """
    child, lines = block.child_block, list(lines_of(text))
    columns = columns_of(child)
    separator = separator_of(lines) if len(columns) != 1 else TAB
    made: list[Row | BadLine] = []
    seen: dict[tuple[str, ...], int] = {}
    room = room_in(block, there)
    for line in lines:
        try:
            cells = taken(line.text, columns, separator)
            value = row_of(child, columns, cells)
        except Unfit as reason:
            made.append(BadLine(line, str(reason)))
            continue
        if before := seen.get(tuple(cells)):
            again = _("This is line %(line)d again.") % {"line": before}
            made.append(BadLine(line, again))
            continue
        seen[tuple(cells)] = line.number
        made.append(Row(line, tuple(cells), value, fits=room is None or len(seen) <= room))
    return made


def room_in(block: Any, there: int) -> int | None:
    """Return how many rows a list can still take; None if it has no limit."""
    most = block.meta.max_num
    return None if most is None else max(0, most - there)


def columns_of(child: Any) -> list[Column]:
    """Return the columns that a row is read from; [] of a row that is itself a list."""
    if isinstance(child, blocks.StructBlock):
        return [
            Column(name, str(part.label), isinstance(part, blocks.BooleanBlock), part.required)
            for name, part in child.child_blocks.items()
            if isinstance(part, blocks.CharBlock | blocks.TextBlock | blocks.BooleanBlock)
        ]
    return [] if isinstance(child, blocks.ListBlock) else [Column("", "")]


def can_be_pasted(block: Any) -> bool:
    """Return whether rows of a list's block can be read from lines of text."""
    if not isinstance(block, blocks.ListBlock):
        return False
    child = block.child_block
    inner = child.child_block if isinstance(child, blocks.ListBlock) else child
    if isinstance(inner, blocks.StructBlock):
        return not isinstance(child, blocks.ListBlock) and bool(columns_of(inner))
    return isinstance(inner, blocks.CharBlock | blocks.TextBlock)


def taken(line: str, columns: Sequence[Column], separator: Any) -> list[str]:
    """
    Return a line's cells, one for each column.

    :raises Unfit: if there are too few or too many
    """
    marks = [column for column in columns if column.is_mark]
    if marks and len(columns) - len(marks) == 1:
        return marked(line, len(marks))
    cells = cells_of(line, separator, len(columns))
    if not columns:
        return cells
    needed = sum(column.is_needed and not column.is_mark for column in columns)
    if not needed <= len(cells) <= len(columns):
        names = ", ".join(column.label for column in columns if column.label)
        told = {"found": len(cells), "wanted": len(columns), "names": names}
        if len(columns) == 1:
            raise Unfit(_("There are %(found)d columns; this list has one.") % told)
        raise Unfit(_("%(wanted)d columns are needed (%(names)s); here: %(found)d.") % told)
    return [*cells, *[""] * (len(columns) - len(cells))]


def marked(line: str, marks: int) -> list[str]:
    """Return a line's text, and whether it is marked as right, before or behind it."""
    if star := STAR.match(line):
        return [line[star.end() :].strip(), "✓", *[""] * (marks - 1)]
    for separator in SEPARATORS:
        head, *tail = cells_of(line, separator, marks + 1)
        if tail and len(tail) <= marks and all(is_mark(cell) for cell in tail):
            told = ["✓" if is_right(cell) else "" for cell in tail]
            return [head, *told, *[""] * (marks - len(tail))]
        if tail and separator is TAB:
            raise Unfit(_("The second column says x beside what is correct, and nothing else."))
    return [line, *[""] * marks]


def is_right(cell: str) -> bool:
    own = {_("yes"), _("correct"), _("true")}
    return cell.casefold() in RIGHT or cell.casefold() in {word.casefold() for word in own}


def is_mark(cell: str) -> bool:
    own = {_("no"), _("false")}
    return is_right(cell) or cell.casefold() in WRONG or cell.casefold() in own


def row_of(child: Any, columns: Sequence[Column], cells: Sequence[str]) -> Any:
    """
    Return a row of a list, clean.

    :raises Unfit: if its form refuses it
    """
    if isinstance(child, blocks.StructBlock):
        given = {
            column.name: bool(cell) if column.is_mark else cell
            for column, cell in zip(columns, cells, strict=True)
        }
        value = child.normalize({**child.get_default(), **given})
    elif isinstance(child, blocks.ListBlock):
        value = child.normalize(list(cells))
    else:
        value = child.normalize(cells[0])
    try:
        return child.clean(value)
    except ValidationError as error:
        raise Unfit(" ".join(complaints(error, columns))) from None


def complaints(error: ValidationError, columns: Sequence[Column]) -> Iterator[str]:
    """Yield what a row's form says, each with the name of its column."""
    labels = {column.name: column.label for column in columns}
    for path, messages in field_errors(error).items():
        label = labels.get(path, "")
        for message in messages:
            yield f"{label}: {message}" if label else message
