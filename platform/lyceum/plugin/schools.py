"""The school that code works for, and the levels of its scale."""

from lyceum.schools.current import CurrentSchool, SchoolNotFound, school_by_id, school_by_slug
from lyceum.schools.levels import levels_of
from lyceum.schools.queries import active_member

__all__ = [
    "CurrentSchool",
    "SchoolNotFound",
    "active_member",
    "levels_of",
    "school_by_id",
    "school_by_slug",
]
