"""Who is at the school: by the UUID that news name, and by class."""

from lyceum.schools.roster import Entry, class_of, find_member, learners_of

__all__ = ["Entry", "class_of", "find_member", "learners_of"]
