"""How often the password of a managed account may be tried."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from lyceum.accounts.managed.folding import folded

APP = "lyceum.accounts"
ACTION = "managed_log_in_failed"
# A try that succeeds is given back, so that these count failures. A class of thirty at one address
# may all mistype twice in a minute; one account is guessed at 1,440 times a day at most.
BY_ADDRESS, BY_ACCOUNT = "60/m/ip", "5/300s/key"


def count_try(
    request: HttpRequest, *, school_id: int, username: str
) -> ratelimit.RateLimitUsage | None:
    """Count a try; None if it is one too many. Roll the usage back if the password was right."""
    return ratelimit.consume(
        request,
        app=APP,
        action=ACTION,
        config={ACTION: f"{BY_ADDRESS},{BY_ACCOUNT}"},
        key=_key(school_id, username),
    )


def forget_failures(school_id: int, username: str) -> None:
    """Let an account be tried afresh; what was counted of an address stays."""
    [rate] = ratelimit.parse_rates(BY_ACCOUNT)
    cache.delete(
        ratelimit.get_cache_key(
            # Only a rate by address looks at the request.
            None,
            app=APP,
            action=ACTION,
            rate=rate,
            key=_key(school_id, username),
        )
    )


def _key(school_id: int, username: str) -> str:
    return f"{school_id}:{folded(username)}"
