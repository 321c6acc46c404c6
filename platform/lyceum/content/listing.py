"""Lists of content: filtered, ordered, and cut into pages that stand still under inserts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, NullIf

from lyceum.content import search
from lyceum.content.documents.making import refresh
from lyceum.content.reading import (
    BESIDE,
    Row,
    one_page,
    page_text,
    pages_of,
    read_rows,
    shape_with,
    told,
)
from lyceum.content.types import ContentType, content_types
from lyceum.content.visibility import Reader, bounds_of, narrow, type_id, within
from lyceum.http.pagination import CursorInvalid, from_cursor, to_cursor
from lyceum.kernel.clock import now
from lyceum.kernel.errors import Invalid
from lyceum.kernel.prepared import Put, Question
from lyceum.schools.levels import LEVELS, MIXED, levels_of, up_to

IS_PATH = re.compile(r"[0-9A-Z]+").fullmatch
ORDERS = ("order", "title", "created", "updated")


@dataclass(frozen=True)
class Listing:
    """What a reader asks of a list. Empty means: not narrowed by it."""

    within: Mapping[str, UUID | None] = field(default_factory=dict)
    level: str = ""
    tag: str = ""
    q: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    order: str = "order"
    fields: str = ""
    limit: int | None = None
    cursor: str = ""
    count: bool = False


def read_list(kind: ContentType, asked: Listing, reader: Reader) -> str:
    """
    Return one page of a list as JSON text.

    One query for the pages and one for the reader's facts; one more each for a place in the
    tree, for words, and for the count.

    :raises Invalid: if an order, a field, a level, a cursor or a place is none of this list's
    """
    fields = _fields(kind, asked.fields)
    pages = _narrowed(kind, asked, reader)
    count = pages.rows().count() if asked.count else None
    limit = asked.limit or kind.page_size
    keyed = _keyed(pages, asked.order, reader)
    window = window_after(keyed, asked, reader)
    rows = read_rows(window, reader, "card", {type_id(kind.model): kind}, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    next_ = _cursor_of(keyed, rows[-1], asked.order) if more else None
    return page_text(told(rows, reader, fields=fields), next=next_, count=count)


def level_filter(level: str, reader: Reader) -> Q:
    """
    Return what a list shows of the levels.

    Unless a level is named, a learner sees their own and those below; `all` lifts it. What has
    no level, or is for mixed ones, always shows.

    :raises Invalid: if the level is not of the school's scale
    """
    scale = reader.school.level_scale
    if level and level != "all" and level not in levels_of(scale):
        known = ", ".join((*levels_of(scale), "all"))
        raise Invalid(fields={"level": [f"The levels here are: {known}."]})
    if level and level != "all":
        return Q(level=level)
    own = reader.standing.level
    if level == "all" or reader.is_staff or own not in LEVELS[scale]:
        return Q()
    return Q(level__in=(*up_to(own, scale=scale), MIXED, ""))


def title_in(reader: Reader) -> Coalesce:
    """Return a page's title as the reader sees it, to select and to order by."""
    return Coalesce(
        NullIf(F(f"title_{reader.language}"), Value("")),
        NullIf(F(f"title_{reader.school.language}"), Value("")),
        F("title"),
        Value(""),
        output_field=CharField(),
    )


def _narrowed(kind: ContentType, asked: Listing, reader: Reader) -> Question:
    level = level_filter(asked.level, reader)
    places = [
        _path_of(kind.within[name], place, name=name, reader=reader)
        for name, place in asked.within.items()
        if place is not None
    ]
    values: dict[str, Any] = within(bounds_of(reader), places)
    filters = {name: value for name, value in asked.filters.items() if value is not None}
    values |= {f"filter_{name}": value for name, value in filters.items()}
    values["tag"] = asked.tag
    found = _found(asked.q, reader)

    def build(put: Put) -> Any:
        pages = narrow(pages_of(kind).filter(level), reader, put)
        if asked.tag:
            pages = pages.filter(tag_rows__tag=put("tag", CharField()))
        if asked.q:
            pages = pages.filter(pk__in=found)
        for name in filters:
            pages = pages.filter(**{kind.filters[name]: put(f"filter_{name}", IntegerField())})
        return pages

    # What a search found is a list of any length: such a query is built each time.
    shape = shape_with(reader, "list", type_id(kind.model), level, bool(asked.tag), *filters)
    return Question(shape=None if asked.q else shape, build=build, values=values)


