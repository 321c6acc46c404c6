"""Full-text search: a folded copy of each published page and language, and the query over it.

The table is the database's own kind (FTS5 on SQLite, a text vector on PostgreSQL), and so no
model. A row's number is the page's, times `SLOTS`, plus the language's place among the
deployment's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from lyceum.content.normalising import fold, words_of
from lyceum.content.visibility import following

SLOTS = 64
MOST_WORDS = 12
MOST_HITS = 1000
SNIPPET = 160


@dataclass(frozen=True)
class Copy:
    """What search looks through of one page in one language."""

    title: str
    description: str
    body: str
    tags: str


def keep(page_id: int, copies: Mapping[str, Copy]) -> None:
    """Put a page's copies in the place of those that were kept; {} leaves none."""
    forget(page_id)
    rows: list[list[int | str]] = [
        [
            _number(page_id, language),
            *(" ".join(words_of(text)) for text in (c.title, c.description, c.body, c.tags)),
            f"{c.description} {c.body}".strip(),
        ]
        for language, c in copies.items()
    ]
    if not rows:
        return
    if connection.vendor == "postgresql":
        statement = (
            "INSERT INTO content_search (id, words, text) SELECT v.id,"
            " setweight(to_tsvector('simple', v.title), 'A') ||"
            " setweight(to_tsvector('simple', v.tags), 'B') ||"
            " setweight(to_tsvector('simple', v.description), 'C') ||"
            " setweight(to_tsvector('simple', v.body), 'D'), v.text"
            " FROM (VALUES (%s, %s, %s, %s, %s, %s)) "
            " AS v (id, title, description, body, tags, text)"
        )
    else:
        statement = (
            "INSERT INTO content_search (rowid, title, description, body, tags, text)"
            " VALUES (%s, %s, %s, %s, %s, %s)"
        )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def forget(page_id: int) -> None:
    """Take a page out of the search."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM content_search WHERE {_key()} BETWEEN %s AND %s",  # noqa: S608
            [page_id * SLOTS, page_id * SLOTS + SLOTS - 1],
        )


def hits(query: str, *, root_path: str) -> list[int]:
    """
    Return the ids of the pages below a root that hold all words of a query, the best first.

    The last word may be the beginning of one. Spelt with accents and vowel marks or without,
    in any of the school's languages. Of very many, the best 1,000. One query.
    """
    words = words_of(query)[:MOST_WORDS]
    if not words:
        return []
    statement, pattern = _statement(words)
    with connection.cursor() as cursor:
        cursor.execute(statement, [pattern, root_path, following(root_path), MOST_HITS])
        # A page that matches in two languages comes twice.
        return list(dict.fromkeys(number // SLOTS for (number,) in cursor.fetchall()))


def snippets(query: str, page_ids: Sequence[int], *, language: str) -> dict[int, str]:
    """Return, by page id, the text around the first word of the query, or the text's beginning."""
    if not page_ids:
        return {}
    words = tuple(words_of(query))
    marks = ",".join(["%s"] * len(page_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_key()}, text FROM content_search WHERE {_key()} IN ({marks})",  # noqa: S608
            [_number(page_id, language) for page_id in page_ids],
        )
        return {number // SLOTS: _around(text, words) for number, text in cursor.fetchall()}


def _statement(words: list[str]) -> tuple[str, str]:
    # `words` are letters and digits alone: nothing of the reader's reaches the query's syntax.
    if connection.vendor == "postgresql":
        pattern = " & ".join([*words[:-1], f"{words[-1]}:*"])
        return (
            "SELECT s.id FROM content_search s JOIN content_basepage p ON p.id = s.id / 64,"
            " to_tsquery('simple', %s) q WHERE s.words @@ q AND p.path > %s AND p.path < %s"
            " ORDER BY ts_rank(s.words, q) DESC, p.path LIMIT %s",
            pattern,
        )
    pattern = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}" *'])
    return (
        "SELECT s.rowid FROM content_search s JOIN content_basepage p ON p.id = s.rowid / 64"
        " WHERE content_search MATCH %s AND p.path > %s AND p.path < %s"
        " ORDER BY bm25(content_search, 10.0, 3.0, 1.0, 5.0), p.path LIMIT %s",
        pattern,
    )


def _around(text: str, words: tuple[str, ...]) -> str:
    """Return about `SNIPPET` characters of a text, from a little before the first word found."""
    start = 0
    for at, word in _pieces(text):
        if fold(word).startswith(words):
            start = max(0, text.rfind(" ", 0, max(0, at - 40)) + 1) if at > 40 else 0
            break
    piece = text[start : start + SNIPPET]
    if start + SNIPPET < len(text):
        piece = piece.rsplit(" ", 1)[0] + "…"
    return ("…" if start else "") + piece


def _pieces(text: str) -> list[tuple[int, str]]:
    pieces, at = [], 0
    for word in text.split(" "):
        pieces.append((at, word.strip("\"'“”‘’«»¿¡([{")))
        at += len(word) + 1
    return pieces


def _number(page_id: int, language: str) -> int:
    codes = [code for code, _ in settings.LANGUAGES]
    return page_id * SLOTS + codes.index(language)


def _key() -> str:
    return "id" if connection.vendor == "postgresql" else "rowid"
