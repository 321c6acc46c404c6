"""Members: joining and leaving, and what managers do with members, invitations and classes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import Field

from lyceum.access.permissions import can
from lyceum.http.pagination import Paging, paginate
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import MEMBER, SIGNED_IN_AT_SCHOOL, Router, permitted
from lyceum.http.schemas import Answer, Body, EmailAddress, Line, Page
from lyceum.http.throttling import Limit
from lyceum.kernel.clock import now
from lyceum.schools import invitations, membership, queries

router = Router(tags=["school"])

# A school's code is short: ten minutes of guessing must not find it.
JOINING = Limit("joining", by_person=10, by_address=100, seconds=600)

MembershipStatus = Literal["active", "pending", "inactive"]
Role = Annotated[
    str,
    Field(
        description="student, teacher, content_creator, moderator, manager, admin; or one that a "
        "plugin in force brings: `GET /school` tells these."
    ),
]
RoleIn = Annotated[Line, Field(min_length=1, max_length=30)]


class MembershipOut(Answer):
    """One person's place in the school."""

    id: UUID
    person: UUID
    name: str
    email: str
    roles: list[Role]
    status: MembershipStatus
    level: str = Field(description='One of the school\'s levels, "" for none.')
    is_child: bool
    joined_at: datetime


class JoinIn(Body):
    """What the school's sign-up policy asks for; nothing where anyone may join."""

    code: Line = Field(default="", max_length=40)
    invitation: Line = Field(default="", max_length=40)


class MemberChanges(Body):
    """What is to change; what is left out stays."""

    roles: list[RoleIn] = Field(default_factory=list, min_length=1, max_length=20)
    status: Literal["active", "inactive"] = "active"
    level: Line = Field(default="", max_length=10)
    is_child: bool = False


class MemberFilters(Paging):
    role: Line = Field(default="", max_length=30)
    status: Literal["active", "pending", "inactive", ""] = ""
    q: Line = Field(default="", max_length=100)


class InvitationIn(Body):
    """Whom to invite, as what, and for how long the invitation holds."""

    email: EmailAddress = ""
    roles: list[RoleIn] = Field(default=["student"], min_length=1, max_length=20)
    level: Line = Field(default="", max_length=10)
    cohort: UUID | None = None
    days: int = Field(default=14, ge=1, le=90)


class InvitationOut(Answer):
    """An invitation; `code` is told once, when it is made."""

    id: UUID
    email: str
    roles: list[Role]
    level: str
    cohort: UUID | None
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    code: str = Field(description="Only in the answer to its making.")


class CohortOut(Answer):
    """A class, with its people by membership."""

    id: UUID
    name: str
    members: list[UUID]
    teachers: list[UUID]


@router.put(
    "/school/membership",
    access=SIGNED_IN_AT_SCHOOL,
    limit=JOINING,
    response=MembershipOut,
    summary="Join the school",
)
def join_school(request: HttpRequest, body: JoinIn) -> membership.MembershipView:
    return membership.join(
        user=user_of(request),
        school=school_of(request),
        code=body.code,
        invitation=body.invitation,
        at=now(),
    )


@router.delete(
    "/school/membership",
    access=SIGNED_IN_AT_SCHOOL,
    response={204: None},
    summary="Leave the school",
)
def leave_school(request: HttpRequest) -> Status[None]:
    membership.leave(user=user_of(request), school=school_of(request), at=now())
    return Status(204, None)


@router.get(
    "/school/members",
    access=permitted("schools.view_members"),
    scope="members:read",
    response=Page[MembershipOut],
    summary="List the school's members",
)
def list_members(request: HttpRequest, filters: Query[MemberFilters]) -> dict[str, Any]:
    school = school_of(request)
    members = queries.members_of(school, role=filters.role, status=filters.status, q=filters.q)
    view = partial(membership.view_of, school=school)
    return paginate(members, order=["joined_at", "id"], paging=filters, view=view)


@router.patch(
    "/school/members/{uuid:id}",
    access=permitted("schools.manage_members"),
    scope="members:write",
    response=MembershipOut,
    summary="Change a member",
)
def change_member(request: HttpRequest, id: UUID, body: MemberChanges) -> Any:
    school, actor = school_of(request), user_of(request)
    return membership.change_member(
        actor=actor,
        school=school,
        membership_id=id,
        changes=body.dict(exclude_unset=True),
        may_assign_roles=can(actor, "schools.assign_roles", school),
        at=now(),
    )


@router.get(
    "/school/invitations",
    access=permitted("schools.invite"),
    scope="members:read",
    response=Page[InvitationOut],
    summary="List the school's invitations",
)
def list_invitations(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    school = school_of(request)
    view = partial(invitations.view_of, school=school)
    return paginate(queries.invitations_of(school), order=["-id"], paging=paging, view=view)


@router.post(
    "/school/invitations",
    access=permitted("schools.invite"),
    scope="members:write",
    response={201: InvitationOut},
    summary="Invite somebody to the school",
)
def create_invitation(request: HttpRequest, body: InvitationIn, response: HttpResponse) -> Any:
    school, actor = school_of(request), user_of(request)
    invitation = invitations.invite(
        actor=actor,
        school=school,
        email=body.email,
        roles=body.roles,
        level=body.level,
        cohort=body.cohort,
        days=body.days,
        may_assign_roles=can(actor, "schools.assign_roles", school),
        at=now(),
    )
    response["Location"] = f"/api/v1/school/invitations/{invitation.id}"
    return Status(201, invitation)


@router.delete(
    "/school/invitations/{uuid:id}",
    access=permitted("schools.invite"),
    scope="members:write",
    response={204: None},
    summary="Take an invitation back",
)
def revoke_invitation(request: HttpRequest, id: UUID) -> Status[None]:
    invitations.revoke(actor=user_of(request), school=school_of(request), invitation_id=id)
    return Status(204, None)


@router.get(
    "/school/cohorts",
    access=MEMBER,
    scope="members:read",
    response=Page[CohortOut],
    summary="List the classes one may see",
)
def list_cohorts(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    school, actor = school_of(request), user_of(request)
    found = queries.cohorts_of(
        school, seen_by=None if can(actor, "schools.manage_cohorts", school) else actor
    )
    return paginate(found, order=["name", "id"], paging=paging, view=queries.cohort_view)
