"""The base of every table whose rows belong to a school."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from lyceum.kernel.identity import new_uuid
from lyceum.schools.confinement import ConfinedRows

if TYPE_CHECKING:
    from lyceum.schools.current import CurrentSchool


class SchoolQuerySet(models.QuerySet[Any]):
    def of(self, school: CurrentSchool) -> Self:
        """Narrow to a school's own rows: where every query of a plugin begins."""
        return self.filter(school_id=school.id)

    @classmethod
    def as_manager(cls) -> Any:
        """Return a manager that finds, within the editor, the school's own rows alone."""
        manager = ConfinedRows.from_queryset(cls)()
        manager._built_with_asmanager = True  # type: ignore[attr-defined]
        return manager


class SchoolScopedModel(models.Model):
    """A row of one school, with a public id. Deleted with its school."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")

    objects = SchoolQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        abstract = True

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        super().validate_unique(exclude=self._but_school(exclude))

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        super().validate_constraints(exclude=self._but_school(exclude))

    def _but_school(self, exclude: Collection[str] | None) -> set[str]:
        """Have a form find what is twice in a school, though nobody chooses the school in it."""
        return set(exclude or ()) - ({"school"} if self.school_id else set())
