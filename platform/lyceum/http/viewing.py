"""Viewing as another: a creator reads the catalogue as a student, or a stranger, would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest

from lyceum.access.permissions import can
from lyceum.accounts.models import User
from lyceum.events.actions import Action, declare_actions
from lyceum.events.services import record_audit
from lyceum.kernel.errors import Forbidden, Invalid, NotAuthenticated
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import levels_of
from lyceum.schools.roles import STUDENT, with_included
from lyceum.schools.standing import STRANGER, Standing

PARAMETER = "view_as"
PERMISSION = "content.view_as"
ANONYMOUS, OUTSIDER = "anonymous", "stranger"
# How long one who looks on as the same is written down once.
SPELL = timedelta(hours=1)
DESCRIPTION = (
    "For creators: read as `student`, as `student:A2` of a level, as a `stranger` who belongs to "
    "no school, or as `anonymous`."
)


class NotAMember(Forbidden):
    """
    You are signed in, but do not belong to this school, and its catalogue is for members.

    Join the school first, if its sign-up policy lets you: `PUT /api/v1/school/membership`.
    """

    code = "not_a_member"
    detail = "This is for members of the school."


class ViewAsReadsOnly(Forbidden):
    """
    Who views the catalogue as another reads, and changes nothing.

    Send the request without `view_as`, as yourself.
    """

    code = "view_as_reads_only"
    detail = "As another one reads, and changes nothing."


class UnknownViewpoint(Invalid):
    """
    There is nobody like this to read as.

    Ask for `student`, `student:` with one of the school's levels, `stranger` or `anonymous`.
    """

    code = "invalid"
    detail = "There is nobody like this to read as."


@dataclass(frozen=True)
class Viewpoint:
    """Whose eyes are borrowed: nobody's in particular, of whom nothing else is known."""

    role: str
    level: str = ""

    def __str__(self) -> str:
        return f"{self.role}:{self.level}" if self.level else self.role

    @property
    def is_signed_in(self) -> bool:
        return self.role != ANONYMOUS

    @property
    def standing(self) -> Standing:
        if self.role != STUDENT:
            return STRANGER
        return Standing(status="active", roles=with_included({STUDENT}), level=self.level)


def declare() -> None:
    """Say what this room writes into the audit. Called in `AppConfig.ready()`."""
    declare_actions(
        Action(
            "content.viewed_as",
            "A creator looked at the catalogue as another. It is written once an hour.",
            "the school",
            {"as": "as what kind of reader"},
        )
    )


def viewpoint_of(text: str, school: CurrentSchool) -> Viewpoint:
    """
    Return whom a text names to read as.

    :raises UnknownViewpoint: if it names nobody, or a level that is not the school's
    """
    role, colon, level = text.partition(":")
    levels = levels_of(school.level_scale)
    if role == STUDENT and (level in levels or not colon):
        return Viewpoint(role, level)
    if text in (ANONYMOUS, OUTSIDER):
        return Viewpoint(text)
    known = ", ".join((STUDENT, *(f"{STUDENT}:{each}" for each in levels), OUTSIDER, ANONYMOUS))
    raise UnknownViewpoint(fields={PARAMETER: [f"One reads here as: {known}."]})


def take_viewpoint(*, user: Any, school: CurrentSchool, text: str) -> Viewpoint:
    """
    Let a creator read as another, and write that down once a spell.

    :raises Forbidden: if they may not
    :raises UnknownViewpoint: if there is nobody like this
    """
    if not isinstance(user, User):
        raise NotAuthenticated
    if not can(user, PERMISSION, school):
        raise Forbidden
    taken = viewpoint_of(text, school)
    key = f"viewing:{school.uuid}:{user.uuid}:{taken}"
    if cache.add(key, True, timeout=SPELL.total_seconds()):
        record_audit(
            action="content.viewed_as",
            school=school.uuid,
            actor=user.uuid,
            target=school.uuid,
            target_type="catalogue",
            changes={"as": str(taken)},
        )
    return taken


def see_as(request: HttpRequest, school: CurrentSchool) -> None:
    """
    Put the eyes asked for in the place of the caller's own, for the rest of a request.

    `seen_by` keeps who it is that looks: nobody sees more than they would themselves.

    :raises ViewAsReadsOnly: if the request would change something
    """
    if request.method not in ("GET", "HEAD"):
        raise ViewAsReadsOnly
    taken = take_viewpoint(user=request.user, school=school, text=request.GET[PARAMETER])
    request.seen_by = (request.user, request.standing)  # type: ignore[attr-defined]
    request.user = AnonymousUser()
    request.standing = taken.standing  # type: ignore[attr-defined]
    enter_catalogue(school, is_signed_in=taken.is_signed_in, is_member=taken.standing.is_member)


def is_viewing(request: HttpRequest) -> bool:
    """Return whether a request is read with another's eyes."""
    return hasattr(request, "seen_by")


def enter_catalogue(school: CurrentSchool, *, is_signed_in: bool, is_member: bool) -> None:
    """
    Let in whom a school's catalogue is for.

    :raises NotAuthenticated: if it is for members, and nobody is signed in
    :raises NotAMember: if it is for members, and this is none
    """
    if school.is_public or is_member:
        return
    raise NotAMember if is_signed_in else NotAuthenticated
