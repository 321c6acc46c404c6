"""The relay: brings events to those who live from them, after the commit and until it is done."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from lyceum.events.consumers import Consumer, News, consumers
from lyceum.events.models import Delivery, Event
from lyceum.kernel.clock import now

BATCH = 200
LONGEST_WAIT = timedelta(hours=1)

logger = logging.getLogger(__name__)


def deliver(event_ids: Sequence[int] | None = None, *, names: Collection[str] | None = None) -> int:
    """
    Bring what is due to its consumers; return how many deliveries were made.

    With `event_ids`, only of these events, and to the consumers named: what a request does right
    after its commit. Without, all that is due, as the worker does every minute for what a killed
    process left behind. Plugins are told elsewhere, see `deliveries`.
    """
    return sum(
        _deliver_to(consumer, event_ids)
        for consumer in consumers
        if not consumer.plugin and (names is None or consumer.name in names)
    )


def forget(consumer: str) -> int:
    """
    Drop what is due to a consumer that, in this transaction, takes it from elsewhere; return how
    much it was.
    """
    return Delivery.objects.filter(consumer=consumer).delete()[0]


def lag(at: datetime) -> timedelta:
    """
    Return for how long the oldest delivery has been waiting, retries included.

    Not those to plugins that broke over one: these have a report of their own.
    """
    waiting = Delivery.objects.exclude(consumer__startswith="plugin:", attempts__gt=0)
    oldest = waiting.order_by("event_id").values_list("event__at", flat=True).first()
    return max(at - oldest, timedelta()) if oldest else timedelta()


def _deliver_to(consumer: Consumer, event_ids: Sequence[int] | None) -> int:
    made = 0
    while True:
        try:
            count = _deliver_batch(consumer, event_ids, limit=BATCH)
        except Exception:
            logger.warning("%s failed on a batch; trying its events one by one", consumer.name)
            return made + _deliver_one_by_one(consumer, event_ids)
        made += count
        if count < BATCH:
            return made


def _deliver_batch(consumer: Consumer, event_ids: Sequence[int] | None, *, limit: int) -> int:
    with transaction.atomic():
        # Of two relays, the second skips what the first is at; SQLite lets one write at a time.
        due = Delivery.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        ).filter(consumer=consumer.name, due_at__lte=now())
        if event_ids is not None:
            due = due.filter(event_id__in=event_ids)
        deliveries = list(due.select_related("event").order_by("event_id")[:limit])
        if not deliveries:
            return 0
        consumer.apply([news_of(delivery) for delivery in deliveries])
        done = Delivery.objects.filter(id__in=[delivery.pk for delivery in deliveries])
        # Nothing points at a delivery: Django need not read it once more to delete it.
        done._raw_delete(using=done.db)
    return len(deliveries)


def _deliver_one_by_one(consumer: Consumer, event_ids: Sequence[int] | None) -> int:
    """Deliver singly, so that one event that a consumer cannot take holds up no other."""
    made = 0
    due = Delivery.objects.filter(consumer=consumer.name, due_at__lte=now())
    if event_ids is not None:
        due = due.filter(event_id__in=event_ids)
    for event_id in list(due.order_by("event_id").values_list("event_id", flat=True)[:BATCH]):
        try:
            made += _deliver_batch(consumer, [event_id], limit=1)
        except Exception:
            logger.exception("%s could not take event %s", consumer.name, event_id)
            _postpone(consumer, event_id)
    return made


def _postpone(consumer: Consumer, event_id: int) -> None:
    with transaction.atomic():
        for delivery in Delivery.objects.filter(consumer=consumer.name, event_id=event_id):
            delivery.attempts += 1
            wait = min(timedelta(seconds=2 ** min(delivery.attempts, 12)), LONGEST_WAIT)
            delivery.due_at = now() + wait
            delivery.save(update_fields=["attempts", "due_at"])


def news_of(delivery: Delivery) -> News:
    """Return a delivery's event as consumers get it."""
    return news_of_event(delivery.event)


def news_of_event(event: Event) -> News:
    """Return an event as consumers get it."""
    return News(
        uuid=event.uuid,
        type=event.type,
        school=event.school,
        actor=event.actor,
        subject=event.subject,
        data=event.data,
        at=event.at,
        version=event.version,
    )
