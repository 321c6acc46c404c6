"""What the spine holds on a person: UUIDs that lead nowhere once the person is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lyceum.events import relay
from lyceum.events.models import AuditEntry, Delivery
from lyceum.kernel.privacy import KEEP, Holding, Person, Provider, SchoolHolding

WHO_IS_GONE = "It names people by UUID alone, which leads nowhere once the person is gone."
WHAT_WAS_DONE = "It says what was done, not by whom: who is gone, is named by a UUID alone."


def spine() -> Provider:
    """Return what is held of events and of the audit."""
    return Provider(
        holdings=(*_rows(),),
        of_schools=(
            SchoolHolding("events.Event", told=("type", "actor", "subject", "data", "at")),
            SchoolHolding(
                "events.AuditEntry",
                reason="What was done on the instance stays known to its operator.",
                told=("action", "actor", "target_type", "target", "changes", "address", "at"),
            ),
        ),
        erase=_erase,
        exempt={"events.AuditEntry.address": "It is found by its actor, and blanked with them."},
    )


def _rows() -> Iterator[Holding]:
    """Yield the columns by which events and the audit name people."""
    yield Holding(
        "events.Event",
        "actor",
        KEEP,
        reason=WHO_IS_GONE,
        told=("type", "school", "data", "at"),
        part="events",
    )
    yield Holding(
        "events.Event",
        "subject",
        KEEP,
        reason=WHO_IS_GONE,
        told=("type", "school", "at"),
        part="events-about-you",
    )
    yield Holding(
        "events.AuditEntry",
        "actor",
        KEEP,
        reason=WHAT_WAS_DONE,
        told=("action", "school", "request_id", "address", "at"),
        part="audit",
    )
    yield Holding(
        "events.AuditEntry",
        "target",
        KEEP,
        reason=WHAT_WAS_DONE,
        told=("action", "school", "changes", "at"),
        part="audit-about-you",
    )


def _erase(person: Person, at: datetime) -> None:
    # Nobody may hear of the person's deeds after they are gone: what is on its way arrives now.
    due = list(Delivery.objects.filter(event__actor=person.uuid).values_list("event", flat=True))
    if due:
        relay.deliver(due)
        Delivery.objects.filter(event__in=due).delete()
    # The one change that the table allows: to forget from where.
    AuditEntry.objects.filter(actor=person.uuid, address__isnull=False).update(address=None)
    unknown = AuditEntry.objects.filter(actor=None, target=person.uuid, address__isnull=False)
    unknown.update(address=None)
