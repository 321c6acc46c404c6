"""The base of every table whose rows belong to a school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from lyceum.kernel.identity import new_uuid

if TYPE_CHECKING:
    from lyceum.schools.current import CurrentSchool


class SchoolQuerySet(models.QuerySet[Any]):
    def of(self, school: CurrentSchool) -> Self:
        """Narrow to a school's own rows: where every query of a plugin begins."""
        return self.filter(school_id=school.id)


class SchoolScopedModel(models.Model):
    """A row of one school, with a public id. Deleted with its school."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")

    objects = SchoolQuerySet.as_manager()

    class Meta:
        abstract = True
