"""What learning asks of page types, and what a plugin may add to the activity log."""

from lyceum.learning.activity import ActivityKind
from lyceum.learning.catalogue import PageRef, curricula

__all__ = [
    "ActivityKind",
    "PageRef",
    "curricula",
]
