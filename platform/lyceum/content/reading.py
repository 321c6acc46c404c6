"""Reading content: stored documents, with what depends on the reader spliced in beside."""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    FilteredRelation,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
)

from lyceum.content.documents.making import render_pages
from lyceum.content.documents.rendering import as_json
from lyceum.content.documents.telling import awaits, told_at
from lyceum.content.facts import Facts, PageKey, enter, facts_of
from lyceum.content.models import BasePage
from lyceum.content.types import ContentType, types_at
from lyceum.content.visibility import STEP, Reader, bounds_of, narrow, shape_of, type_id
from lyceum.kernel.clock import now
from lyceum.kernel.errors import NotFound
from lyceum.kernel.prepared import Put, Question
from lyceum.schools.current import CurrentSchool

# What an answer holds beside the stored document: it changes without the page being published.
BESIDE = ("order", "author", "reader")


@dataclass(frozen=True)
class Row:
    """
    A page as read: who it is, its stored text, and what is told beside it.

    `order_key` is what the query called its `key`, where it did. The text is empty where a plugin
    could not tell its page: it has its place in a list, where the next page of it begins.
    """

    key: PageKey
    text: str
    author: str
    order_key: Any = None


def read_one(kind: ContentType, uuid: UUID, reader: Reader) -> str:
    """
    Return the detail of a page as JSON text.

    Two queries at most, of which the second is the reader's facts.

    :raises NotFound: if there is none that the reader may know of
    :raises PrerequisiteMissing: if it is locked for this reader
    """
    row = find_one(kind, uuid, reader)
    return spliced(row, enter(reader, row.key))


def find_one(kind: ContentType, uuid: UUID, reader: Reader) -> Row:
    """
    Return a page's detail without asking the gates.

    :raises NotFound: as `read_one`
    """
    rows = read_rows(one_page(kind, uuid, reader), reader, "body", {type_id(kind.model): kind})
    if not rows or not rows[0].text:
        raise NotFound
    return rows[0]


def one_page(kind: ContentType, uuid: UUID, reader: Reader) -> Question:
    """Return the question for a page by its UUID."""

    def build(put: Put) -> Any:
        return narrow(pages_of(kind).filter(uuid=put("uuid", UUIDField())), reader, put)

    return Question(
        shape=shape_with(reader, "one_page", type_id(kind.model)),
        build=build,
        values={"uuid": uuid, **bounds_of(reader)},
    )


def shape_with(reader: Reader, *more: Hashable) -> Hashable | None:
    """Return the shape of a reader's question, which depends on these things too."""
    shape = shape_of(reader)
    return None if shape is None else (shape, *more)


def pages_of(kind: ContentType) -> Any:
    """Return all pages of a type, whoever may read them, in no order."""
    return BasePage.objects.order_by().filter(content_type_id=type_id(kind.model))


def read_rows(
    pages: Question,
    reader: Reader,
    part: str,
    kinds: Mapping[int, ContentType],
    limit: int | None = None,
) -> list[Row]:
    """
    Return the rows of a query of pages with one part, `card` or `body`, of their documents.

    One query. What is stale, was never rendered, or lacks a block of a plugin that is here by now,
    is rendered now, and read again.
    """
    rows = _fetch(pages, reader.language, part, kinds, limit)
    if lacking := [
        pk
        for pk, _, _, _, text, stale, *_ in rows
        if text is None or stale or awaits(text, reader.school)
    ]:
        render_pages(lacking, at=now())
        rows = _fetch(pages, reader.language, part, kinds, limit)
    return [
        Row(
            key=PageKey(pk, uuid, path, kinds[type_].plural, requires=bool(requires)),
            text=told_at(text, reader.school) if text else "",
            author=f"{first or ''} {last or ''}".strip(),
            order_key=order_key[0] if order_key else None,
        )
        for pk, uuid, path, type_, text, _, first, last, requires, *order_key in rows
    ]


def _fetch(
    pages: Question,
    language: str,
    part: str,
    kinds: Mapping[int, ContentType],
    limit: int | None,
) -> list[tuple[Any, ...]]:
    def columns(rows: QuerySet[Any]) -> QuerySet[Any]:
        told = _with_columns(rows, language, part, kinds)
        return told if limit is None else told[:limit]

    return pages.fetch(columns, "read_rows", language, part, tuple(kinds), limit)


def _with_columns(
    pages: QuerySet[Any], language: str, part: str, kinds: Mapping[int, ContentType]
) -> QuerySet[Any]:
    requires = [
        When(Q(content_type_id=pk) & ~Q(kind.requires()), then=Value(False))
        for pk, kind in kinds.items()
        if kind.requires is not None
    ]
    order_key = ["key"] if "key" in pages.query.annotations else []
    return (
        document_in(language, pages)
        .annotate(
            requires=Case(*requires, default=Value(True), output_field=BooleanField()),
        )
        .values_list(
            *("pk", "uuid", "path", "content_type_id", f"document__{part}", "document__stale"),
            *("owner__first_name", "owner__last_name", "requires", *order_key),
        )
    )


def document_in(language: str, pages: QuerySet[Any]) -> QuerySet[Any]:
    """Have a query know each page's document in a language as `document`."""
    document = FilteredRelation("documents", condition=Q(documents__language=language))
    return pages.annotate(document=document)


def kinds_by_id(school: CurrentSchool) -> dict[int, ContentType]:
    """Return a school's content types by the primary key that pages name them with."""
    return {type_id(kind.model): kind for kind in types_at(school)}


def spliced(row: Row, facts: dict[str, Any]) -> str:
    """Return a stored object's text with what is told beside it as its last fields."""
    return (
        f'{row.text[:-1]},"order":{order_of(row.key.path)},"author":{as_json(row.author)},'
        f'"reader":{as_json(facts)}}}'
    )


def order_of(path: str) -> int:
    """Return a page's place among its siblings: numbers that grow, not always by one."""
    return int(path[-STEP:], 36)


def told(rows: Sequence[Row], reader: Reader, *, fields: Collection[str] = ()) -> list[str]:
    """Return each row's entry in a list as JSON text, with the reader's facts. One query more."""
    rows = [row for row in rows if row.text]
    facts: Facts = facts_of(reader, [row.key for row in rows])
    items = [spliced(row, facts[row.key.id]) for row in rows]
    if not fields:
        return items
    # Only here is a document ever parsed: who asks for less pays for it.
    wanted = {"id", *fields}
    return [
        as_json({name: value for name, value in json.loads(item).items() if name in wanted})
        for item in items
    ]


def page_text(items: Iterable[str], *, next: str | None, count: int | None = None) -> str:
    """Return a list's page as JSON text."""
    tail = f',"count":{count}' if count is not None else ""
    return f'{{"items":[{",".join(items)}],"next":{json.dumps(next)}{tail}}}'
