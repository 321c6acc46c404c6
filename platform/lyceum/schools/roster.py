"""The roster: who is at a school, for rooms and plugins that know people by id alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from lyceum.kernel.errors import NotFound
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Cohort, Membership
from lyceum.schools.queries import cohorts_of

if TYPE_CHECKING:
    from lyceum.accounts.models import User


@dataclass(frozen=True)
class Entry:
    """A member of a school, as far as others work with it. `time_zone` is an IANA name."""

    user_id: int
    uuid: UUID
    time_zone: str
    is_child: bool


def find_member(school: CurrentSchool, person: UUID | None) -> Entry | None:
    """Return an active member whom news name; None if there is none any more. One query."""
    if person is None:
        return None
    found = _members(school).filter(user__uuid=person)
    row = found.values_list("user_id", "user__uuid", "user__profile__time_zone", "is_child").first()
    return Entry(*row) if row else None


def class_of(school: CurrentSchool, cohort: UUID, *, seen_by: User | None = None) -> Cohort:
    """
    Return a class; with `seen_by`, only one in which a person teaches or learns.

    :raises NotFound: if there is none such
    """
    found = cohorts_of(school, seen_by=seen_by).prefetch_related(None).filter(uuid=cohort).first()
    if found is None:
        raise NotFound
    return found


def learners_of(school: CurrentSchool, *, cohort: Cohort | None = None) -> QuerySet[Any, Any]:
    """
    Return the ids of people who may be listed, for `user__in=…`: active members, and no children.

    With `cohort`, only those who learn in that class. It adds no query of its own.
    """
    found = _members(school).filter(is_child=False)
    if cohort is not None:
        found = found.filter(cohorts=cohort)
    return found.values("user_id")


def _members(school: CurrentSchool) -> QuerySet[Membership]:
    return Membership.objects.active().filter(school_id=school.id, user__is_active=True)
