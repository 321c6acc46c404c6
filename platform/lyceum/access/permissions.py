"""The one question: may this person do this to that?"""

from __future__ import annotations

from typing import Any


def can(user: Any, permission: str, thing: Any) -> bool:
    """Return whether a person holds a permission over a thing."""
    return bool(getattr(user, "is_superuser", False))
