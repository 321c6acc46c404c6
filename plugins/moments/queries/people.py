"""What is read of people here: whom they follow, who follows them, what others did to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lyceum.plugin.community import find_person, hidden_from, visible_people
from lyceum.plugin.http import Paging, paginate
from plugins.moments.actors import Actor
from plugins.moments.models import Activity, Follow, Participant, State
from plugins.moments.queries.moments import person_view
from plugins.moments.visibility import open_to, readable


def profile_of(actor: Actor, person: UUID) -> dict[str, Any]:
    """
    Return a person as moments show them.

    :raises NotFound: if there is no such person for the reader
    """
    user = find_person(reader=actor.user, school=actor.school, person=person).user
    follows = Follow.objects.of(actor.school)
    return {
        **person_view(user),
        "moments": readable(actor).filter(author=user).count(),
        "followers": _seen(follows.filter(followed=user), actor, "follower").count(),
        "following": _seen(follows.filter(follower=user), actor, "followed").count(),
        "is_following": follows.filter(follower=actor.id, followed=user).exists(),
    }


def followers_of(actor: Actor, person: UUID, *, paging: Paging) -> dict[str, Any]:
    """
    Return who follows a person, latest first, as far as the reader may know of them.

    :raises NotFound: if there is no such person for the reader
    """
    user = find_person(reader=actor.user, school=actor.school, person=person).user
    rows = Follow.objects.of(actor.school).filter(followed=user)
    return _page(_seen(rows, actor, "follower"), "follower", paging)


def followed_by(actor: Actor, person: UUID, *, paging: Paging) -> dict[str, Any]:
    """
    Return whom a person follows, latest first, as far as the reader may know of them.

    :raises NotFound: if there is no such person for the reader
    """
    user = find_person(reader=actor.user, school=actor.school, person=person).user
    rows = Follow.objects.of(actor.school).filter(follower=user)
    return _page(_seen(rows, actor, "followed"), "followed", paging)


def activity_of(actor: Actor, *, paging: Paging) -> dict[str, Any]:
    """Return what others did that concerns the reader, latest first: what they may see of it."""
    gone = Q(moment__isnull=False) & ~Q(moment__state=State.SHOWN)
    gone |= Q(comment__isnull=False) & ~Q(comment__state=State.SHOWN)
    gone |= Q(comment__parent__isnull=False) & ~Q(comment__parent__state=State.SHOWN)
    rows = Activity.objects.of(actor.school).filter(person=actor.id).exclude(gone)
    rows = rows.filter(Q(moment=None) | open_to(actor, "moment__"))
    rows = rows.exclude(hidden_from(reader=actor.user, school=actor.school, author="actor"))
    rows = rows.select_related("actor__profile", "moment", "comment")
    return paginate(rows, order=("-at", "-uuid"), paging=paging, view=_deed)


def preferences_of(actor: Actor) -> dict[str, Any]:
    """Return what a person chose here."""
    own = Participant.objects.of(actor.school).filter(person=actor.id)
    chosen = own.values_list("automatic", flat=True).first()
    return {"automatic": True if chosen is None else chosen}


def _seen(rows: QuerySet[Follow], actor: Actor, side: str) -> QuerySet[Follow]:
    people = visible_people(reader=actor.user, school=actor.school).values("user")
    return rows.filter(**{f"{side}__in": people})


def _page(rows: QuerySet[Follow], side: str, paging: Paging) -> dict[str, Any]:
    rows = rows.select_related(f"{side}__profile")
    return paginate(
        rows,
        order=("-at", "-uuid"),
        paging=paging,
        view=lambda row: person_view(getattr(row, side)),
    )


def _deed(row: Any) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "kind": row.kind,
        "actor": person_view(row.actor),
        "moment": row.moment.uuid if row.moment else None,
        "comment": row.comment.uuid if row.comment else None,
        "at": row.at,
    }
