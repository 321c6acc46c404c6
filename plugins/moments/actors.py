"""Who does something here: a member, their school, and what they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from lyceum.plugin.access import can
from lyceum.plugin.errors import Forbidden
from lyceum.plugin.http import school_of, standing_in, user_of
from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.settings import settings_of
from plugins.moments.settings import Settings

SLUG = "moments"


class PostingNotAllowed(Forbidden):
    """
    The school does not let this person post moments, or comment.

    It may leave posting to its staff, and keeps children from it unless it says otherwise. Reading
    and liking stay as they are.
    """

    code = "posting_not_allowed"
    detail = "The school does not let you post here."


@dataclass(frozen=True)
class Actor:
    """A member of a school, at the door of this plugin."""

    user: Any
    school: CurrentSchool
    is_staff: bool
    is_child: bool

    @property
    def id(self) -> int:
        return int(self.user.pk)

    def may(self, permission: str) -> bool:
        return can(self.user, f"{SLUG}.{permission}", self.school)


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks; behind a door that demands a member."""
    standing = standing_in(request)
    return Actor(
        user=user_of(request),
        school=school_of(request),
        is_staff=standing.is_staff,
        is_child=standing.is_child,
    )


def settings_at(school: CurrentSchool) -> Settings:
    found: Settings = settings_of(school, SLUG)
    return found


def check_may_post(actor: Actor) -> None:
    """
    Let pass who may post moments in their school.

    :raises PostingNotAllowed: if only staff may, or they are a child and children may not
    """
    if settings_at(actor.school).who_may_post == "staff" and not actor.is_staff:
        raise PostingNotAllowed
    check_may_write(actor)


def check_may_write(actor: Actor) -> None:
    """
    Let pass who may write here at all, comments included.

    :raises PostingNotAllowed: if they are a child, and the school lets none write
    """
    if actor.is_child and not settings_at(actor.school).children_may_post:
        raise PostingNotAllowed
