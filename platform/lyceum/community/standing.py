"""Nobody moderates themselves, or above their own standing: which cases are whose to handle."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from lyceum.access.roles import roles_in
from lyceum.accounts.models import User
from lyceum.community.models import Case
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from lyceum.schools.roles import ADMIN, MANAGER, STAFF

# Whoever holds none of these stands at 1 as other staff, at 0 else.
RANKS = {ADMIN: 3, MANAGER: 2}
OPERATOR_RANK = 4

Row = TypeVar("Row", bound=Model)


def rank_of(person: User, school_id: int) -> int:
    """Return how high a person stands in a school: 4 the operator, 3 an admin, down to 0."""
    return OPERATOR_RANK if person.is_superuser else _rank(roles_in(person, school_id))


def within_reach(rows: QuerySet[Row], *, moderator: User, school: CurrentSchool) -> QuerySet[Row]:
    """
    Return those rows of a school that a moderator may know of: none of their own or from above.

    Rows are of a model with `school` and `author`.
    """
    return rows.filter(school_id=school.id).exclude(_beyond(moderator, school))


def _beyond(moderator: User, school: CurrentSchool) -> Q:
    """Return the condition of rows with an `author` whom a moderator does not moderate."""
    beyond = Q(author=moderator)
    rank = rank_of(moderator, school.id)
    if rank < OPERATOR_RANK:
        beyond |= Q(author__is_superuser=True)
    for role, its_rank in RANKS.items():
        if rank < its_rank:
            holders = Membership.objects.active().holding(role).filter(school_id=school.id)
            beyond |= Q(author__in=holders.values("user"))
    return beyond


def above_none_of(staff: QuerySet[Membership], case: Case) -> QuerySet[Membership]:
    """Return those of a school's staff, by their memberships, who may handle a case."""
    if case.author is None:
        return staff
    rank = rank_of(case.author, case.school_id)
    others = staff.exclude(user=case.author)
    if rank >= OPERATOR_RANK:
        return others.none()
    equals = [role for role, its_rank in RANKS.items() if its_rank >= rank]
    if rank < min(RANKS.values()):
        return others
    return others.filter(reduce(or_, (Q(roles__contains=f",{role},") for role in equals)))


def _rank(roles: frozenset[str]) -> int:
    return max((RANKS.get(role, int(role in STAFF)) for role in roles), default=0)
