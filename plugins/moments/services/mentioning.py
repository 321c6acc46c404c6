"""Calling people by name in moments and comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.plugin.community import check_contact
from lyceum.plugin.errors import Invalid, NotFound
from plugins.moments import news
from plugins.moments.actors import Actor
from plugins.moments.models import Activity, Comment, Mention, Moment
from plugins.moments.services.telling import tell_person

MOST = 10


@dataclass(frozen=True)
class Called:
    """A person who is called, as found before the transaction."""

    id: int
    uuid: UUID


def people_called(actor: Actor, people: Sequence[UUID], *, at: datetime) -> list[Called]:
    """
    Return the people to be called. A mention is a contact: who may not be contacted is not called.

    Not in a transaction: plugins are asked.

    :raises Invalid: if one of them is nobody whom the actor may know of
    :raises ContactRefused: as `check_contact` does
    """
    found = []
    for number, person in enumerate(dict.fromkeys(people)):
        try:
            party = check_contact(sender=actor.user, receiver=person, school=actor.school, at=at)
        except NotFound as error:
            told = {f"mentions.{number}": ["There is no such person in the school."]}
            raise Invalid(fields=told) from error
        found.append(Called(party.id, party.uuid))
    return found


def call_people(
    actor: Actor,
    people: Sequence[Called],
    *,
    moment: Moment,
    at: datetime,
    comment: Comment | None = None,
) -> None:
    """Note that a moment or a comment calls people, and tell them. Inside a transaction."""
    Mention.objects.bulk_create(
        Mention(moment=moment, comment=comment, person_id=person.id) for person in people
    )
    for person in people:
        if person.id == actor.id:
            continue
        tell_person(
            person.id, actor, Activity.Kind.MENTIONED, at=at, moment=moment, comment=comment
        )
        news.tell(
            news.PERSON_MENTIONED,
            actor=actor,
            subject=person.uuid,
            at=at,
            moment=moment.uuid,
            comment=comment.uuid if comment else None,
        )