def _found(words: str, reader: Reader) -> list[int]:
    if not words:
        return []
    refresh(reader.school.root_path, at=now())
    return search.hits(words, root_path=reader.school.root_path)


def _path_of(plural: str, uuid: UUID, *, name: str, reader: Reader) -> str:
    found = one_page(content_types[plural], uuid, reader).fetch(
        lambda pages: pages.values_list("path"), "path"
    )
    if not found:
        raise Invalid(fields={name: ["There is no such thing in this school."]})
    path: str = found[0][0]
    return path


def _fields(kind: ContentType, asked: str) -> list[str]:
    fields = [name.strip() for name in asked.split(",") if name.strip()]
    known = {*kind.card_schema.model_fields, *BESIDE}
    if unknown := [name for name in fields if name not in known]:
        raise Invalid(fields={"fields": [f"There is no field {name!r}." for name in unknown]})
    return fields


# --- Order and cursor --------------------------------------------------------------------------


def _keyed(pages: Question, order: str, reader: Reader) -> Question:
    """Annotate each page with what it is ordered by."""
    by = order.removeprefix("-")
    if by not in ORDERS:
        raise Invalid(fields={"order": [f"Order by one of: {', '.join(ORDERS)}; - turns it."]})
    sign = "-" if order.startswith("-") else ""
    if by == "order":
        return pages.refined(lambda rows, put: rows.order_by(f"{sign}path"), order)
    keys: dict[str, Any] = {
        "title": title_in(reader),
        "created": F("created_at"),
        "updated": Coalesce(F("last_published_at"), F("created_at")),
    }
    return pages.refined(
        lambda rows, put: rows.annotate(key=keys[by]).order_by(f"{sign}key", f"{sign}path"),
        order,
        reader.language,
        reader.school.language,
    )


def window_after(pages: Question, asked: Listing, reader: Reader) -> Question:
    """
    Return the pages from the cursor on, of those that `bounds_of` bounds.

    :raises CursorInvalid: if it is not one of this order
    """
    if not asked.cursor:
        return pages
    order, key, path = from_cursor(asked.cursor, 3)
    if order != asked.order:
        raise CursorInvalid
    side = "lt" if order.startswith("-") else "gt"
    if order.removeprefix("-") == "order":
        return pages.asked_with(**_from_place(pages.values, path, order, reader))
    is_moment = order.removeprefix("-") in {"created", "updated"}
    kind: Field[Any, Any] = DateTimeField() if is_moment else CharField()

    def beyond(rows: QuerySet[Any], put: Put) -> QuerySet[Any]:
        after, after_path = put("after", kind), put("after_path", CharField())
        return rows.filter(
            Q(**{f"key__{side}": after}) | Q(key=after, **{f"path__{side}": after_path})
        )

    after = _moment(key) if is_moment else key
    return pages.refined(beyond, "after", after=after, after_path=path)


def _from_place(values: Mapping[str, Any], path: str, order: str, reader: Reader) -> dict[str, str]:
    # One bound a side: of two, a database reads from the farther one. A text that is no path
    # below the school would not be greater to every database where it is to Python.
    if not (path.startswith(reader.school.root_path) and IS_PATH(path)):
        raise CursorInvalid
    if order.startswith("-"):
        return {"high": min(values["high"], path)}
    return {"low": max(values["low"], path)}


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            raise CursorInvalid
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise CursorInvalid from error


def _cursor_of(pages: Question, last: Row, order: str) -> str:
    if order.removeprefix("-") == "order":
        return next_of(last, order)
    path = last.key.path
    key = pages.rows().filter(pk=last.key.id).values_list("key", flat=True).get()
    return to_cursor(order, key.isoformat() if isinstance(key, datetime) else key, path)


def next_of(last: Row, order: str) -> str:
    """Return the cursor after a row of a list in the order of the tree."""
    return to_cursor(order, "", last.key.path)
