"""Lists of content: filtered, ordered, and cut into pages that stand still under inserts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Coalesce, NullIf

from lyceum.content import search
from lyceum.content.documents.making import refresh
from lyceum.content.ordering import TREE, cursor_after, order_named, ordered, window_after
from lyceum.content.reading import (
    BESIDE,
    one_page,
    page_text,
    pages_of,
    read_rows,
    shape_with,
    told,
)
from lyceum.content.types import ContentType, content_types
from lyceum.content.visibility import Reader, bounds_of, narrow, type_id, within
from lyceum.kernel.clock import now
from lyceum.kernel.errors import Invalid
from lyceum.kernel.prepared import Put, Question
from lyceum.schools.levels import LEVELS, MIXED, levels_of, up_to


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
    listed = ordered(pages, kind, asked.order, reader)
    window = window_after(listed, asked.cursor, asked.order, reader)
    rows = read_rows(window, reader, "card", {type_id(kind.model): kind}, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    next_ = cursor_after(rows[-1], asked.order) if more else None
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
    """Return a page's title as the reader sees it."""
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
    by = order_named(asked.order)
    values: dict[str, Any] = within(bounds_of(reader), places)
    values["root"] = reader.school.root_path
    filters = {name: value for name, value in asked.filters.items() if value is not None}
    values |= {f"filter_{name}": value for name, value in filters.items()}
    values["tag"] = asked.tag
    found = _found(asked.q, by, reader)

    def build(put: Put) -> Any:
        pages = narrow(pages_of(kind).filter(level), reader, put, by_school=by != TREE)
        if by != TREE and places:
            low, high = put("low", CharField()), put("high", CharField())
            pages = pages.filter(path__gt=low, path__lt=high)
        if asked.tag:
            pages = pages.filter(tag_rows__tag=put("tag", CharField()))
        if asked.q:
            pages = pages.filter(pk__in=found)
        for name in filters:
            pages = pages.filter(**{kind.filters[name]: put(f"filter_{name}", IntegerField())})
        return pages

    # What a search found is a list of any length: such a query is built each time.
    shape = shape_with(
        reader,
        "list",
        type_id(kind.model),
        level,
        bool(asked.tag),
        *filters,
        "",
        by != TREE,
        bool(places),
    )
    return Question(shape=None if asked.q else shape, build=build, values=values)


def _found(words: str, by: str, reader: Reader) -> list[int]:
    if words or by == "title":
        # What is found, and where a title stands, is rewritten with the page's documents.
        refresh(reader.school.root_path, plugins=reader.school.plugins, at=now())
    return search.hits(words, root_path=reader.school.root_path) if words else []


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
