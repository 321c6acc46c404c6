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

from django.core.exceptions import FullResultSet
from django.db import models
from django.db.models import F, Lookup, QuerySet
from treebeard.mp_tree import MP_Node
from wagtail.models import Collection

from lyceum.kernel.prepared import is_preparing
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


class _Within(Lookup[Any]):
    """
    A condition that is settled when a query is run, not when it is made.

    Forms keep their queries for as long as the process lives: what they find must not depend on
    the school that was the first to open them.
    """

    prepare_rhs = False

    def __init__(self, column: Any, holds: bool = True) -> None:
        super().__init__(column, holds)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        confines = _confines.get()
        # A prepared query serves all schools, and says itself which one it reads.
        if confines is None or is_preparing():
            raise FullResultSet
        column, params = self.process_lhs(compiler, connection)
        condition, values = self.condition(column, confines)
        return condition, [*params, *values]

    def condition(self, column: str, confines: Confines) -> tuple[str, list[Any]]:
        """Return what must hold of a row, in SQL, and its values."""
        raise AttributeError(f"{type(self).__name__} has no condition.")


class _WithinTree(_Within):
    lookup_name = "within_tree"

    def condition(self, column: str, confines: Confines) -> tuple[str, list[Any]]:
        # The root above all schools is no school's page, but what walks up a tree must meet it.
        top = confines.root_path[: MP_Node.steplen]
        return f"({column} LIKE %s OR {column} = %s)", [f"{confines.root_path}%", top]


class _WithinLibrary(_Within):
    lookup_name = "within_library"

    def condition(self, column: str, confines: Confines) -> tuple[str, list[Any]]:
        # By ids: a search filters by columns of its own, and follows no joins.
        places = ", ".join(["%s"] * len(confines.collections))
        return f"{column} IN ({places})", confines.collections


class ConfinedPages(models.Manager[Any]):
    """A manager's way to a school's own pages. Mixed in before the manager proper."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(_WithinTree(F("path")))


class ConfinedFiles(models.Manager[Any]):
    """A manager's way to the files of a school's own library."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(_WithinLibrary(F("collection")))
