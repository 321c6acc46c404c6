"""The one question that is asked of rights: may this person do this to that?"""

from lyceum.access.permissions import authorise, can

__all__ = ["authorise", "can"]
