"""What a person is in a school at this moment: one query, asked at every door."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lyceum.schools.models import Membership
from lyceum.schools.roles import STAFF


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
    membership = Membership.objects.filter(user_id=user_id, school_id=school_id).first()
    if membership is None:
        return STRANGER
    return Standing(
        membership_id=membership.pk,
        uuid=membership.uuid,
        status=membership.status,
        roles=membership.held_roles,
        level=membership.level,
        is_child=membership.is_child,
    )
