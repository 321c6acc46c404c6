"""Places of managed accounts in their school, and who looks after which of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from lyceum.kernel.errors import Invalid, NotFound
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import check_level
from lyceum.schools.models import Cohort, Membership
from lyceum.schools.roles import STUDENT

if TYPE_CHECKING:
    from lyceum.accounts.models import User


def managed_members(
    school: CurrentSchool, *, taught_by: User | None = None, cohort: UUID | None = None
) -> QuerySet[Membership]:
    """
    Return a school's managed accounts by their memberships, with their people and classes.

    With `taught_by`, only those in a class that this person teaches.
    """
    found = Membership.objects.filter(school_id=school.id, user__managed_by_id=school.id)
    if taught_by is not None:
        found = found.filter(cohorts__in=_classes(school, taught_by))
    if cohort is not None:
        found = found.filter(cohorts__uuid=cohort)
    return found.distinct().select_related("user__profile").prefetch_related("cohorts")


def managed_member(
    school: CurrentSchool, membership_id: UUID, *, taught_by: User | None = None
) -> Membership:
    """
    Return one managed account by its membership.

    :raises NotFound: if the school has none such, or it is in no class of `taught_by`
    """
    found = managed_members(school, taught_by=taught_by).filter(uuid=membership_id).first()
    if found is None:
        raise NotFound
    return found


def class_for(
    school: CurrentSchool, cohort: UUID | None, *, taught_by: User | None = None
) -> Cohort | None:
    """
    Return the class that managed accounts are put into; None without one.

    :raises Invalid: if the school has no such class, or `taught_by` does not teach it, or is to
        name one and does not
    """
    if cohort is None and taught_by is None:
        return None
    found = _classes(school, taught_by).filter(uuid=cohort).first() if cohort else None
    if found is None:
        message = (
            gettext("Name one of your classes.")
            if taught_by
            else gettext("The school has no such class.")
        )
        raise Invalid(fields={"cohort": [message]})
    return found


def classes_looked_after(
    school: CurrentSchool, *, taught_by: User | None = None
) -> QuerySet[Cohort]:
    """Return a school's classes by name; with `taught_by`, those that this person teaches."""
    return _classes(school, taught_by).order_by("name", "id")


def give_place(
    user: User, school: CurrentSchool, *, cohort: Cohort | None, level: str, at: datetime
) -> Membership:
    """
    Make a managed account a student of its school, known as a child, in a class if there is one.

    :raises UnknownLevel: if the school has no such level
    """
    check_level(level, scale=school.level_scale)
    membership = Membership.objects.create(
        school_id=school.id,
        user=user,
        roles=frozenset({STUDENT}),
        level=level,
        is_child=True,
        joined_at=at,
    )
    if cohort is not None:
        cohort.members.add(membership)
    return membership


def _classes(school: CurrentSchool, taught_by: User | None) -> QuerySet[Cohort]:
    found = Cohort.objects.filter(school_id=school.id)
    if taught_by is None:
        return found
    own = Membership.objects.active().filter(school_id=school.id, user=taught_by)
    return found.filter(teachers__in=own)
