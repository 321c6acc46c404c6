"""
Confinement: while an editor's request runs, what is other schools' is not there.

The editor looks things up by id in a hundred places: forms that show what was chosen, bulk actions,
links in texts. Held at the managers, none of them finds what is not the school's. Only the editor
and `/api/cms/` are confined; what reads elsewhere says itself which school it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FullResultSet
from django.db import models
from django.db.models import F, Lookup, QuerySet
from wagtail.models import Collection

from lyceum.kernel.prepared import is_preparing

if TYPE_CHECKING:
    from lyceum.schools.current import CurrentSchool


class Confines:
    """Where one is held: a school's rows and tree, and its collections, looked up when needed."""

    def __init__(self, school: CurrentSchool) -> None:
        self.root_path = school.root_path
        self.school_id = school.id

    @cached_property
    def collections(self) -> list[int]:
        """The ids of the school's collection and of those within it."""
        own = Collection.objects.get(school=self.school_id)
        return list(own.get_descendants(inclusive=True).values_list("pk", flat=True))


_confines: ContextVar[Confines | None] = ContextVar("lyceum_confines", default=None)


@contextmanager
def confined_to(school: CurrentSchool | None) -> Iterator[None]:
    """Hide what is other schools' for the length of a block; None lifts it."""
    token = _confines.set(Confines(school) if school else None)
    try:
        yield
    finally:
        _confines.reset(token)


class Within(Lookup[Any]):
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


class WithinSchool(Within):
    """That a column holds the id of the school."""

    lookup_name = "within_school"

    def condition(self, column: str, confines: Confines) -> tuple[str, list[Any]]:
        return f"{column} = %s", [confines.school_id]


class AmongMembers(Within):
    """That a column holds the id of a person who is, or was, a member of the school."""

    lookup_name = "among_members"

    def condition(self, column: str, confines: Confines) -> tuple[str, list[Any]]:
        members = "SELECT user_id FROM schools_membership WHERE school_id = %s"
        return f"{column} IN ({members})", [confines.school_id]


class ConfinedRows(models.Manager[Any]):
    """A manager's way to the rows of one's own school."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(WithinSchool(F("school_id")))
