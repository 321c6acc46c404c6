"""Pages by cursor: stable under inserts, and as quick on the last page as on the first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Q, QuerySet
from ninja import Schema
from pydantic import Field

from lyceum.kernel.errors import Invalid

Row = TypeVar("Row")
Out = TypeVar("Out")
MOST = 100


class CursorInvalid(Invalid):
    """The cursor is none that this list gave, in this order. Begin again without it."""

    code = "cursor_invalid"
    detail = "This cursor is none of this list's."


class Paging(Schema):
    """The query parameters of every list."""

    limit: int = Field(default=20, ge=1, le=MOST, description="Items a page.")
    cursor: str = Field(default="", max_length=1000, description="`next` of the page before.")
    count: bool = Field(default=False, description="Whether to count all items.")


def paginate(
    rows: QuerySet[Any, Row],
    *,
    order: Sequence[str],
    paging: Paging,
    view: Callable[[Row], Out],
) -> dict[str, Any]:
    """
    Return one page as `{"items", "next", "count"}`: one query, and one more if counting.

    :param order: field names, `-` before one for descending; together they must be unique, and
        none may be null
    :param view: makes of a row (a model object, or a dict after `.values()`) what is answered
    :raises CursorInvalid: if the cursor is none of this order
    """
    total = rows.count() if paging.count else None
    page = rows.order_by(*order)
    # One more than asked for tells whether there is a next page.
    if paging.cursor:
        try:
            after = _after(order, _decode(paging.cursor, order))
            found = list(page.filter(after)[: paging.limit + 1])
        except (ValidationError, ValueError, TypeError, OverflowError, DataError) as error:
            raise CursorInvalid from error
    else:
        found = list(page[: paging.limit + 1])
    shown = found[: paging.limit]
    return {
        "items": [view(row) for row in shown],
        "next": _encode(shown[-1], order) if len(found) > paging.limit else None,
        "count": total,
    }


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the rows beyond `values` in an order: (a > x) or (a = x and b > y) or …"""
    # Follows from the rest, and tells the database where in an index to begin.
    bound = "lte" if order[0].startswith("-") else "gte"
    condition = Q()
    same = Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        beyond = "lt" if name.startswith("-") else "gt"
        condition |= same & Q(**{f"{field}__{beyond}": value})
        same &= Q(**{field: value})
    return Q(**{f"{order[0].lstrip('-')}__{bound}": values[0]}) & condition


def _encode(row: Any, order: Sequence[str]) -> str:
    values = [_plain(_value(row, name.lstrip("-"))) for name in order]
    text = json.dumps([list(order), *values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _decode(cursor: str, order: Sequence[str]) -> list[Any]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        decoded = json.loads(text)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise CursorInvalid from error
    is_ours = isinstance(decoded, list) and len(decoded) == len(order) + 1
    if not is_ours or decoded[0] != list(order):
        raise CursorInvalid
    if not all(isinstance(value, str | int | float) for value in decoded[1:]):
        raise CursorInvalid
    if not all(_is_text(value) for value in decoded[1:] if isinstance(value, str)):
        raise CursorInvalid
    return decoded[1:]


def _is_text(value: str) -> bool:
    """Return whether a database takes it: no NUL, and no half of a character."""
    return not any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value)


def _value(row: Any, field: str) -> Any:
    if isinstance(row, dict):
        return row[field]
    for part in field.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def to_cursor(*place: str) -> str:
    """Return a place in a list as an opaque text for addresses, for lists that cut themselves."""
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def from_cursor(cursor: str, size: int) -> list[str]:
    """
    Return the place that a cursor stands for, as `size` texts that a database takes.

    :raises CursorInvalid: if it is none that `to_cursor` made of so many
    """
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise CursorInvalid from error
    if not isinstance(place, list) or len(place) != size:
        raise CursorInvalid
    if not all(isinstance(value, str) and _is_text(value) for value in place):
        raise CursorInvalid
    return place
