"""The school that code works for, and the levels of its scale."""

from lyceum.schools.current import CurrentSchool, SchoolNotFound, school_by_slug
from lyceum.schools.levels import levels_of

__all__ = ["CurrentSchool", "SchoolNotFound", "levels_of", "school_by_slug"]
