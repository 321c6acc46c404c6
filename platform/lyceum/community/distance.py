"""Keeping people at a distance: to block them, which holds both ways, and to mute them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from lyceum.accounts.models import User
from lyceum.community.models import Block, Mute
from lyceum.community.people import name_of
from lyceum.community.visibility import find_member, find_person, sees_children
from lyceum.events.services import Fact, publish
from lyceum.kernel.errors import Invalid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership


class NotOneself(Invalid):
    """Nobody blocks, mutes or reports themselves. Name another person."""

    code = "not_oneself"
    detail = "This is you."


@dataclass(frozen=True)
class Distant:
    """A person whom one blocked or muted; `name` is "" where the school does not tell it."""

    id: UUID
    name: str
    at: datetime


def block(*, actor: User, school: CurrentSchool, person: UUID, at: datetime) -> None:
    """
    Keep two people apart, both ways and in every school. Done twice, it changes nothing.

    :raises NotFound: if the school has no such person for the actor
    :raises NotOneself: if it is the actor
    """
    other = _other(actor, find_member(reader=actor, school=school, person=person))
    with transaction.atomic():
        _, is_new = Block.objects.get_or_create(blocker=actor, blocked=other, defaults={"at": at})
        if is_new:
            _tell("person_blocked", actor, other, school, at)


def unblock(*, actor: User, school: CurrentSchool, person: UUID, at: datetime) -> None:
    """
    End one's own block; where there is none, nothing changes. The other's own stays.

    :raises NotFound: if one knows of no such person
    """
    with transaction.atomic():
        own = Block.objects.filter(blocker=actor, blocked__uuid=person)
        found = own.select_related("blocked").first()
        if found is not None:
            own.delete()
            _tell("person_unblocked", actor, found.blocked, school, at)
            return
    find_person(reader=actor, school=school, person=person)


def mute(*, actor: User, school: CurrentSchool, person: UUID, at: datetime) -> None:
    """
    Take a person out of what one is shown; they are not told. Done twice, it changes nothing.

    :raises NotFound: if the school has no such person for the actor
    :raises NotOneself: if it is the actor
    """
    other = _other(actor, find_person(reader=actor, school=school, person=person))
    Mute.objects.get_or_create(muter=actor, muted=other, defaults={"at": at})


def unmute(*, actor: User, school: CurrentSchool, person: UUID) -> None:
    """
    End a mute; where there is none, nothing changes.

    :raises NotFound: if one knows of no such person
    """
    gone, _ = Mute.objects.filter(muter=actor, muted__uuid=person).delete()
    if not gone:
        find_person(reader=actor, school=school, person=person)


def blocks_of(person: User, school: CurrentSchool) -> QuerySet[Block]:
    """Return whom a person blocked, in any school, for a list."""
    return (
        Block.objects.filter(blocker=person)
        .select_related("blocked")
        .annotate(is_told=_is_told("blocked", person, school))
    )


def mutes_of(person: User, school: CurrentSchool) -> QuerySet[Mute]:
    """Return whom a person muted, in any school, for a list."""
    return (
        Mute.objects.filter(muter=person)
        .select_related("muted")
        .annotate(is_told=_is_told("muted", person, school))
    )


def distant(row: Any) -> Distant:
    """Return a row of either list as doors answer it."""
    other = row.blocked if isinstance(row, Block) else row.muted
    return Distant(id=other.uuid, name=name_of(other) if row.is_told else "", at=row.at)


def stands_between(reader_id: int, person_id: int) -> bool:
    """Return whether one of two people blocked the other. One query."""
    pair = Q(blocker=reader_id, blocked=person_id) | Q(blocker=person_id, blocked=reader_id)
    return Block.objects.filter(pair).exists()


def _is_told(person: str, reader: User, school: CurrentSchool) -> Exists:
    """Whether the school tells the reader that person's name: an active member, no child."""
    members = Membership.objects.active().filter(school_id=school.id, user=OuterRef(person))
    return Exists(members if sees_children(reader, school) else members.filter(is_child=False))


def _other(actor: User, membership: Membership) -> User:
    if membership.user_id == actor.pk:
        raise NotOneself
    return membership.user


def _tell(news: str, actor: User, other: User, school: CurrentSchool, at: datetime) -> None:
    publish(Fact(news, at=at, school=school.uuid, actor=actor.uuid, subject=other.uuid))
