"""
Confinement: while an editor's request runs, other schools' pages and files are not there.

The editor looks things up by id in a hundred places: forms that show what was chosen, bulk actions,
links in texts. Held at the managers, none of them finds what is not the school's. Only the editor
and `/api/cms/` are confined; what reads content elsewhere says itself which school it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from wagtail.models import Collection

from lyceum.schools.current import CurrentSchool


class Confines:
    """Where one is held: a school's tree, and its collections, looked up when they are needed."""

    def __init__(self, school: CurrentSchool) -> None:
        self.root_path = school.root_path
        self._school_id = school.id

    @cached_property
    def collections(self) -> list[int]:
        """The ids of the school's collection and of those within it."""
        own = Collection.objects.get(school=self._school_id)
        return list(own.get_descendants(inclusive=True).values_list("pk", flat=True))


_confines: ContextVar[Confines | None] = ContextVar("lyceum_confines", default=None)


@contextmanager
def confined_to(school: CurrentSchool | None) -> Iterator[None]:
    """Hide other schools' pages and files for the length of a block; None lifts it."""
    token = _confines.set(Confines(school) if school else None)
    try:
        yield
    finally:
        _confines.reset(token)


class ConfinedPages(models.Manager[Any]):
    """A manager's way to a school's own pages. Mixed in before the manager proper."""

    def get_queryset(self) -> QuerySet[Any]:
        pages = super().get_queryset()
        confines = _confines.get()
        if confines is None:
            return pages
        # The root above all schools is no school's page, but what walks up a tree must meet it.
        return pages.filter(Q(path__startswith=confines.root_path) | Q(depth=1))


class ConfinedFiles(models.Manager[Any]):
    """A manager's way to the files of a school's own library."""

    def get_queryset(self) -> QuerySet[Any]:
        files = super().get_queryset()
        confines = _confines.get()
        # By ids: a search filters by columns of its own, and follows no joins.
        return files.filter(collection__in=confines.collections) if confines else files
