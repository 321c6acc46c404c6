"""What lists are sorted by, written so that indexes hold it."""

from __future__ import annotations

from django.db.models import CharField, Func
from django.db.models.functions import Coalesce

from lyceum.content.normalising import words_of

ROOT = 8  # how much of a page's path is its school's
LENGTH = 200  # bytes of a title that count


class SchoolPart(Func):
    """The part of a page's path that is its school's: the text of its index, numbers included."""

    template = f"SUBSTR(%(expressions)s, 1, {ROOT})"
    arity = 1
    output_field = CharField()


def last_change() -> Coalesce:
    """Return when a page was last published, or made."""
    return Coalesce("last_published_at", "created_at")


def sort_key(title: str, page_id: int) -> bytes:
    """
    Return by what a title is sorted: its words without case, accents and signs.

    Bytes, since these compare alike whatever the database and the language it was set up in.

    No two pages have the same key, so that a list has a place to go on from.
    """
    words = " ".join(words_of(title)).encode()[:LENGTH]
    return words + b"\0" + page_id.to_bytes(8, "big")


def shelf_of(path: str, type: str) -> str:
    """Return which list a page at `path` stands in: its school's, of its type, as `lesson`."""
    return f"{path[:ROOT]}/{type}"
