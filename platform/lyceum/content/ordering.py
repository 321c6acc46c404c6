"""The orders of lists, and the cursors by which a list goes on in one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    BinaryField,
    CharField,
    DateTimeField,
    F,
    Field,
    Q,
    QuerySet,
)

from lyceum.content.reading import Row, document_in
from lyceum.content.sorting import last_change, shelf_of
from lyceum.content.types import ContentType
from lyceum.content.visibility import Reader
from lyceum.http.pagination import CursorInvalid, from_cursor, to_cursor
from lyceum.kernel.errors import Invalid
from lyceum.kernel.prepared import Put, Question

IS_PATH = re.compile(r"[0-9A-Z]+").fullmatch
TREE = "order"
ORDERS = (TREE, "title", "created", "updated")
KEYS: Mapping[str, Field[Any, Any]] = {
    "title": BinaryField(),
    "created": DateTimeField(),
    "updated": DateTimeField(),
}


def order_named(order: str) -> str:
    """
    Return what an order goes by, whichever way round.

    :raises Invalid: if it is none of `ORDERS`
    """
    by = order.removeprefix("-")
    if by not in ORDERS:
        raise Invalid(fields={"order": [f"Order by one of: {', '.join(ORDERS)}; - turns it."]})
    return by


def ordered(pages: Question, kind: ContentType, order: str, reader: Reader) -> Question:
    """Put pages of a type in order; but for the tree's, each brings its `key`."""
    by, sign = order_named(order), "-" if order.startswith("-") else ""
    if by == TREE:
        return pages.refined(lambda rows, put: rows.order_by(f"{sign}path"), order)
    if by == "title":
        return pages.refined(
            lambda rows, put: (
                document_in(reader.language, rows)
                .filter(document__shelf=put("shelf", CharField()))
                .annotate(key=F("document__sort_key"))
                .order_by(f"{sign}key")
            ),
            order,
            reader.language,
            shelf=shelf_of(reader.school.root_path, kind.name),
        )
    moment = last_change() if by == "updated" else F("created_at")
    return pages.refined(
        lambda rows, put: rows.annotate(key=moment).order_by(f"{sign}key", f"{sign}path"), order
    )


def window_after(pages: Question, cursor: str, order: str, reader: Reader) -> Question:
    """
    Return the pages from the cursor on, of those that `ordered` put in order.

    :raises CursorInvalid: if it is not one of this order
    """
    if not cursor:
        return pages
    its_order, key, path = from_cursor(cursor, 3)
    if its_order != order:
        raise CursorInvalid
    by, side = order.removeprefix("-"), "lt" if order.startswith("-") else "gt"
    if by == TREE:
        return pages.asked_with(**_from_place(pages.values, path, order, reader))

    def beyond(rows: QuerySet[Any], put: Put) -> QuerySet[Any]:
        after = put("after", KEYS[by])
        if by == "title":
            return rows.filter(**{f"key__{side}": after})
        # The first condition alone says to an index where to begin.
        return rows.filter(
            Q(**{f"key__{side}e": after}),
            Q(**{f"key__{side}": after}) | Q(**{f"path__{side}": put("after_path", CharField())}),
        )

    return pages.refined(beyond, "after", after=_key_of(key, by), after_path=path)


def cursor_after(last: Row, order: str) -> str:
    """Return the cursor after a row of a list in some order."""
    key = last.order_key
    if isinstance(key, datetime):
        return to_cursor(order, key.isoformat(), last.key.path)
    return to_cursor(order, "" if key is None else bytes(key).hex(), last.key.path)


def _from_place(values: Mapping[str, Any], path: str, order: str, reader: Reader) -> dict[str, str]:
    # One bound a side: of two, a database reads from the farther one. A text that is no path
    # below the school would not be greater to every database where it is to Python.
    if not (path.startswith(reader.school.root_path) and IS_PATH(path)):
        raise CursorInvalid
    if order.startswith("-"):
        return {"high": min(values["high"], path)}
    return {"low": max(values["low"], path)}


def _key_of(written: str, by: str) -> bytes | datetime:
    try:
        if by == "title":
            return bytes.fromhex(written)
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            raise CursorInvalid
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise CursorInvalid from error
