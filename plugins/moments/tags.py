"""Tags as they are kept, and looked for."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from plugins.moments.models import TAG


def as_kept(tag: str) -> str:
    """Return a tag in lower case and without a number sign; "" if nothing is left."""
    # Some capitals become two characters, and would no longer fit.
    return normalize("NFC", tag.strip().lstrip("#").strip().lower())[:TAG]


def all_as_kept(tags: Iterable[str]) -> list[str]:
    """Return tags as they are kept, each once."""
    return list(dict.fromkeys(kept for tag in tags if (kept := as_kept(tag))))
