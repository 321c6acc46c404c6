"""The one question that is asked of rights: may this person do this to that?"""

from lyceum.access.permissions import can

__all__ = ["can"]
