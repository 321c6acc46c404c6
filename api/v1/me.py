"""One's own account: what one is called, where one belongs, what one may do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import Field

from api.v1.members import MembershipStatus, Role
from lyceum.access.permissions import permissions_of
from lyceum.accounts import avatars, profiles
from lyceum.accounts.privacy import erasing
from lyceum.http.files import send_picture
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import SIGNED_IN, SIGNED_IN_ANEW, SIGNED_IN_AT_SCHOOL, Router
from lyceum.http.schemas import Answer, Body, Line, Text, json_size
from lyceum.http.uploads import file_of
from lyceum.kernel.clock import now
from lyceum.kernel.pictures import MOST_BYTES

router = Router(tags=["me"])

SmallMap = Annotated[dict[str, Any], json_size(8 * 1024)]
Subject = Annotated[Line, Field(min_length=1, max_length=100)]


class PlaceOut(Answer):
    """One's place in a school."""

    school: UUID
    slug: str
    name: str
    roles: list[Role]
    status: MembershipStatus
    level: str = Field(description='One of the school\'s levels, "" for none.')
    is_child: bool
    joined_at: datetime


class MeOut(Answer):
    """One's own account. `avatar` is the address of the picture, "" without one."""

    id: UUID
    email: str
    email_verified: bool
    managed: bool = Field(
        description="Whether the school looks after the account: do not ask for an e-mail address, "
        "a password or a telephone number."
    )
    username: str = Field(description='Of a managed account; else "".')
    first_name: str
    last_name: str
    avatar: str
    bio: str
    date_of_birth: date | None
    age: int | None = Field(description="In years, where the date of birth is known.")
    phone: str
    language: str = Field(description='Of the interface, "" for any.')
    time_zone: str
    education: str
    preferences: dict[str, Any] = Field(description="What a front end keeps here, as it likes.")
    notification_preferences: dict[str, Any]
    subjects: list[str]
    qualifications: str
    public_bio: str
    memberships: list[PlaceOut]
    joined_at: datetime
    last_seen_at: datetime | None


class ProfileChanges(Body):
    """What is to change; what is left out stays, and an empty text removes what was there."""

    first_name: Line = Field(default="", max_length=100)
    last_name: Line = Field(default="", max_length=100)
    bio: Text = Field(default="", max_length=500)
    date_of_birth: date | None = None
    phone: Line = Field(default="", max_length=40, description="International: +34600111222.")
    language: Line = Field(default="", max_length=10, description='Of the interface; "" is any.')
    time_zone: Line = Field(default="UTC", max_length=50, description="As in Europe/Madrid.")
    education: Line = Field(default="", max_length=200)
    preferences: SmallMap = Field(default_factory=dict, description="Of a front end; 8 KB at most.")
    notification_preferences: SmallMap = Field(default_factory=dict)
    subjects: list[Subject] = Field(default_factory=list, max_length=30)
    qualifications: Text = Field(default="", max_length=1000)
    public_bio: Text = Field(default="", max_length=1000)


class PermissionsOut(Answer):
    """What one may do throughout the school. Single things may be granted beside."""

    permissions: list[str]


class EraseMe(Body):
    """The word of the person that they mean it."""

    confirm: Line = Field(
        max_length=254, description="The account's e-mail address; its `id`, if it has none."
    )


@router.get(
    "/me", access=SIGNED_IN, scope="account:read", response=MeOut, summary="Read your account"
)
def get_me(request: HttpRequest) -> profiles.Me:
    return profiles.me(user_of(request), at=now())


@router.patch(
    "/me", access=SIGNED_IN, scope="account:write", response=MeOut, summary="Change your profile"
)
def change_me(request: HttpRequest, body: ProfileChanges) -> profiles.Me:
    changes = body.model_dump(exclude_unset=True)
    return profiles.change_profile(user=user_of(request), changes=changes, at=now())


@router.put(
    "/me/avatar",
    access=SIGNED_IN,
    scope="account:write",
    response={204: None},
    summary="Set your picture",
    upload=MOST_BYTES,
)
def set_my_avatar(request: HttpRequest) -> Status[None]:
    """A JPEG, PNG, WebP or GIF. The square in its middle is kept, 512 pixels at most, as WebP."""
    avatars.set_avatar(user=user_of(request), file=file_of(request), at=now())
    return Status(204, None)


@router.delete(
    "/me/avatar",
    access=SIGNED_IN,
    scope="account:write",
    response={204: None},
    summary="Remove your picture",
)
def remove_my_avatar(request: HttpRequest) -> Status[None]:
    avatars.remove_avatar(user=user_of(request), at=now())
    return Status(204, None)


@router.get(
    "/people/{person}/avatar",
    access=SIGNED_IN,
    scope="account:read",
    response={200: bytes},
    summary="Read a picture",
)
def get_avatar(request: HttpRequest, person: UUID) -> HttpResponse:
    return send_picture(request, avatars.picture_of(person=person, reader=user_of(request)))


@router.get(
    "/me/permissions",
    access=SIGNED_IN_AT_SCHOOL,
    scope="account:read",
    response=PermissionsOut,
    summary="Read what you may do here",
)
def get_my_permissions(request: HttpRequest) -> dict[str, list[str]]:
    return {"permissions": sorted(permissions_of(user_of(request), school_of(request)))}


@router.delete(
    "/me", access=SIGNED_IN_ANEW, response={204: None}, summary="Erase your account for good"
)
def erase_me(request: HttpRequest, body: EraseMe) -> Status[None]:
    erasing.erase_oneself(user=user_of(request), confirm=body.confirm, at=now())
    return Status(204, None)
