"""What higher rooms know of a reader and a page: told with each page, and asked at its door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lyceum.content.visibility import Reader
from lyceum.kernel.errors import Forbidden
from lyceum.kernel.registries import Registry


class PrerequisiteMissing(Forbidden):
    """
    Other lessons must be completed before this one opens.

    The list shows it with `locked`, and in `missing` the lessons that are still to be done.
    """

    code = "prerequisite_missing"
    detail = "Other lessons come before this one."


@dataclass(frozen=True)
class PageKey:
    """
    A page as other rooms know it; `type` is the content type's plural, as in `lessons`.

    Where `requires` is False, nothing must come before it; else something may.
    """

    id: int
    uuid: UUID
    path: str
    type: str
    requires: bool = True


Facts = dict[int, dict[str, Any]]

# Each gets a reader and one page of results, and returns page id to facts of JSON types, which
# the answer holds as `reader`. One batched call, of two queries at most.
reader_facts: Registry[Callable[[Reader, Sequence[PageKey]], Mapping[int, Mapping[str, Any]]]]
reader_facts = Registry("reader facts")

# Each gets a reader, a page about to be shown in full, and its facts; raises where it is shut.
gates: Registry[Callable[[Reader, PageKey, Mapping[str, Any]], None]] = Registry("gates")


def facts_of(reader: Reader, pages: Sequence[PageKey]) -> Facts:
    """Return what the higher rooms tell of each page for this reader, by page id."""
    facts: Facts = {page.id: {} for page in pages}
    if not pages:
        return facts
    for tell in reader_facts:
        for page_id, told in tell(reader, pages).items():
            facts[page_id].update(told)
    return facts


def enter(reader: Reader, page: PageKey) -> dict[str, Any]:
    """
    Return the facts of a page that is about to be shown in full.

    :raises PrerequisiteMissing: or what else a gate raises, if it is shut for this reader
    """
    facts = facts_of(reader, [page])[page.id]
    for gate in gates:
        gate(reader, page, facts)
    return facts
