"""What the admins of a school read of its audit: who did what, when and from where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from lyceum.events.queries import audit_of_school
from lyceum.events.services import record_audit
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership

ORDER = ("-at", "-id")


@dataclass(frozen=True)
class Doer:
    """Somebody by UUID, with the name they go by now; "" for who is not of the school any more."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Target:
    """What something was done to; `name` is filled for people of the school alone."""

    id: UUID | None
    type: str
    name: str


@dataclass(frozen=True)
class EntryView:
    """One row of the audit, as doors answer it; what is not known is None or ""."""

    id: UUID
    at: datetime
    action: str
    actor: Doer | None
    target: Target | None
    changes: dict[str, Any]
    request_id: str
    address: str


def audit_of(
    school: CurrentSchool,
    *,
    action: str = "",
    actor: UUID | None = None,
    target: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    who: str = "",
) -> QuerySet[Any]:
    """
    Return what was done in a school, with the names of its people, for a list in `ORDER`.

    What is asked for is as `lyceum.events.queries.audit_of_school` says.

    :param who: the id of who did it; or words, each of which is in the name of a member who did
    """
    found = audit_of_school(
        school.uuid, action=action, actor=actor, target=target, since=since, until=until
    )
    if who:
        found = found.filter(actor__in=_people_called(who, school))
    return found.annotate(
        actor_called=_name_at(school, "actor"), target_called=_name_at(school, "target")
    )


def entry_view(entry: Any) -> EntryView:
    """Return a row that `audit_of` found as doors answer it. No query."""
    actor = None if entry.actor is None else Doer(entry.actor, _called(entry.actor_called))
    is_told = entry.target is not None or entry.target_type
    return EntryView(
        id=entry.uuid,
        at=entry.at,
        action=entry.action,
        actor=actor,
        target=Target(entry.target, entry.target_type, _called(entry.target_called))
        if is_told
        else None,
        changes=entry.changes,
        request_id=entry.request_id,
        address=entry.address or "",
    )


def people_in(entries: Iterable[Any], school: CurrentSchool) -> dict[str, str]:
    """Return what people are called whom changes name, by the id there. One query, or none."""
    told = (entry.changes.get("person") for entry in entries)
    named = {person for person in told if isinstance(person, str)}
    if not named:
        return {}
    columns = ("user__uuid", "user__first_name", "user__last_name", "user__username")
    found = Membership.objects.filter(school_id=school.id, user__uuid__in=named)
    return {
        str(uuid): _called({"first": first, "last": last, "user_name": user_name})
        for uuid, first, last, user_name in found.values_list(*columns)
    }


@transaction.atomic
def tell_of_taking_out(*, actor: UUID, school: CurrentSchool, asked: Mapping[str, str]) -> None:
    """Write down that somebody takes the audit out as a file, and which part of it."""
    record_audit(
        action="school.audit_taken_out",
        school=school.uuid,
        actor=actor,
        target=school.uuid,
        target_type="audit",
        changes=asked,
    )


def _people_called(who: str, school: CurrentSchool) -> QuerySet[Any] | list[UUID]:
    try:
        return [UUID(who)]
    except ValueError:
        found = Membership.objects.filter(school_id=school.id)
    for word in who.split():
        named = [f"user__{part}__icontains" for part in ("first_name", "last_name", "username")]
        found = found.filter(reduce(or_, (Q(**{column: word}) for column in named)))
    return found.values("user__uuid")


def _name_at(school: CurrentSchool, column: str) -> Subquery:
    """Look up, in the query itself, what a column's person is called, if the school has them."""
    place = Membership.objects.filter(school_id=school.id, user__uuid=OuterRef(column))
    parts = JSONObject(first="user__first_name", last="user__last_name", user_name="user__username")
    told = place.annotate(parts=parts).values("parts")
    return Subquery(told[:1], output_field=JSONField())


def _called(parts: dict[str, str | None] | None) -> str:
    if parts is None:
        return ""
    full = f"{parts['first'] or ''} {parts['last'] or ''}".strip()
    return full or parts["user_name"] or ""
