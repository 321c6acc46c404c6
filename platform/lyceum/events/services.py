"""Writing down what happened: news for others, and the record of who did what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from lyceum.events import relay
from lyceum.events.consumers import consumers
from lyceum.events.models import AuditEntry, Delivery, Event
from lyceum.kernel.context import current


@dataclass(frozen=True)
class Fact:
    """Something that happened, to be published: past tense, people and schools by UUID."""

    type: str
    at: datetime
    school: UUID | None = None
    actor: UUID | None = None
    subject: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1


def publish(*facts: Fact) -> None:
    """
    Write facts into the outbox, in the transaction of the change that they tell of.

    Two queries, however many facts. Once committed, the consumers in this process are told; what
    is lost in between, the relay brings later.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Publish inside the transaction of the change.")
    events = Event.objects.bulk_create(
        Event(
            type=fact.type,
            version=fact.version,
            school=fact.school,
            actor=fact.actor,
            subject=fact.subject,
            data=dict(fact.data),
            at=fact.at,
        )
        for fact in facts
    )
    deliveries = [
        Delivery(event=event, consumer=consumer.name)
        for event in events
        for consumer in consumers
        if event.type in consumer.types
    ]
    if not deliveries:
        return
    Delivery.objects.bulk_create(deliveries)
    due = sorted({delivery.event_id for delivery in deliveries})
    # Robust: a consumer that fails has its retries, and costs the caller nothing.
    names = {delivery.consumer for delivery in deliveries}
    # A function with a name, without which Django breaks where it should log a failure.
    transaction.on_commit(lambda: relay.deliver(due, names=names), robust=True)


def record_audit(
    *,
    action: str,
    school: UUID | None = None,
    actor: UUID | None = None,
    target: UUID | None = None,
    target_type: str = "",
    changes: Mapping[str, Sequence[Any] | str] | None = None,
) -> None:
    """
    Write one row of the audit, in the transaction of the change it tells of.

    `changes` maps a field to `[before, after]`; for a personal field, to `"changed"`.
    """
    context = current()
    AuditEntry.objects.create(
        action=action,
        school=school,
        actor=actor,
        target=target,
        target_type=target_type,
        changes=dict(changes or {}),
        request_id=context.request_id,
        address=context.address or None,
    )
