"""What learning asks of page types, and what a plugin may add to the activity log."""

from lyceum.learning.activity import ActivityKind, register_activity_kind
from lyceum.learning.catalogue import Curriculum, PageRef, curricula

__all__ = [
    "ActivityKind",
    "Curriculum",
    "PageRef",
    "curricula",
    "register_activity_kind",
]
