"""Writing down what happened: news for others, and the record of who did what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from lyceum.events import actions, relay
from lyceum.events.consumers import Consumer, consumers, plugins_of_schools
from lyceum.events.models import AuditEntry, Delivery, Event
from lyceum.events.types import hold_to_declared
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

    Two queries, however many facts. Once committed, the consumers in this process are told, and the
    worker is woken for plugins; what is lost in between, the relay brings later.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Publish inside the transaction of the change.")
    for fact in facts:
        hold_to_declared(fact.type, fact.data, fact.version)
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
        for event, told in zip(events, _told_of(facts), strict=True)
        for consumer in told
    ]
    if not deliveries:
        return
    Delivery.objects.bulk_create(deliveries)
    due = sorted({delivery.event_id for delivery in deliveries})
    names = {delivery.consumer for delivery in deliveries}
    in_the_house = {name for name in names if not consumers[name].plugin}
    # Robust: a consumer that fails has its retries, and costs the caller nothing. A function with
    # a name, without which Django breaks where it should log a failure.
    if in_the_house:
        transaction.on_commit(lambda: relay.deliver(due, names=in_the_house), robust=True)
    if names != in_the_house:
        transaction.on_commit(lambda: plugins_of_schools.wake(), robust=True)


def _told_of(facts: Sequence[Fact]) -> Iterator[list[Consumer]]:
    """Yield for each fact who is told of it; a plugin only where it and its source are in force."""
    known: dict[UUID, frozenset[str]] = {}
    for fact in facts:
        told = [consumer for consumer in consumers if fact.type in consumer.types]
        if any(consumer.plugin for consumer in told):
            in_force = frozenset[str]()
            if fact.school is not None:
                if fact.school not in known:
                    known[fact.school] = plugins_of_schools.in_force(fact.school)
                in_force = known[fact.school]
            told = [one for one in told if one.is_told_where(in_force, fact.type)]
        yield told


def record_audit(
    *,
    action: str,
    school: UUID | None = None,
    actor: UUID | None = None,
    target: UUID | None = None,
    target_type: str = "",
    changes: Mapping[str, Sequence[Any] | str] | None = None,
    without_address: bool = False,
) -> None:
    """
    Write one row of the audit, in the transaction of the change it tells of.

    `changes` maps a field to `[before, after]`; for a personal field, to `"changed"`. The action is
    one that was declared (`lyceum.events.actions`), or that a plugin names in its `plugin.toml`.
    With `without_address` it does not say from where: of who is erased nothing personal stays.
    """
    actions.hold_to_declared(action, changes or {})
    context = current()
    AuditEntry.objects.create(
        action=action,
        school=school,
        actor=actor,
        target=target,
        target_type=target_type,
        changes=dict(changes or {}),
        request_id=context.request_id,
        address=None if without_address else context.address or None,
    )
