"""The moderators' queue as they read it: cases, with what was reported and done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lyceum.accounts.models import User
from lyceum.community.contact import suspended_until
from lyceum.community.models import Case, CaseEntry, Report, Sanction
from lyceum.community.people import name_of
from lyceum.community.reportables import label_of, reportables_of
from lyceum.community.standing import within_reach
from lyceum.kernel.errors import NotFound
from lyceum.schools.current import CurrentSchool

# What is urgent first, then what waits longest.
ORDER = ("-urgency", "id")


@dataclass(frozen=True)
class Named:
    """A person, by id and name."""

    id: UUID
    name: str


@dataclass(frozen=True)
class CaseView:
    """A case in the queue. `author` is None where a thing is nobody's, or its author is gone."""

    id: UUID
    type: str
    label: str
    thing: UUID
    author: Named | None
    excerpt: str
    address: str
    origin: str
    reasons: Sequence[str]
    state: str
    thing_state: str
    concerns_child: bool
    reports: int
    kinds: Mapping[str, int]
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class ReportOfCase:
    """What one person said of it."""

    reporter: Named | None
    kind: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Deed:
    """What a moderator did, or noted; `message` is what the author was told with it."""

    by: Named | None
    action: str
    message: str
    note: str
    at: datetime


@dataclass(frozen=True)
class CaseDetail(CaseView):
    """A case with all that was reported and done."""

    reported: Sequence[ReportOfCase]
    history: Sequence[Deed]
    suspended_until: datetime | None


def queue_of(
    school: CurrentSchool,
    *,
    moderator: User,
    state: str = "open",
    type: str = "",
    origin: str = "",
    person: UUID | None = None,
) -> QuerySet[Case]:
    """Return a school's cases within a moderator's reach; `state` may be `open` or `all`."""
    found = within_reach(Case.objects.select_related("author"), moderator=moderator, school=school)
    if state == "open":
        found = found.filter(state__in=(Case.State.PENDING, Case.State.REVIEWED))
    elif state != "all":
        found = found.filter(state=state)
    if type:
        found = found.filter(type=type)
    if origin:
        found = found.filter(origin=origin)
    if person is not None:
        found = found.filter(author__uuid=person)
    return found


def case_views(school: CurrentSchool) -> Callable[[Case], CaseView]:
    """Return what makes of a case what doors answer; asked once for a whole list."""
    known = reportables_of(school)
    return lambda case: CaseView(**_told(case, label_of(known, case.type)))


def read_case(*, moderator: User, school: CurrentSchool, case_id: UUID, at: datetime) -> CaseDetail:
    """
    Return a case with all that was reported and done. Five queries.

    :raises NotFound: if the moderator may know of no such case
    """
    case = queue_of(school, moderator=moderator, state="all").filter(uuid=case_id).first()
    if case is None:
        raise NotFound
    reports = Report.objects.filter(case=case).select_related("reporter").order_by("id")
    entries = CaseEntry.objects.filter(case=case).select_related("by").order_by("id")
    told = _messages_of(case)
    until = suspended_until(person=case.author, school=school, at=at) if case.author else None
    return CaseDetail(
        **_told(case, label_of(reportables_of(school), case.type)),
        reported=[ReportOfCase(_named(r.reporter), r.kind, r.text, r.at) for r in reports],
        history=[
            Deed(_named(e.by), e.action, told.get((e.action, e.at), ""), e.note, e.at)
            for e in entries
        ],
        suspended_until=until,
    )


def _messages_of(case: Case) -> dict[tuple[str, datetime], str]:
    """Return what the author was told, by the deed and its moment, which a sanction shares."""
    deeds = {Sanction.Kind.WARNING.value: "warn", Sanction.Kind.SUSPENSION.value: "suspend"}
    rows = Sanction.objects.filter(case=case).values_list("kind", "at", "message")
    return {(deeds[kind], at): message for kind, at, message in rows}


def _told(case: Case, label: str) -> dict[str, Any]:
    return {
        "id": case.uuid,
        "type": case.type,
        "label": label,
        "thing": case.thing,
        "author": _named(case.author),
        "excerpt": case.excerpt,
        "address": case.address,
        "origin": case.origin,
        "reasons": case.reasons,
        "state": case.state,
        "thing_state": case.thing_state,
        "concerns_child": bool(case.urgency),
        "reports": case.reports_count,
        "kinds": case.kinds,
        "created_at": case.created_at,
        "updated_at": case.updated_at,
        "closed_at": case.closed_at,
    }


def _named(person: User | None) -> Named | None:
    return Named(person.uuid, name_of(person)) if person else None
