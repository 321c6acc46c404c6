"""What a plugin's tables build on."""

from lyceum.schools.models.scoped import SchoolQuerySet, SchoolScopedModel

__all__ = ["SchoolQuerySet", "SchoolScopedModel"]
