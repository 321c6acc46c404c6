"""ID tokens: what a provider says of a person, and whether it says so to us, now, and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.cache import cache
from django.db import IntegrityError, transaction

from lyceum.accounts.models import SpentToken
from lyceum.accounts.social.outgoing import ProviderUnavailable, ask
from lyceum.kernel.clock import now

# All three sign with RSA. What the token itself says of its algorithm is never believed.
ALGORITHM = "RS256"
NEEDED = ["iss", "aud", "exp", "iat", "sub"]
LEEWAY = timedelta(seconds=30)  # clocks differ
LONGEST_SUBJECT = 191
LONGEST_TOKEN = 8 * 1024
KEYS_SECONDS = 60 * 60
# An unknown key makes us look again, but not oftener: anybody can send one.
PATIENCE_SECONDS = 60


class TokenRefused(OAuth2Error):
    """A provider's token is no good; `code` says why, as allauth's answers do."""

    def __init__(self, code: str = "invalid_token") -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Issuer:
    """Who signs ID tokens: under which names, and where the keys are."""

    names: Sequence[str]
    keys: str


def claims_of(token: object, *, issuer: Issuer, audience: str) -> dict[str, Any]:
    """
    Return what a token says, once signature, issuer, audience and times are right.

    :raises TokenRefused: if anything is not
    :raises ProviderUnavailable: if the provider's keys cannot be had
    """
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        raise TokenRefused
    try:
        key = _key(issuer.keys, str(jwt.get_unverified_header(token).get("kid", "")))
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=[ALGORITHM],
            issuer=list(issuer.names),
            audience=audience,
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
    except jwt.ExpiredSignatureError as error:
        raise TokenRefused("token_expired") from error
    # Anything at all may be in a header or a claim: ValueError and TypeError are what PyJWT lets
    # through of it.
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise TokenRefused from error
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise TokenRefused
    return claims


def spend(token: str, claims: dict[str, Any]) -> None:
    """
    Note that a token was used to log in; it is good once.

    :raises TokenRefused: if it was used before
    """
    digest = sha256(token.rpartition(".")[0].encode()).hexdigest()
    until = datetime.fromtimestamp(claims["exp"], UTC) + LEEWAY
    try:
        with transaction.atomic():
            SpentToken.objects.create(digest=digest, expires_at=until)
    except IntegrityError as error:
        raise TokenRefused("token_used") from error


def forget_spent_tokens(at: datetime) -> None:
    """Delete what was noted of tokens that have expired by `at`."""
    SpentToken.objects.filter(expires_at__lt=at).delete()


def _key(address: str, kid: str) -> jwt.PyJWK:
    """Return a provider's public key; its keys are kept for an hour, and looked up anew for one."""
    name = f"provider-keys:{address}"
    kept: tuple[float, dict[str, Any]] | None = cache.get(name)
    at = now().timestamp()
    if kept is None or (kid not in kept[1] and at - kept[0] > PATIENCE_SECONDS):
        kept = (at, _keys(address))
        cache.set(name, kept, KEYS_SECONDS)
    if kid not in kept[1]:
        raise TokenRefused
    return jwt.PyJWK.from_dict(kept[1][kid], algorithm=ALGORITHM)


def _keys(address: str) -> dict[str, Any]:
    answer = ask("GET", address)
    keys = answer.body.get("keys")
    if not answer.is_ok or not isinstance(keys, list):
        raise ProviderUnavailable(retry_after=30)
    return {key["kid"]: key for key in keys if isinstance(key, dict) and "kid" in key}
