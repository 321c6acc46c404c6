"""Whether what requests need is there: database, cache, files, worker, and news on its way."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from lyceum.events import relay
from lyceum.kernel.plugins.host import host

HEARTBEAT = "lyceum:worker:heartbeat"
# The worker beats every minute; three missed beats and it is gone.
WORKER_MAY_BE_SILENT = timedelta(minutes=3)
OUTBOX_MAY_LAG = timedelta(minutes=5)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Readiness:
    """
    The report and its verdict.

    A silent worker or a lag delays news, files that are away keep back pictures and recordings, a
    broken plugin is missed where it is on: none is a reason to send nobody here. Which plugin it is
    the operator alone is told.
    """

    is_ready: bool
    body: dict[str, Any]


def readiness(*, at: datetime) -> Readiness:
    """Look at each part once, and report."""
    database, lag = _database(at)
    cache_state, worker = _cache_and_worker(at)
    outbox = "ok" if lag <= OUTBOX_MAY_LAG else "lagging"
    is_ready = database == "ok" and cache_state == "ok"
    parts = {
        "database": database,
        "cache": cache_state,
        "files": _files(),
        "worker": worker,
        "outbox": outbox,
        "plugins": "broken" if any(not each.is_loaded for each in host.plugins.values()) else "ok",
    }
    everything = all(state == "ok" for state in parts.values())
    status = "ok" if everything else "degraded" if is_ready else "unavailable"
    return Readiness(
        is_ready=is_ready,
        body={"status": status, **parts, "outbox_lag_seconds": lag.total_seconds()},
    )


def beat(at: datetime) -> None:
    """Tell that the worker is alive; called by the worker each minute."""
    cache.set(HEARTBEAT, at.isoformat(), timeout=24 * 60 * 60)


def _database(at: datetime) -> tuple[str, timedelta]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "ok", relay.lag(at)
    except DatabaseError as error:
        logger.warning("The database does not answer: %s", error)
        return "unavailable", timedelta()


def _files() -> str:
    try:
        default_storage.exists("health")
    except Exception as error:
        # As with the cache: each storage has errors of its own.
        logger.warning("The storage of files does not answer: %s", error)
        return "unavailable"
    return "ok"


def _cache_and_worker(at: datetime) -> tuple[str, str]:
    try:
        cache.set("lyceum:health", "ok", timeout=60)
        if cache.get("lyceum:health") != "ok":
            return "unavailable", "unknown"
        heard = cache.get(HEARTBEAT)
    except Exception as error:
        # Each cache has errors of its own (Redis, database, sockets); any of them is the answer.
        logger.warning("The cache does not answer: %s", error)
        return "unavailable", "unknown"
    if heard is None:
        return "ok", "silent"
    return "ok", "ok" if at - datetime.fromisoformat(heard) <= WORKER_MAY_BE_SILENT else "silent"
