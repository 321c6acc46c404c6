"""The words of rendered blocks, for search and for snippets."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

TAG = re.compile(r"<[^>]+>")

# What a rendered block holds beside words: names, numbers and addresses.
NOT_WORDS = frozenset(
    {"type", "id", "src", "href", "url", "colour", "language", "tone", "kind", "slug", "of",
     "level", "captions", "plugin", "provider", "languages", "created_at", "updated_at"}
)  # fmt: skip


def words_in(rendered: Any) -> str:
    """Return all text of rendered blocks, without markup."""
    return " ".join(" ".join(_texts(rendered)).split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield html.unescape(TAG.sub(" ", value))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_WORDS:
                yield from _texts(part)
