"""Which moments and comments a reader may see: lists, details, files and services ask here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lyceum.plugin.community import hidden_from
from lyceum.plugin.errors import NotFound
from plugins.moments.actors import Actor
from plugins.moments.models import Comment, Follow, Moment, State

PUBLIC, FOLLOWERS = Moment.Visibility.PUBLIC, Moment.Visibility.FOLLOWERS


def followed_by(actor: Actor) -> QuerySet[Follow]:
    """Return the people whom a person follows here, as a subquery of their ids."""
    return Follow.objects.of(actor.school).filter(follower=actor.id).values("followed")


def open_to(actor: Actor, path: str = "") -> Q:
    """
    Return the condition of moments whose author shows them to a reader.

    :param path: from the rows to their moments, as `moment__`; "" for moments themselves
    """

    def those(**fields: Any) -> Q:
        return Q(**{f"{path}{name}": value for name, value in fields.items()})

    followed = those(visibility=FOLLOWERS, author__in=followed_by(actor))
    return those(visibility=PUBLIC) | followed | those(author=actor.id)


def is_open_to(person_id: int, moment: Moment) -> bool:
    """Return whether a moment's author shows it to a person. One query where it is for some."""
    if moment.visibility == PUBLIC or moment.author_id == person_id:
        return True
    follows = Follow.objects.filter(school_id=moment.school_id, follower=person_id)
    return moment.visibility == FOLLOWERS and follows.filter(followed=moment.author_id).exists()


def in_feed(actor: Actor) -> QuerySet[Moment]:
    """Return what a reader's feed is made of: what is shown, without those whom they muted."""
    shown = Moment.objects.of(actor.school).filter(open_to(actor), state=State.SHOWN)
    return shown.exclude(hidden_from(reader=actor.user, school=actor.school))


def readable(actor: Actor) -> QuerySet[Moment]:
    """
    Return what a reader may see when asking for it: of the muted too, and one's own while held.

    Moderators see all that others may, held or hidden; what is private is its author's alone.
    """
    seen = Q(state=State.SHOWN) & open_to(actor) | Q(state=State.HELD, author=actor.id)
    if actor.may("moderate"):
        seen |= Q(state__in=(State.SHOWN, State.HELD, State.HIDDEN)) & ~Q(visibility="private")
    moments = Moment.objects.of(actor.school).filter(seen)
    return moments.exclude(hidden_from(reader=actor.user, school=actor.school, muted=False))


def find_moment(actor: Actor, moment_id: UUID) -> Moment:
    """
    Return a moment that a reader may see, with its author.

    :raises NotFound: if there is none
    """
    found = readable(actor).filter(uuid=moment_id).select_related("author").first()
    if found is None:
        raise NotFound
    return found


def find_shown(actor: Actor, moment_id: UUID) -> Moment:
    """
    Return a moment that a reader may see and answer to: not while it is held or hidden.

    :raises NotFound: if there is none
    """
    found = find_moment(actor, moment_id)
    if found.state != State.SHOWN:
        raise NotFound
    return found


def readable_comments(actor: Actor, moment: Moment) -> QuerySet[Comment]:
    """Return the comments on a moment that a reader may see; one's own while they are held."""
    seen = Q(state=State.SHOWN) | Q(state=State.HELD, author=actor.id)
    if actor.may("moderate"):
        seen |= Q(state__in=(State.HELD, State.HIDDEN))
    comments = Comment.objects.filter(seen, moment=moment)
    return comments.exclude(hidden_from(reader=actor.user, school=actor.school))


def find_comment(actor: Actor, comment_id: UUID) -> Comment:
    """
    Return a comment that a reader may see, with its moment and author.

    :raises NotFound: if there is none
    """
    comments = Comment.objects.of(actor.school).filter(uuid=comment_id)
    found = comments.select_related("moment", "author", "parent").first()
    if found is None:
        raise NotFound
    find_moment(actor, found.moment.uuid)
    if not readable_comments(actor, found.moment).filter(pk=found.pk).exists():
        raise NotFound
    if found.parent is not None and found.parent.state != State.SHOWN:
        raise NotFound
    return found
