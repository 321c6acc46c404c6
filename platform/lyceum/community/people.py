"""The public face of a person: what the others of their school may read of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.accounts.avatars import avatar_address
from lyceum.accounts.models import User
from lyceum.community.models import Mute
from lyceum.community.visibility import find_person
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from lyceum.schools.roles import in_force


@dataclass(frozen=True)
class Face:
    """A person as the others of their school see them; what teachers tell is "" for others."""

    id: UUID
    name: str
    avatar: str
    bio: str
    roles: list[str]
    subjects: list[str]
    qualifications: str
    public_bio: str
    is_child: bool
    joined_at: datetime
    muted: bool


def face_of(*, reader: User, school: CurrentSchool, person: UUID) -> Face:
    """
    Return the public face of a person of the school.

    :raises NotFound: if there is no such member, one of the two blocked the other, or it is a child
        and the reader neither the child nor of the school's staff
    """
    found = find_person(reader=reader, school=school, person=person)
    muted = Mute.objects.filter(muter=reader, muted=found.user).exists()
    return _face(found, school=school, muted=muted)


def name_of(user: User) -> str:
    """Return what others read as a person's name; never an address."""
    return user.get_full_name() or user.username or f"Person {str(user.uuid)[-6:]}"


def _face(membership: Membership, *, school: CurrentSchool, muted: bool) -> Face:
    user, profile = membership.user, membership.user.profile
    of_staff = membership.is_staff
    return Face(
        id=user.uuid,
        name=name_of(user),
        avatar=avatar_address(user),
        bio=profile.bio,
        roles=sorted(in_force(membership.roles, school.plugins)),
        subjects=profile.subjects if of_staff else [],
        qualifications=profile.qualifications if of_staff else "",
        public_bio=profile.public_bio if of_staff else "",
        is_child=membership.is_child,
        joined_at=membership.joined_at,
        muted=muted,
    )
