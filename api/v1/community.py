"""Living together: the faces of people, distance from them, and what one reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import Field

from api.v1.members import Role
from lyceum.community import distance, people, reports, sanctions
from lyceum.http.pagination import Paging, paginate
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import MEMBER, SIGNED_IN_AT_SCHOOL, Router
from lyceum.http.schemas import Answer, Body, Line, Page, Text
from lyceum.http.throttling import Limit
from lyceum.kernel.clock import now

router = Router(tags=["community"])

# Many reports an hour are a weapon, not a help.
REPORTING = Limit("reporting", by_person=30, by_address=300, seconds=3600)

Kind = Literal["spam", "harassment", "inappropriate", "fake", "other"]
CaseState = Literal["pending", "reviewed", "resolved", "dismissed"]


class PersonOut(Answer):
    """A person, as others of their school see them."""

    id: UUID
    name: str
    avatar: str = Field(description='The address of the picture, "" without one.')
    bio: str
    roles: list[Role]
    subjects: list[str] = Field(description="Of staff; else empty.")
    qualifications: str
    public_bio: str
    is_child: bool
    joined_at: datetime
    muted: bool = Field(description="Whether you muted them.")


class DistantOut(Answer):
    """Somebody you blocked or muted."""

    id: UUID
    name: str = Field(description='"" where this school does not tell you.')
    at: datetime


class ReportIn(Body):
    """What you report: a person, or a thing of a type that can be reported."""

    type: Line = Field(max_length=60, description="`person`, or what a plugin's things are.")
    id: UUID
    kind: Kind
    text: Text = Field(default="", max_length=1000)


class ReportOut(Answer):
    """A report of yours, and what became of it."""

    id: UUID
    type: str
    thing: UUID
    kind: Kind
    text: str
    state: CaseState
    at: datetime


class SanctionOut(Answer):
    """What the school's moderators warned you of, or suspended you for."""

    id: UUID
    kind: Literal["warning", "suspension"]
    message: str
    until: datetime | None
    lifted_at: datetime | None
    at: datetime


@router.get(
    "/people/{uuid:id}",
    access=MEMBER,
    scope="community:read",
    response=PersonOut,
    summary="Read a person's public face",
)
def get_person(request: HttpRequest, id: UUID) -> people.Face:
    return people.face_of(reader=user_of(request), school=school_of(request), person=id)


@router.put(
    "/people/{uuid:id}/block",
    access=MEMBER,
    scope="community:write",
    response={204: None},
    summary="Block a person",
)
def block_person(request: HttpRequest, id: UUID) -> Status[None]:
    distance.block(actor=user_of(request), school=school_of(request), person=id, at=now())
    return Status(204, None)


@router.delete(
    "/people/{uuid:id}/block",
    access=MEMBER,
    scope="community:write",
    response={204: None},
    summary="End a block",
)
def unblock_person(request: HttpRequest, id: UUID) -> Status[None]:
    distance.unblock(actor=user_of(request), school=school_of(request), person=id, at=now())
    return Status(204, None)


@router.put(
    "/people/{uuid:id}/mute",
    access=MEMBER,
    scope="community:write",
    response={204: None},
    summary="Mute a person",
)
def mute_person(request: HttpRequest, id: UUID) -> Status[None]:
    distance.mute(actor=user_of(request), school=school_of(request), person=id, at=now())
    return Status(204, None)


@router.delete(
    "/people/{uuid:id}/mute",
    access=MEMBER,
    scope="community:write",
    response={204: None},
    summary="End a mute",
)
def unmute_person(request: HttpRequest, id: UUID) -> Status[None]:
    distance.unmute(actor=user_of(request), school=school_of(request), person=id)
    return Status(204, None)


@router.get(
    "/me/blocks",
    access=SIGNED_IN_AT_SCHOOL,
    scope="community:read",
    response=Page[DistantOut],
    summary="List whom you blocked",
)
def list_my_blocks(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    rows = distance.blocks_of(user_of(request), school_of(request))
    return paginate(rows, order=["-id"], paging=paging, view=distance.distant)


@router.get(
    "/me/mutes",
    access=SIGNED_IN_AT_SCHOOL,
    scope="community:read",
    response=Page[DistantOut],
    summary="List whom you muted",
)
def list_my_mutes(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    rows = distance.mutes_of(user_of(request), school_of(request))
    return paginate(rows, order=["-id"], paging=paging, view=distance.distant)


@router.get(
    "/me/sanctions",
    access=SIGNED_IN_AT_SCHOOL,
    scope="community:read",
    response=Page[SanctionOut],
    summary="List what you were warned of and suspended for",
)
def list_my_sanctions(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    rows = sanctions.sanctions_of(user_of(request), school_of(request))
    return paginate(rows, order=["-id"], paging=paging, view=sanctions.sanction_view)


@router.post(
    "/reports",
    access=MEMBER,
    scope="community:write",
    limit=REPORTING,
    response={201: ReportOut},
    summary="Report a person or a thing",
)
def make_report(request: HttpRequest, body: ReportIn, response: HttpResponse) -> Any:
    made = reports.report(
        reporter=user_of(request),
        school=school_of(request),
        type=body.type,
        thing=body.id,
        kind=body.kind,
        text=body.text,
        at=now(),
    )
    response["Location"] = f"/api/v1/reports/{made.id}"
    return Status(201, made)


@router.get(
    "/reports",
    access=SIGNED_IN_AT_SCHOOL,
    scope="community:read",
    response=Page[ReportOut],
    summary="List what you reported",
)
def list_my_reports(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    rows = reports.reports_by(user_of(request), school_of(request))
    return paginate(rows, order=["-id"], paging=paging, view=reports.report_view)


@router.get(
    "/reports/{uuid:id}",
    access=SIGNED_IN_AT_SCHOOL,
    scope="community:read",
    response=ReportOut,
    summary="Read a report of yours",
)
def get_my_report(request: HttpRequest, id: UUID) -> reports.ReportView:
    return reports.own_report(reporter=user_of(request), school=school_of(request), report_id=id)
