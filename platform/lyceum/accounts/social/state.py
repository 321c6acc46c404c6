"""What a provider is sent along and hands back: whose log-in it is, at which school, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

SALT = "lyceum.accounts.social.state"
LIFETIME = timedelta(hours=1)


@dataclass(frozen=True)
class Origin:
    """Where a log-in began: the school, and the scheme and host at which the session is."""

    school: UUID
    address: str


def new_state(origin: Origin) -> str:
    """Return a state that cannot be guessed, and says where its log-in began."""
    return signing.dumps([get_random_string(22), origin.school.hex, origin.address], salt=SALT)


def origin_of(state: str) -> Origin | None:
    """Return where the log-in of a state began; None if it is none of ours, or of an hour ago."""
    try:
        _, school, address = signing.loads(state, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return Origin(UUID(school), address)


def nonce_of(state: str) -> str:
    """
    Return what the ID token of this log-in has to hold (OpenID Connect Core, 3.1.2.1).

    It follows from the state, which is the browser's own and good once: a token that was made for
    another log-in does not fit.
    """
    return salted_hmac(f"{SALT}.nonce", state, algorithm="sha256").hexdigest()


def is_nonce_of(nonce: object, state: str) -> bool:
    """Whether this is the nonce that was sent along with a state."""
    return isinstance(nonce, str) and constant_time_compare(nonce, nonce_of(state))


def address_of(request: HttpRequest) -> str:
    """Return the scheme and host of a request."""
    return f"{request.scheme}://{request.get_host()}"


def callback_address(request: HttpRequest, provider: str) -> str:
    """
    Return where a provider sends people back to: one address for all schools, or one for each.

    The provider has to know it beforehand. One for all is on `LYCEUM_SIGN_IN_ADDRESS`.
    """
    base = settings.LYCEUM_SIGN_IN_ADDRESS or address_of(request)
    return base + reverse("provider_callback", args=[provider])
