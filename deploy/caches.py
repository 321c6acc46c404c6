"""What processes share for a while: the cache (limits, sessions' flows) and the worker's queue."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlunsplit

from deploy.environment import service_address

REDIS = "redis://:password@127.0.0.1:6379/0"
SCHEMES = frozenset({"redis", "rediss"})
SECONDS_TO_CONNECT = 2
SECONDS_TO_ANSWER = 2
# The worker's connection waits for work on purpose, for a second at a time.
SECONDS_TO_ANSWER_THE_WORKER = 10


def caches(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """
    Return Django's `CACHES` for what the environment says.

    Limits must hold for all processes together: Redis, or a database file of its own, so that
    counting a request never waits for somebody's writing. Never the memory of one process.

    :raises ImproperlyConfigured: if `REDIS_URL` is no address of a Redis
    """
    address = environment.get("REDIS_URL", "").strip()
    if address:
        service_address("REDIS_URL", address, schemes=SCHEMES, example=REDIS)
        return {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": address,
                "KEY_PREFIX": "lyceum",
                "OPTIONS": {
                    "socket_connect_timeout": SECONDS_TO_CONNECT,
                    "socket_timeout": SECONDS_TO_ANSWER,
                },
            }
        }
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    }


def queue(environment: Mapping[str, str], data: Path) -> dict[str, Any]:
    """
    Return huey's settings for what the environment says; its file lies in `data`.

    :raises ImproperlyConfigured: if an address is none of a Redis
    """
    shared = {"name": "lyceum", "immediate": False, "results": False}
    address = queue_address(environment)
    if not address:
        return {"huey_class": "huey.SqliteHuey", "filename": str(data / "huey.sqlite3"), **shared}
    joint = "&" if "?" in address else "?"
    patience = (
        f"socket_connect_timeout={SECONDS_TO_CONNECT}&socket_timeout={SECONDS_TO_ANSWER_THE_WORKER}"
    )
    return {"huey_class": "huey.RedisHuey", "url": f"{address}{joint}{patience}", **shared}


def queue_address(environment: Mapping[str, str]) -> str:
    """Return the address of the queue's Redis: its own, else the next database of the cache's."""
    own = environment.get("LYCEUM_QUEUE_URL", "").strip()
    if own:
        service_address("LYCEUM_QUEUE_URL", own, schemes=SCHEMES, example=REDIS)
        return own
    address = environment.get("REDIS_URL", "").strip()
    if not address:
        return ""
    parts = service_address("REDIS_URL", address, schemes=SCHEMES, example=REDIS)
    return urlunsplit(_next_database(parts))


def _next_database(parts: SplitResult) -> SplitResult:
    # Emptying the cache empties its whole database, and must not take the queue with it.
    number = parts.path.strip("/")
    return parts._replace(path=f"/{int(number) + 1 if number.isdecimal() else 1}")
