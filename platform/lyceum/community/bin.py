"""The moderators' bin: what was deleted can be brought back for some days."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from lyceum.accounts.models import User
from lyceum.community.models import BinnedThing, Case
from lyceum.community.people import name_of
from lyceum.community.policy import policy_of
from lyceum.community.reportables import (
    LONGEST_EXCERPT,
    Reportable,
    ThingUnavailable,
    change,
    label_of,
    reportable,
    reportables_of,
)
from lyceum.community.standing import within_reach
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import DomainError, NotFound
from lyceum.kernel.plugins.guarding import noting
from lyceum.schools.current import CurrentSchool, school_by_id

logger = logging.getLogger(__name__)

AT_ONCE = 500


@dataclass(frozen=True)
class BinnedView:
    """A thing in the bin, as moderators read it."""

    id: UUID
    type: str
    label: str
    thing: UUID
    author: str
    excerpt: str
    at: datetime
    kept_until: datetime


def bin_thing(
    *,
    school: CurrentSchool,
    type: str,
    thing: UUID,
    author: User | None,
    excerpt: str,
    by: User | None,
    at: datetime,
) -> None:
    """
    Note that a thing was deleted, so that moderators can bring it back. Inside a transaction.

    Whoever calls it has taken the thing from everyone's sight, and keeps it until its type's
    `erase` is called. Done twice, it changes nothing.
    """
    days = policy_of(school).bin_days
    BinnedThing.objects.get_or_create(
        school_id=school.id,
        type=type,
        thing=thing,
        defaults={
            "author": author,
            "excerpt": excerpt[:LONGEST_EXCERPT],
            "by": by,
            "at": at,
            "kept_until": at + timedelta(days=days),
        },
    )
    _cases_of(school.id, type, thing).update(thing_state=Case.ThingState.BINNED)
    publish(Fact("thing_deleted", at=at, school=school.uuid, subject=thing, data={"type": type}))


def restore_thing(*, moderator: User, school: CurrentSchool, binned_id: UUID, at: datetime) -> None:
    """
    Bring a thing back out of the bin, to where it was.

    :raises NotFound: if the moderator may know of no such thing in the bin
    :raises ThingUnavailable: if its plugin is off or at fault
    """
    found = bin_of(school, moderator=moderator).filter(uuid=binned_id).first()
    if found is None:
        raise NotFound
    known = reportable(school, found.type)
    with noting(ThingUnavailable), transaction.atomic():
        if not take_out(school_id=school.id, type=found.type, thing=found.thing):
            raise NotFound
        change(known, "restore", found.thing, school=school, at=at)
        _cases_of(school.id, found.type, found.thing).update(thing_state=Case.ThingState.SHOWN)
        record_audit(
            action="moderation.restore",
            school=school.uuid,
            actor=moderator.uuid,
            target=found.thing,
            target_type=found.type[:50],
            changes={"thing": ["binned", "shown"]},
        )
        told = {"type": found.type}
        publish(Fact("thing_restored", at=at, school=school.uuid, subject=found.thing, data=told))


def take_out(*, school_id: int, type: str, thing: UUID) -> bool:
    """Return whether a thing was in the bin, in which it is no more. Inside a transaction."""
    gone, _ = BinnedThing.objects.filter(school_id=school_id, type=type, thing=thing).delete()
    return bool(gone)


def bin_of(school: CurrentSchool, *, moderator: User) -> QuerySet[BinnedThing]:
    """Return what is in a school's bin and within a moderator's reach, for a list."""
    return within_reach(
        BinnedThing.objects.select_related("author"), moderator=moderator, school=school
    )


def binned_views(school: CurrentSchool) -> Callable[[BinnedThing], BinnedView]:
    """Return what makes of rows of the bin what doors answer; asked once for a whole list."""
    known = reportables_of(school)

    def view(row: BinnedThing) -> BinnedView:
        return BinnedView(
            id=row.uuid,
            type=row.type,
            label=label_of(known, row.type),
            thing=row.thing,
            author=name_of(row.author) if row.author else "",
            excerpt=row.excerpt,
            at=row.at,
            kept_until=row.kept_until,
        )

    return view


def empty_bins(*, at: datetime) -> int:
    """
    Erase what was kept long enough, in every school; return how many things.

    What belongs to a plugin that is off or at fault waits in the bin until it is back.
    """
    due = BinnedThing.objects.filter(kept_until__lte=at)
    schools = due.values_list("school_id", flat=True).distinct()
    return sum(_empty(school_by_id(school_id), at) for school_id in schools)


def _empty(school: CurrentSchool, at: datetime) -> int:
    known, plugins, erased = reportables_of(school), school.plugins, 0
    due = BinnedThing.objects.filter(kept_until__lte=at, school_id=school.id, type__in=list(known))
    for row in due.order_by("id")[:AT_ONCE]:
        if known[row.type].slug not in plugins:
            continue
        if _erase(row, school, known[row.type], at):
            erased += 1
        else:
            # Whoever failed too often is suspended by now, and asked no more.
            plugins = school_by_id(school.id).plugins
    return erased


def _erase(row: BinnedThing, school: CurrentSchool, known: Reportable, at: datetime) -> bool:
    try:
        with noting(ThingUnavailable), transaction.atomic():
            if not take_out(school_id=row.school_id, type=row.type, thing=row.thing):
                return False
            change(known, "erase", row.thing, school=school, at=at)
    except DomainError:
        logger.exception("%s %s stays in the bin.", row.type, row.thing)
        return False
    return True


def _cases_of(school_id: int, type: str, thing: UUID) -> QuerySet[Case]:
    return Case.objects.filter(school_id=school_id, type=type, thing=thing)
