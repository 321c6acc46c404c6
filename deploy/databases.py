"""Which database holds what: PostgreSQL where an address names one, else files of SQLite."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.management import call_command
from django.db import models

from deploy.environment import service_address, unquoted, whole_number

CACHE = "cache"
CACHE_LABEL = "django_cache"  # what Django calls the cache's table when it asks

SQLITE = "deploy.sqlite"
POSTGRESQL = "postgresql://lyceum:password@127.0.0.1:5432/lyceum"
# What a request waits for before it is told to come again. Short: while it waits it holds a
# thread, and while all threads wait not even the health report is answered.
SECONDS_TO_CONNECT = 3
SECONDS_FOR_A_CONNECTION = 5
SECONDS_FOR_A_LOCK = 10
SECONDS_IDLE_IN_TRANSACTION = 60
# A pool that may not connect gives up after this, and the next request tries anew. Psycopg's own
# five minutes double the wait between tries: a minute's outage would last two.
SECONDS_TO_RECONNECT = 2


class CacheRouter:
    """Sends the cache to its own file, and everything else past it."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return CACHE if model._meta.app_label == CACHE_LABEL else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if db == CACHE or app_label == CACHE_LABEL:
            return db == CACHE and app_label == CACHE_LABEL
        return None


def make_cache_table(**_: Any) -> None:
    """Make the cache's table if it is missing: `migrate` alone does not."""
    if CACHE in settings.DATABASES:
        call_command("createcachetable", database=CACHE, verbosity=0)


def databases(environment: Mapping[str, str], data: Path) -> dict[str, dict[str, Any]]:
    """Return Django's `DATABASES` for what the environment says; files lie in `data`."""
    address = environment.get("DATABASE_URL", "").strip()
    found = {
        "default": postgresql(address, environment) if address else sqlite(data / "lyceum.sqlite3")
    }
    if not environment.get("REDIS_URL", "").strip():
        found[CACHE] = sqlite(data / "cache.sqlite3")
    return found


def postgresql(address: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """
    Return the settings of a PostgreSQL database, with a pool of connections in each process.

    :param address: as libpq takes it; what follows a `?` is given to libpq as it is
    :raises ImproperlyConfigured: if it is no such address
    """
    schemes = frozenset({"postgres", "postgresql"})
    parts = service_address("DATABASE_URL", address, schemes=schemes, example=POSTGRESQL)
    statement = whole_number(environment, "LYCEUM_DB_STATEMENT_SECONDS", default=0)
    limits = {
        "statement_timeout": statement,
        "lock_timeout": SECONDS_FOR_A_LOCK,
        "idle_in_transaction_session_timeout": SECONDS_IDLE_IN_TRANSACTION,
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquoted(parts.path.lstrip("/")) or "lyceum",
        "USER": unquoted(parts.username),
        "PASSWORD": unquoted(parts.password),
        "HOST": parts.hostname,
        "PORT": str(parts.port or 5432),
        # A connection is asked whether it still lives before a request gets it: after a restart
        # of the database nobody meets a dead one.
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0,  # the pool keeps connections, not the threads
        "OPTIONS": {
            "connect_timeout": SECONDS_TO_CONNECT,
            "options": " ".join(f"-c {name}={value}s" for name, value in limits.items()),
            # A network that swallows packets is noticed in seconds, not in a quarter of an hour.
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
            **dict(parse_qsl(parts.query)),
            "pool": {
                "min_size": 1,
                "max_size": whole_number(environment, "LYCEUM_DB_CONNECTIONS", default=8),
                "timeout": SECONDS_FOR_A_CONNECTION,
                "reconnect_timeout": SECONDS_TO_RECONNECT,
            },
        },
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite file that several processes read and write."""
    return {
        "ENGINE": SQLITE,
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A reader that turns writer under DEFERRED fails at once when another writes.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000;"
                # What is deleted is overwritten, so that an erased person is in no free page.
                "PRAGMA secure_delete=ON;"
            ),
        },
    }
