"""Noting for a person what others did to what is theirs."""

from __future__ import annotations

from datetime import datetime

from plugins.moments.actors import Actor
from plugins.moments.models import Activity, Comment, Moment
from plugins.moments.visibility import is_open_to


def tell_person(
    person_id: int,
    actor: Actor,
    kind: str,
    *,
    at: datetime,
    moment: Moment | None = None,
    comment: Comment | None = None,
) -> bool:
    """
    Note a deed for the person it concerns; return whether they are told.

    Nobody is told of their own, nor of a moment that is not for them. In a transaction.
    """
    if person_id == actor.id or (moment is not None and not is_open_to(person_id, moment)):
        return False
    Activity.objects.create(
        school_id=actor.school.id,
        person_id=person_id,
        actor=actor.user,
        kind=kind,
        moment=moment,
        comment=comment,
        at=at,
    )
    return True


def untell_person(person_id: int, actor: Actor, kind: str, *, moment: Moment | None = None) -> None:
    """Take a note back, when what it tells of was taken back."""
    told = Activity.objects.of(actor.school).filter(person_id=person_id, actor=actor.user)
    told.filter(kind=kind, moment=moment).delete()
