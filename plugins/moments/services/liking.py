"""Liking: a count goes up or down only where a row was really made or deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F

from lyceum.plugin.community import check_posting
from lyceum.plugin.errors import NotFound
from plugins.moments import news
from plugins.moments.actors import Actor
from plugins.moments.models import Activity, Comment, CommentLike, Like, Moment, State
from plugins.moments.services.telling import tell_person, untell_person
from plugins.moments.visibility import find_comment, find_shown


def like_moment(*, actor: Actor, moment_id: UUID, at: datetime) -> None:
    """
    Like a moment. Done twice, it changes nothing.

    :raises NotFound: if there is no such moment for the actor, or it is not shown
    :raises EmailNotVerified, SuspendedFromContact: as `check_posting` does
    """
    moment = find_shown(actor, moment_id)
    check_posting(author=actor.user, school=actor.school, at=at)
    with transaction.atomic():
        if not _made(Like, moment=moment, person=actor.user, at=at):
            return
        _count(Moment.objects.filter(pk=moment.pk, state=State.SHOWN), 1)
        tell_person(moment.author_id, actor, Activity.Kind.LIKED, at=at, moment=moment)
        news.tell(news.MOMENT_LIKED, actor=actor, subject=moment.uuid, at=at)


def unlike_moment(*, actor: Actor, moment_id: UUID) -> None:
    """
    Take one's like back. Where there is none, nothing changes.

    :raises NotFound: if there is no such moment for the actor, or it is not shown
    """
    moment = find_shown(actor, moment_id)
    with transaction.atomic():
        gone, _ = Like.objects.filter(moment=moment, person=actor.user).delete()
        if gone:
            _count(Moment.objects.filter(pk=moment.pk), -1)
            untell_person(moment.author_id, actor, Activity.Kind.LIKED, moment=moment)


def like_comment(*, actor: Actor, comment_id: UUID, at: datetime) -> None:
    """
    Like a comment. Done twice, it changes nothing.

    :raises NotFound: if there is no such comment for the actor, or it is not shown
    :raises EmailNotVerified, SuspendedFromContact: as `check_posting` does
    """
    comment = find_comment(actor, comment_id)
    check_posting(author=actor.user, school=actor.school, at=at)
    with transaction.atomic():
        if _made(CommentLike, comment=comment, person=actor.user, at=at):
            _count(Comment.objects.filter(pk=comment.pk, state=State.SHOWN), 1)


def unlike_comment(*, actor: Actor, comment_id: UUID) -> None:
    """
    Take one's like of a comment back. Where there is none, nothing changes.

    :raises NotFound: if there is no such comment for the actor
    """
    comment = find_comment(actor, comment_id)
    with transaction.atomic():
        gone, _ = CommentLike.objects.filter(comment=comment, person=actor.user).delete()
        if gone:
            _count(Comment.objects.filter(pk=comment.pk), -1)


def _made(model: type[models.Model], **row: Any) -> bool:
    """Return whether a row was made: of two who try at once, one has it."""
    try:
        with transaction.atomic():
            model._default_manager.create(**row)
    except IntegrityError:
        return False
    return True


def _count(rows: models.QuerySet[Any], step: int) -> None:
    # The row of the like is written first, always: whoever waits, waits in the same order.
    if not rows.update(likes_count=F("likes_count") + step):
        raise NotFound
