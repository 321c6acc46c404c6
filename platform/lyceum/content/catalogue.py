"""The catalogue as a tree, the exercises of a lesson, and what a search finds."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from lyceum.content import search
from lyceum.content.documents.making import refresh
from lyceum.content.documents.rendering import as_json
from lyceum.content.exercises.kinds import kinds_at
from lyceum.content.facts import enter
from lyceum.content.listing import Listing, level_filter, title_in
from lyceum.content.models import BasePage
from lyceum.content.normalising import words_of
from lyceum.content.ordering import cursor_after, window_after
from lyceum.content.reading import (
    find_one,
    kinds_by_id,
    order_of,
    page_text,
    pages_of,
    read_rows,
    shape_with,
    told,
)
from lyceum.content.types import ContentType, content_types
from lyceum.content.visibility import STEP, Reader, bounds_of, narrow, type_id, within
from lyceum.http.pagination import CursorInvalid, from_cursor, to_cursor
from lyceum.kernel.clock import now
from lyceum.kernel.errors import Invalid
from lyceum.kernel.prepared import Put, Question
from lyceum.schools.current import CurrentSchool

EXERCISES_PAGE = 10
SEARCH_PAGE = 20


def read_tree(reader: Reader, *, level: str = "") -> str:
    """
    Return all that is listed, each with what lies below it, by name alone, as JSON text.

    One query. Levels are narrowed as in lists.
    """
    kinds = {pk: kind for pk, kind in kinds_by_id(reader.school).items() if kind.listed}
    pages = (
        BasePage.objects.order_by("path")
        .filter(level_filter(level, reader), content_type_id__in=list(kinds))
        .visible_to(reader)
        .values_list("path", "uuid", "slug", "level", "content_type_id", title_in(reader))
    )
    nodes: dict[str, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for path, uuid, slug, page_level, type_, name in pages:
        nodes[path] = node = {
            "id": str(uuid),
            "type": kinds[type_].name,
            "slug": slug,
            "title": name,
            "level": page_level,
            "order": order_of(path),
            "children": [],
        }
        above = nodes.get(path[:-STEP])
        (above["children"] if above else roots).append(node)
    return as_json({"items": roots})


def read_exercises_of(lesson: UUID, asked: Listing, reader: Reader) -> str:
    """
    Return a lesson's exercises in their order, each in full, as JSON text.

    :raises NotFound: if there is no such lesson for this reader
    :raises PrerequisiteMissing: if the lesson is locked
    """
    row = find_one(content_types["lessons"], lesson, reader)
    enter(reader, row.key)
    kind = content_types["exercises"]
    exercises = _exercises_below(row.key.path, kind, reader)
    limit = asked.limit or EXERCISES_PAGE
    window = window_after(exercises, asked.cursor, asked.order, reader)
    rows = read_rows(window, reader, "body", {type_id(kind.model): kind}, limit + 1)
    count = exercises.rows().count() if asked.count else None
    more, rows = len(rows) > limit, rows[:limit]
    next_ = cursor_after(rows[-1], asked.order) if more else None
    return page_text(told(rows, reader), next=next_, count=count)


def _exercises_below(path: str, kind: ContentType, reader: Reader) -> Question:
    def build(put: Put) -> Any:
        return narrow(pages_of(kind).order_by("path"), reader, put)

    return Question(
        shape=shape_with(reader, "exercises_below", type_id(kind.model)),
        build=build,
        values=within(bounds_of(reader), [path]),
    )


def read_search(
    query: str, reader: Reader, *, types: tuple[str, ...] = (), cursor: str = "", limit: int = 0
) -> str:
    """
    Return what holds all words of a query, the best first, as JSON text.

    Each is the page's card with a `snippet` of its text. Five queries, and one for the facts.

    :raises Invalid: if there is no word in it
    :raises CursorInvalid: if the cursor is not one of this search's
    """
    if not words_of(query):
        raise Invalid(fields={"q": ["Write a word to look for: at least one letter or digit."]})
    refresh(reader.school.root_path, plugins=reader.school.plugins, at=now())
    start, limit = _start(cursor, query), limit or SEARCH_PAGE
    found = search.hits(query, root_path=reader.school.root_path)
    kinds = {
        pk: kind
        for pk, kind in kinds_by_id(reader.school).items()
        if kind.listed and (not types or kind.plural in types)
    }
    pages = BasePage.objects.order_by().filter(content_type_id__in=list(kinds)).visible_to(reader)
    seen = set(pages.filter(pk__in=found).values_list("pk", flat=True))
    window = [pk for pk in found if pk in seen][start : start + limit + 1]
    shown = Question(shape=None, build=lambda put: pages.filter(pk__in=window), values={})
    rows = read_rows(shown, reader, "card", kinds)
    rows.sort(key=lambda row: window.index(row.key.id))
    more, rows = len(window) > limit, [row for row in rows[:limit] if row.text]
    snippets = search.snippets(query, [row.key.id for row in rows], language=reader.language)
    items = [
        f'{item[:-1]},"snippet":{json.dumps(snippets.get(row.key.id, ""), ensure_ascii=False)}}}'
        for item, row in zip(told(rows, reader), rows, strict=True)
    ]
    return page_text(items, next=to_cursor(query, str(start + limit)) if more else None)


def read_kinds(school: CurrentSchool) -> str:
    """Return a school's kinds of exercise, with the schemas of task and answer, as JSON text."""
    kinds = [
        {
            "name": kind.name,
            "label": str(kind.label),
            "answered_by_voice": kind.answered_by_voice,
            "task": kind.Shown.model_json_schema() if kind.Shown else {},
            "answer": kind.Answer.model_json_schema(),
        }
        for kind in kinds_at(school)
    ]
    return as_json({"items": kinds})


def _start(cursor: str, query: str) -> int:
    if not cursor:
        return 0
    asked, start = from_cursor(cursor, 2)
    if asked != query or not start.isdecimal() or len(start) > 6:
        raise CursorInvalid
    return int(start)
