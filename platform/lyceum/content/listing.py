"""Lists of content: filtered, ordered, and cut into pages that stand still under inserts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from lyceum.content import search
from lyceum.content.documents import refresh
from lyceum.content.reading import BESIDE, Row, page_text, pages_of, read_rows, told
from lyceum.content.types import ContentType, content_types
from lyceum.content.visibility import Reader, below, type_id
from lyceum.http.pagination import CursorInvalid, from_cursor, to_cursor
from lyceum.kernel.clock import now
from lyceum.kernel.errors import Invalid
from lyceum.schools.levels import LEVELS, MIXED, levels_of, up_to

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
    count = pages.count() if asked.count else None
    limit = asked.limit or kind.page_size
    keyed = _keyed(pages, asked.order, reader)
    after = window_after(keyed, asked)
    rows = read_rows(lambda: after[: limit + 1], reader, "card", {type_id(kind.model): kind})
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


def _narrowed(kind: ContentType, asked: Listing, reader: Reader) -> QuerySet[Any]:
    pages = pages_of(kind).filter(level_filter(asked.level, reader)).visible_to(reader)
    for name, place in asked.within.items():
        if place is not None:
            pages = below(pages, _path_of(kind.within[name], name, place, reader))
    if asked.tag:
        pages = pages.filter(tag_rows__tag=asked.tag)
    if asked.q:
        refresh(reader.school.root_path, at=now())
        pages = pages.filter(pk__in=search.hits(asked.q, root_path=reader.school.root_path))
    for name, value in asked.filters.items():
        if value is not None:
            pages = pages.filter(**{kind.filters[name]: value})
    return pages


def _path_of(plural: str, name: str, uuid: UUID, reader: Reader) -> str:
    found = pages_of(content_types[plural]).filter(uuid=uuid).visible_to(reader)
    path: str | None = found.values_list("path", flat=True).first()
    if path is None:
        raise Invalid(fields={name: ["There is no such thing in this school."]})
    return path


def _fields(kind: ContentType, asked: str) -> list[str]:
    fields = [name.strip() for name in asked.split(",") if name.strip()]
    known = {*kind.card_schema.model_fields, *BESIDE}
    if unknown := [name for name in fields if name not in known]:
        raise Invalid(fields={"fields": [f"There is no field {name!r}." for name in unknown]})
    return fields


# --- Order and cursor --------------------------------------------------------------------------


def _keyed(pages: QuerySet[Any], order: str, reader: Reader) -> QuerySet[Any]:
    """Annotate each page with what it is ordered by."""
    by = order.removeprefix("-")
    if by not in ORDERS:
        raise Invalid(fields={"order": [f"Order by one of: {', '.join(ORDERS)}; - turns it."]})
    sign = "-" if order.startswith("-") else ""
    keys: dict[str, Any] = {
        "order": F("path"),
        "title": title_in(reader),
        "created": F("created_at"),
        "updated": Coalesce(F("last_published_at"), F("created_at")),
    }
    if by == "order":
        return pages.order_by(f"{sign}path")
    return pages.annotate(key=keys[by]).order_by(f"{sign}key", f"{sign}path")


def window_after(pages: QuerySet[Any], asked: Listing) -> QuerySet[Any]:
    """
    Return the pages from the cursor on.

    :raises CursorInvalid: if it is not one of this order
    """
    if not asked.cursor:
        return pages
    order, key, path = from_cursor(asked.cursor, 3)
    if order != asked.order:
        raise CursorInvalid
    side = "lt" if order.startswith("-") else "gt"
    if order.removeprefix("-") == "order":
        return pages.filter(**{f"path__{side}": path})
    value: Any = key
    if order.removeprefix("-") in {"created", "updated"}:
        try:
            value = datetime.fromisoformat(key)
            if value.tzinfo is None:
                raise CursorInvalid
            value = value.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise CursorInvalid from error
    return pages.filter(Q(**{f"key__{side}": value}) | Q(key=value, **{f"path__{side}": path}))


def _cursor_of(pages: QuerySet[Any], last: Row, order: str) -> str:
    if order.removeprefix("-") == "order":
        return next_of(last, order)
    path = last.key.path
    key = pages.filter(pk=last.key.id).values_list("key", flat=True).get()
    return to_cursor(order, key.isoformat() if isinstance(key, datetime) else key, path)


def next_of(last: Row, order: str) -> str:
    """Return the cursor after a row of a list in the order of the tree."""
    return to_cursor(order, "", last.key.path)
