"""Following people: what they show their followers comes into the feed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lyceum.plugin.community import check_contact, find_person
from lyceum.plugin.errors import Invalid
from plugins.moments import news
from plugins.moments.actors import Actor
from plugins.moments.models import Activity, Follow
from plugins.moments.services.telling import tell_person, untell_person


class FollowingOneself(Invalid):
    """Nobody follows themselves. Name another person."""

    code = "following_oneself"
    detail = "This is you."


def follow(*, actor: Actor, person: UUID, at: datetime) -> None:
    """
    Follow a person. Done twice, it changes nothing.

    :raises FollowingOneself: if it is the actor
    :raises NotFound: if there is no such person for the actor
    :raises ContactRefused: if one of them is a child and the other no staff, or a plugin refuses
    """
    if person == actor.user.uuid:
        raise FollowingOneself
    other = check_contact(sender=actor.user, receiver=person, school=actor.school, at=at)
    with transaction.atomic():
        _, is_new = Follow.objects.get_or_create(
            school_id=actor.school.id,
            follower=actor.user,
            followed_id=other.id,
            defaults={"at": at},
        )
        if is_new:
            tell_person(other.id, actor, Activity.Kind.FOLLOWED, at=at)
            news.tell(news.PERSON_FOLLOWED, actor=actor, subject=other.uuid, at=at)


def unfollow(*, actor: Actor, person: UUID) -> None:
    """
    Follow a person no more. Where one did not, nothing changes.

    :raises NotFound: if one did not, and there is no such person for the actor
    """
    with transaction.atomic():
        own = Follow.objects.of(actor.school).filter(follower=actor.user, followed__uuid=person)
        followed = own.values_list("followed", flat=True).first()
        if followed is not None:
            own.delete()
            untell_person(followed, actor, Activity.Kind.FOLLOWED)
            return
    find_person(reader=actor.user, school=actor.school, person=person)
