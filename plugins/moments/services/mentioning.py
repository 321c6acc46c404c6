"""Calling people by name in moments and comments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lyceum.plugin.community import Party, check_contact
from lyceum.plugin.errors import Invalid, NotFound
from plugins.moments.actors import Actor
from plugins.moments.models import Activity, Comment, Mention, Moment

MOST = 10


def people_called(actor: Actor, people: Sequence[UUID], *, at: datetime) -> list[Party]:
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
        found.append(party)
    return found


def call_people(people: Sequence[Party], *, moment: Moment, comment: Comment | None = None) -> None:
    """Note that a moment or a comment calls people. Inside the transaction that makes it."""
    Mention.objects.bulk_create(
        Mention(moment=moment, comment=comment, person_id=person.id) for person in people
    )


def call_others(people: Sequence[Party], *, moment: Moment, comment: Comment | None = None) -> None:
    """Have a moment or a comment call these people and no others. Inside a transaction."""
    called = [person.id for person in people]
    mentions = Mention.objects.filter(moment=moment, comment=comment)
    mentions.exclude(person__in=called).delete()
    told = Activity.objects.filter(moment=moment, comment=comment, kind=Activity.Kind.MENTIONED)
    told.exclude(person__in=called).delete()
    known = set(mentions.values_list("person", flat=True))
    new = [person for person in people if person.id not in known]
    call_people(new, moment=moment, comment=comment)
