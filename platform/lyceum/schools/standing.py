"""What a person is in a school at this moment, asked at every door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import BigIntegerField, F, FilteredRelation, Q, QuerySet

from lyceum.kernel.plugins.host import host
from lyceum.kernel.prepared import Slot, fetch
from lyceum.kernel.registries import Registry
from lyceum.schools.models import Membership
from lyceum.schools.roles import STAFF, asks_for_plugins, in_force, with_included
from lyceum.schools.scope import plugins_at

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Standing:
    """
    A person's membership as it counts now; of a stranger, one without roles.

    `roles` holds the roles with all that they include, and is empty unless the membership is
    active.
    """

    membership_id: int | None = None
    uuid: UUID | None = None
    status: str = ""
    roles: frozenset[str] = frozenset()
    level: str = ""
    is_child: bool = False

    @property
    def is_member(self) -> bool:
        return bool(self.roles)

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)


STRANGER = Standing()


def standing_of(*, user_id: int | None, school_id: int) -> Standing:
    """Return where a person stands in a school; a stranger's standing for nobody."""
    if user_id is None:
        return STRANGER
    found = fetch("standing_of", _membership, user=user_id, school=school_id)
    return _standing(*found[0]) if found else STRANGER


def _membership() -> QuerySet[Membership, Any]:
    user, school = Slot("user", BigIntegerField()), Slot("school", BigIntegerField())
    return Membership.objects.filter(user_id=user, school_id=school).values_list(*_COLUMNS)


def with_standing(rows: Rows, school_id: Any, *, user: str = "user") -> Rows:
    """
    Have each row of a query bring where its person stands in a school, for `standing_beside`.

    :param school_id: a school's primary key, or a slot for one; 0 is none
    :param user: the path from a row to its person
    """
    path = f"{user}__memberships"
    return rows.annotate(
        standing=FilteredRelation(path, condition=Q(**{f"{path}__school_id": school_id})),
        **{f"standing_{name}": F(f"standing__{name}") for name in _COLUMNS},
    )


def standing_beside(row: Any) -> Standing:
    """Return what `with_standing` had a row bring. No query."""
    values = [getattr(row, f"standing_{name}") for name in _COLUMNS]
    return STRANGER if values[0] is None else _standing(*values)


_COLUMNS = ("id", "uuid", "school_id", "status", "roles", "level", "is_child")


def _standing(
    pk: int,
    uuid: UUID,
    school_id: int,
    status: str,
    roles: frozenset[str],
    level: str,
    is_child: bool,
) -> Standing:
    is_active = status == Membership.Status.ACTIVE
    plugins = plugins_at(school_id) if asks_for_plugins(roles) else frozenset()
    held = with_included(roles, plugins) if is_active else frozenset()
    return Standing(pk, uuid, status, held, level, is_child)


@dataclass(frozen=True)
class Place:
    """A person's place in one of their schools, for their own reading."""

    school: UUID
    slug: str
    name: str
    roles: list[str]
    status: str
    level: str
    is_child: bool
    joined_at: datetime


def places_of(*, user_id: int) -> list[Place]:
    """Return all of a person's memberships, by the schools' names."""
    found = Membership.objects.filter(user_id=user_id).select_related("school")
    return [
        Place(
            school=membership.school.uuid,
            slug=membership.school.slug,
            name=membership.school.name,
            roles=sorted(in_force(membership.roles, host.in_force(membership.school.plugins))),
            status=membership.status,
            level=membership.level,
            is_child=membership.is_child,
            joined_at=membership.joined_at,
        )
        for membership in found.order_by("school__name", "school_id")
    ]


# What higher rooms know to stand between a reader and a person, asked with the ids of both.
hidings: Registry[Callable[[int, int], bool]] = Registry("what hides people from each other")


def may_see_face(*, reader_id: int, person_id: int) -> bool:
    """Return whether a reader may see a person: in a common school; a child, as its staff only."""
    if any(hides(reader_id, person_id) for hides in hidings):
        return False
    shared = Membership.objects.active().filter(
        user_id=person_id,
        school__memberships__user_id=reader_id,
        school__memberships__status=Membership.Status.ACTIVE,
    )
    rows = shared.values_list("is_child", "school__memberships__roles")
    return any(not is_child or with_included(roles) & STAFF for is_child, roles in rows)
