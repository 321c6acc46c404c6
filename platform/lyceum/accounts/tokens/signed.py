"""Tokens of apps: what they say, who is behind one, and allauth's strategy that hands them out."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from uuid import UUID, uuid4

import jwt
from allauth.core.internal.httpkit import authenticated_user, get_authorization_credential
from allauth.headless.internal import sessionkit
from allauth.headless.tokens.strategies.base import AbstractTokenStrategy
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import BigIntegerField, QuerySet, UUIDField
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from lyceum.accounts.models import ABSOLUTE_LIFETIME, TokenFamily, User
from lyceum.accounts.tokens import families
from lyceum.kernel.clock import now
from lyceum.kernel.prepared import Slot, fetch
from lyceum.schools.standing import with_standing

ALGORITHM = "HS256"
ACCESS = "access"
REFRESH = "refresh"
# By so much the clocks of two servers may differ: a token is used where it was not made.
LEEWAY = timedelta(seconds=30)
ACCESS_LIFETIME = timedelta(minutes=60)
REFRESH_LIFETIME = families.REFRESH_LIFETIME


@dataclass(frozen=True)
class Claims:
    """What a token says: whose it is, of which family, and its own id."""

    person: UUID
    family: UUID
    token: UUID


class TokenStrategy(AbstractTokenStrategy):
    """
    allauth's door to our tokens.

    Unlike its own JWT strategy, one refresh token has one winner, reuse ends the family, tokens
    name issuer and audience, and nothing outlives `ABSOLUTE_LIFETIME`.
    """

    def get_session_token(self, request: HttpRequest) -> str | None:
        given: str | None = super().get_session_token(request)
        if given:
            return given
        token = get_authorization_credential(request, "Bearer")
        family = family_of(token, at=now()) if token else None
        return family.session_id if family else None

    def create_session_token(self, request: HttpRequest) -> str:
        if not request.session.session_key:
            request.session.save()
        return str(request.session.session_key)

    def lookup_session(self, session_token: str) -> SessionBase | None:
        found: SessionBase | None = sessionkit.lookup_session(session_token)
        return found

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any] | None:
        """Start a family for the log-in that has just been completed, and return its tokens."""
        at = now()
        user = authenticated_user(request)
        self.create_session_token(request)
        # The session is what the tokens rest on, and must not end before them.
        request.session.set_expiry(int(REFRESH_LIFETIME.total_seconds()))
        family = families.start_family(
            user=user, session_key=str(request.session.session_key), at=at
        )
        return {
            "access_token": access_token(family, user.uuid, at=at),
            "refresh_token": refresh_token(family, user.uuid, at=at),
            "expires_in": int(ACCESS_LIFETIME.total_seconds()),
        }

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        return rotate(refresh_token, at=now())


def rotate(token: str, *, at: datetime) -> tuple[str, str] | None:
    """Exchange a refresh token for a new access token and its successor; None if it is no good."""
    claims = read(token, use=REFRESH)
    if claims is None:
        return None
    family = families.advance(family_id=claims.family, token=claims.token, at=at)
    if family is None:
        return None
    return access_token(family, claims.person, at=at), refresh_token(family, claims.person, at=at)


def family_of(token: str, *, at: datetime, school_id: int = 0) -> TokenFamily | None:
    """Return the family of an access token, with its session, user and profile; None if it is dead.

    One query. It brings too where the person stands in a school (`standing_beside`). Dead is a
    token that is expired, foreign or misused, and one whose session was ended, whose person was
    deactivated, or changed the password since.
    """
    claims = read(token, use=ACCESS)
    if claims is None:
        return None
    families = fetch(
        "family_of",
        _with_everything,
        family=claims.family,
        person=claims.person,
        school=school_id,
    )
    family: TokenFamily | None = families[0] if families else None
    return family if family is not None and family.is_alive(at) else None


def _with_everything() -> QuerySet[TokenFamily]:
    families = TokenFamily.objects.select_related("session", "user__profile").filter(
        id=Slot("family", UUIDField()), user__uuid=Slot("person", UUIDField())
    )
    return with_standing(families, Slot("school", BigIntegerField()))


def person_of(token: str, *, at: datetime) -> User | None:
    """Return the person behind an access token, with their profile; None if it is dead."""
    family = family_of(token, at=at)
    return family.user if family else None


def access_token(family: TokenFamily, person: UUID, *, at: datetime) -> str:
    """Return a new access token of a family; good for `ACCESS_LIFETIME`."""
    return _sign(ACCESS, family, person, token=uuid4(), at=at, lifetime=ACCESS_LIFETIME)


def refresh_token(family: TokenFamily, person: UUID, *, at: datetime) -> str:
    """Return the one refresh token with which a family goes on."""
    return _sign(REFRESH, family, person, token=family.current, at=at, lifetime=REFRESH_LIFETIME)


def read(token: str, *, use: str) -> Claims | None:
    """Return what a token of ours says; None unless it is signed, in time, and made for `use`."""
    try:
        ours = (settings.LYCEUM_TOKEN_ISSUER, settings.LYCEUM_TOKEN_AUDIENCE)
        payload = _verified(token, settings.SECRET_KEY, *ours)
        if payload["token_use"] != use or not _is_in_time(payload):
            return None
        return Claims(UUID(payload["sub"]), UUID(payload["sid"]), UUID(payload["jti"]))
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError):
        return None


@lru_cache(maxsize=1024)
def _verified(token: str, secret: str, issuer: str, audience: str) -> dict[str, Any]:
    """
    Return what a token says, if its signature is ours and it is for us; whether it is in time is
    asked anew with each request, as is whether its log-in still holds.

    :raises PyJWTError: if it is not, which is not kept
    """
    return jwt.decode(
        token,
        key=_key(secret),
        algorithms=[ALGORITHM],
        issuer=issuer,
        audience=audience,
        leeway=LEEWAY,
        options={"require": ["exp", "iat", "iss", "aud", "sub", "sid", "jti", "token_use"]},
    )


def _is_in_time(payload: dict[str, Any]) -> bool:
    leeway, at = LEEWAY.total_seconds(), time.time()
    return int(payload["iat"]) - leeway <= at < int(payload["exp"]) + leeway


def _sign(
    use: str,
    family: TokenFamily,
    person: UUID,
    *,
    token: UUID,
    at: datetime,
    lifetime: timedelta,
) -> str:
    end = min(at + lifetime, family.signed_in_at + ABSOLUTE_LIFETIME)
    payload = {
        "iss": settings.LYCEUM_TOKEN_ISSUER,
        "aud": settings.LYCEUM_TOKEN_AUDIENCE,
        "sub": str(person),
        "sid": str(family.id),
        "jti": str(token),
        "token_use": use,
        "iat": at.astimezone(UTC),
        "exp": end.astimezone(UTC),
        "auth_time": int(family.signed_in_at.timestamp()),
    }
    return jwt.encode(payload, _key(settings.SECRET_KEY), algorithm=ALGORITHM)


@cache
def _key(secret: str) -> bytes:
    # A key of its own: what signs cookies must not be good for tokens, nor the other way round.
    return salted_hmac("lyceum.accounts.tokens", "key", secret=secret, algorithm="sha256").digest()
