"""What a session's text says of who is signed in by it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from lyceum.accounts.models import User


def signs_in(session_data: str, user: User) -> bool:
    """Return whether a session's text signs this very person in, by the password they have now."""
    named, proof, backend = _signed_in_as(session_data, settings.SECRET_KEY)
    return (
        user.is_active
        and named == str(user.pk)
        and backend in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(proof, user.get_session_auth_hash())
    )


@lru_cache(maxsize=1024)
def _signed_in_as(session_data: str, secret: str) -> tuple[str, str, str]:
    """Return whom a session's text names, the proof of their password, and who let them in."""
    data = Session(session_data=session_data).get_decoded()
    named, proof, backend = (
        str(data.get(key, "")) for key in (SESSION_KEY, HASH_SESSION_KEY, BACKEND_SESSION_KEY)
    )
    return named, proof, backend
