"""Pasted text as lines, and a line as columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TAB = re.compile("\t")
SEMICOLON = re.compile(r"\s*[;؛]\s*")
# Those that words hold too stand between blanks, and part a line once for each column.
EQUALS = re.compile(r"\s+=\s+")
DASH = re.compile(r"\s+[-–—]\s+")
SEPARATORS = (TAB, SEMICOLON, EQUALS, DASH)
OF_TABLES = (TAB, SEMICOLON)

BLANK = re.compile(r"_{2,}")


@dataclass(frozen=True)
class Line:
    """A line that says something; `number` counts from 1, empty ones too."""

    number: int
    text: str


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines that say something."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        # What no one sees at the ends of a line; a spreadsheet's empty last columns among it.
        if written := line.strip("\ufeff\u200b \t\xa0"):
            yield Line(number, written)


def separator_of(lines: list[Line]) -> re.Pattern[str] | None:
    """
    Return what parts the columns: the first that parts half of the lines, else the most of them.

    None if nothing parts any.
    """
    counts = [(sum(bool(each.search(line.text)) for line in lines), each) for each in SEPARATORS]
    half = next((each for count, each in counts if count * 2 >= len(lines) and count), None)
    count, most = max(counts, key=lambda pair: pair[0])
    return half or (most if count else None)


def cells_of(line: str, separator: re.Pattern[str] | None, columns: int) -> list[str]:
    """Return a line's cells; `columns` is how many are wanted, at most."""
    if separator is None:
        return [unquoted(line)]
    # A table has as many columns as it has; a dash may be part of the last text.
    most = 0 if separator in OF_TABLES else max(columns - 1, 1)
    return [unquoted(cell) for cell in separator.split(line, maxsplit=most)]


def unquoted(cell: str) -> str:
    """Return a cell without the quotes that spreadsheets put around one that holds quotes."""
    cell = cell.strip()
    inner = cell[1:-1]
    is_quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if is_quoted and '""' in inner else cell
