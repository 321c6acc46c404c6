"""Reporting a person or a thing: once a person and open case, and unknown to the reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from lyceum.accounts.models import User
from lyceum.community.distance import NotOneself
from lyceum.community.models import Case, Report
from lyceum.community.reportables import LONGEST_EXCERPT, Seen, look_at
from lyceum.community.urgency import tell_staff_at_once
from lyceum.events.services import Fact, publish
from lyceum.kernel.errors import Conflict, NotFound
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership

TRIES = 4
OPEN = (Case.State.PENDING, Case.State.REVIEWED)


class ReportedAtOnce(Conflict):
    """Too many reported the same at the same moment. Send the report again."""

    code = "reported_at_once"
    detail = "Too many reported this at the same moment. Send it again."


@dataclass(frozen=True)
class ReportView:
    """A report, as who made it reads it: the state is that of its case."""

    id: UUID
    type: str
    thing: UUID
    kind: str
    text: str
    state: str
    at: datetime


def report(
    *,
    reporter: User,
    school: CurrentSchool,
    type: str,
    thing: UUID,
    kind: str,
    text: str = "",
    at: datetime,
) -> ReportView:
    """
    Report a person or a thing to the school's moderators.

    Sent again while its case is open it changes nothing, and answers with the first. What concerns
    a child comes first in the queue, and is mailed to staff at once.

    :raises NotReportable: if there is no such type of thing
    :raises NotFound: if the reporter cannot see it
    :raises NotOneself: if it is the reporter, or theirs
    :raises ThingUnavailable: if its plugin is at fault
    """
    seen = look_at(reader=reporter, school=school, type=type, thing=thing)
    if seen.author == reporter.uuid:
        raise NotOneself
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                case = open_case(school=school, type=type, thing=thing, seen=seen, at=at)
                return _add(case, reporter=reporter, school=school, kind=kind, text=text, at=at)
        except IntegrityError:
            # Another opened the case in the meantime: the next try finds it.
            continue
    raise ReportedAtOnce


def open_case(
    *,
    school: CurrentSchool,
    type: str,
    thing: UUID,
    seen: Seen,
    at: datetime,
    held_for: Sequence[str] = (),
) -> Case:
    """Return the open case of a thing, locked, made if there is none. Inside a transaction."""
    found = (
        Case.objects.select_for_update(of=("self",))
        .select_related("author")
        .filter(school_id=school.id, type=type, thing=thing, state__in=OPEN)
        .first()
    )
    if found is not None:
        return found
    author = User.objects.filter(uuid=seen.author).first() if seen.author else None
    return Case.objects.create(
        school_id=school.id,
        type=type,
        thing=thing,
        author=author,
        excerpt=seen.excerpt[:LONGEST_EXCERPT],
        address=seen.address[:500],
        origin=Case.Origin.HELD if held_for else Case.Origin.REPORT,
        thing_state=Case.ThingState.HELD if held_for else Case.ThingState.SHOWN,
        reasons=list(held_for),
        created_at=at,
        updated_at=at,
    )


def reports_by(reporter: User, school: CurrentSchool) -> QuerySet[Report]:
    """Return what a person reported in a school, for a list."""
    return Report.objects.filter(reporter=reporter, case__school_id=school.id).select_related(
        "case"
    )


def own_report(*, reporter: User, school: CurrentSchool, report_id: UUID) -> ReportView:
    """
    Return one of a person's own reports.

    :raises NotFound: if they made no such report in this school
    """
    found = reports_by(reporter, school).filter(uuid=report_id).first()
    if found is None:
        raise NotFound
    return report_view(found)


def report_view(row: Report) -> ReportView:
    """Return a report as its maker reads it. Its case must be loaded, or costs a query."""
    case = row.case
    return ReportView(row.uuid, case.type, case.thing, row.kind, row.text, case.state, row.at)


def _add(
    case: Case, *, reporter: User, school: CurrentSchool, kind: str, text: str, at: datetime
) -> ReportView:
    made, is_new = Report.objects.get_or_create(
        case=case, reporter=reporter, defaults={"kind": kind, "text": text, "at": at}
    )
    made.case = case
    if not is_new:
        return report_view(made)
    case.kinds = {**case.kinds, kind: case.kinds.get(kind, 0) + 1}
    case.updated_at = at
    is_urgent = _concerns_child(case, reporter, school)
    if is_urgent and not case.urgency:
        case.urgency = 1
        tell_staff_at_once(case, school)
    case.save(update_fields=["kinds", "updated_at", "urgency"])
    # Nobody is named: the reported may be told of what happens with what is theirs.
    data = {"case": str(case.uuid), "type": case.type, "kind": kind, "concerns_child": is_urgent}
    publish(Fact("report_made", at=at, school=school.uuid, subject=case.thing, data=data))
    return report_view(made)


def _concerns_child(case: Case, reporter: User, school: CurrentSchool) -> bool:
    people = [reporter.pk, *([case.author_id] if case.author_id else [])]
    return Membership.objects.filter(
        school_id=school.id, user_id__in=people, is_child=True
    ).exists()
