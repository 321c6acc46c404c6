"""
Deliveries to plugins: made one by one, each in a transaction of its own, by whoever claims it.

Who calls decides in what process the plugin's code runs, and what becomes of one that breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from lyceum.events.consumers import consumers
from lyceum.events.models import Delivery
from lyceum.events.relay import BATCH, news_of

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "BEGIN IMMEDIATE")
TO_PLUGINS = "plugin:"  # what the names of their consumers begin with
# A day and a half after it happened, all told, nobody waits for it any more.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 4, 16, 60, 240, 720, 1080))


@dataclass(frozen=True)
class Due:
    """A delivery that somebody may make now."""

    id: int
    consumer: str
    type: str
    school: UUID | None


def due_to_plugins(at: datetime) -> list[Due]:
    """Return what is to be delivered next, oldest first, at most `BATCH` at once."""
    found = Delivery.objects.filter(consumer__startswith=TO_PLUGINS, due_at__lte=at)
    fields = ("id", "consumer", "event__type", "event__school")
    rows = found.order_by("event_id", "id").values_list(*fields)
    return [Due(*row) for row in rows[:BATCH]]


def deliver_one(delivery_id: int) -> bool:
    """
    Make one delivery: its effect and its removal are one change. Return whether it was there.

    :raises Exception: what the consumer raised, its effect undone
    """
    with transaction.atomic():
        # Of two who come for it, one finds it gone.
        rows = Delivery.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",)
        )
        delivery = rows.select_related("event").filter(id=delivery_id).first()
        if delivery is None:
            return False
        consumer = consumers.get(delivery.consumer)
        if consumer is not None:  # else its plugin was removed, and nobody is told any more
            consumer.apply([news_of(delivery)])
        rows = Delivery.objects.filter(id=delivery_id)
        rows._raw_delete(using=rows.db)
    return True


def postpone(delivery_id: int, at: datetime) -> bool:
    """Put off a delivery that failed, longer each time; in the end drop it and return False."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().filter(id=delivery_id).first()
        if delivery is None:
            return True
        if delivery.attempts >= len(WAITS):
            delivery.delete()
            return False
        delivery.due_at = at + WAITS[delivery.attempts]
        delivery.attempts += 1
        delivery.save(update_fields=["attempts", "due_at"])
    return True


@contextmanager
def writing_late() -> Iterator[None]:
    """
    Let SQLite's transactions take the lock on writing with their first write, not at once.

    So that a plugin that thinks for long, or hangs, keeps nobody from writing. A transaction that
    reads first and finds that others wrote meanwhile fails (`is_busy`), and is made again without.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    before = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = before  # type: ignore[attr-defined]


@contextmanager
def at_first_write(call: Callable[[], None]) -> Iterator[None]:
    """Call something once SQLite's lock on writing is held, of which there is one for all."""
    told = connection.vendor != "sqlite"

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal told
        result = execute(sql, params, many, context)
        if not told and sql.startswith(WRITING):
            told = True
            call()
        return result

    with connection.execute_wrapper(look):
        yield


def is_busy(error: BaseException | None) -> bool:
    """Return whether SQLite refused because somebody else was writing."""
    while error is not None:
        if (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_BUSY"):
            return True
        error = error.__cause__
    return False
