"""What is read of schools and their people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from lyceum.kernel.errors import NotFound
from lyceum.schools.assigning import chosen_roles
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Cohort, Invitation, Membership, School
from lyceum.schools.roles import TEACHER

if TYPE_CHECKING:
    from lyceum.accounts.models import User


@dataclass(frozen=True)
class ListedSchool:
    """A school in the public list."""

    id: UUID
    slug: str
    name: str
    host: str
    languages: Sequence[str]


@dataclass(frozen=True)
class CohortView:
    """A class with the people in it, by membership."""

    id: UUID
    name: str
    members: Sequence[UUID]
    teachers: Sequence[UUID]


def all_allowed_origins() -> frozenset[str]:
    """Return every school's allowed origins together, for preflights, which name no school."""
    lists = School.objects.values_list("allowed_origins", flat=True)
    return frozenset(origin for origins in lists for origin in origins)


def listed_schools() -> list[ListedSchool]:
    """Return the schools that wish to be listed, by name."""
    rows = (
        School.objects.filter(listed=True, status=School.Status.ACTIVE)
        .order_by("name", "id")
        .values_list("uuid", "slug", "name", "site__hostname", "languages")
    )
    return [ListedSchool(*row) for row in rows]


def members_of(
    school: CurrentSchool, *, role: str = "", status: str = "", q: str = ""
) -> QuerySet[Membership]:
    """
    Return a school's memberships with their people, for a list. `q` looks in name and e-mail.

    :raises Invalid: if there is no such role in the school
    """
    found = Membership.objects.filter(school_id=school.id).select_related("user")
    if role:
        [name] = chosen_roles([role], school=school, field="role")
        found = found.holding(name)
    if status:
        found = found.filter(status=status)
    if q:
        found = found.filter(
            Q(user__first_name__icontains=q)
            | Q(user__last_name__icontains=q)
            | Q(user__email__icontains=q)
        )
    return found


def member_of(school: CurrentSchool, membership_id: UUID) -> Membership:
    """
    Return one membership of a school, whatever its status, with its person.

    :raises NotFound: if the school has no such member
    """
    found = members_of(school).filter(uuid=membership_id).first()
    if found is None:
        raise NotFound
    return found


def active_member(school: CurrentSchool, person: UUID) -> Membership | None:
    """Return the membership of a person, with the person, if it is active; else None."""
    found = Membership.objects.active().filter(school_id=school.id, user__uuid=person)
    return found.filter(user__is_active=True).select_related("user").first()


def invitations_of(school: CurrentSchool) -> QuerySet[Invitation]:
    """Return a school's invitations, open and used."""
    return Invitation.objects.filter(school_id=school.id).select_related("cohort")


def cohorts_of(school: CurrentSchool, *, seen_by: User | None = None) -> QuerySet[Cohort]:
    """Return a school's classes; with `seen_by`, only those a person teaches or learns in."""
    found = Cohort.objects.filter(school_id=school.id).prefetch_related("members", "teachers")
    if seen_by is None:
        return found
    own = Membership.objects.filter(school_id=school.id, user=seen_by)
    return found.filter(Q(members__in=own) | Q(teachers__in=own)).distinct()


def teaches(*, teacher_id: int, learner_id: int, school_id: int) -> bool:
    """
    Return whether a person teaches a class of the school in which another learns. One query.

    A class keeps its teachers when their roles change: who is no teacher any more teaches nobody.
    """
    teachers = Membership.objects.active().holding(TEACHER).filter(user_id=teacher_id)
    return Cohort.objects.filter(
        school_id=school_id, teachers__in=teachers, members__user_id=learner_id
    ).exists()


def cohort_view(cohort: Cohort) -> CohortView:
    """Return a class as doors answer it."""
    return CohortView(
        id=cohort.uuid,
        name=cohort.name,
        members=[membership.uuid for membership in cohort.members.all()],
        teachers=[membership.uuid for membership in cohort.teachers.all()],
    )
