"""Telling of what was posted, once others may read it: not while it waits for a moderator."""

from __future__ import annotations

from datetime import datetime

from plugins.moments import news
from plugins.moments.actors import Actor
from plugins.moments.models import Activity, Comment, Mention, Moment
from plugins.moments.services.telling import tell_person


def announce_moment(actor: Actor, moment: Moment, *, at: datetime) -> None:
    """Tell of a moment that came into sight. Inside a transaction."""
    shared = moment.shared
    if shared is not None:
        tell_person(shared.author_id, actor, Activity.Kind.SHARED, at=at, moment=moment)
    tell_called(actor, moment, at=at)
    uuid = shared.uuid if shared else None
    news.tell(news.MOMENT_POSTED, actor=actor, subject=moment.uuid, at=at, shared=uuid)


def announce_comment(actor: Actor, comment: Comment, *, at: datetime) -> None:
    """Tell of a comment that came into sight. Inside a transaction."""
    moment, parent = comment.moment, comment.parent
    tell_person(
        moment.author_id, actor, Activity.Kind.COMMENTED, at=at, moment=moment, comment=comment
    )
    if parent is not None and parent.author_id != moment.author_id:
        replied = Activity.Kind.REPLIED
        tell_person(parent.author_id, actor, replied, at=at, moment=moment, comment=comment)
    tell_called(actor, moment, comment, at=at)
    news.tell(
        news.COMMENT_MADE,
        actor=actor,
        subject=comment.uuid,
        at=at,
        moment=moment.uuid,
        parent=parent.uuid if parent else None,
    )


def tell_called(
    actor: Actor, moment: Moment, comment: Comment | None = None, *, at: datetime
) -> None:
    """Tell those who are called, may read it, and do not know of it yet. Inside a transaction."""
    kind = Activity.Kind.MENTIONED
    told = Activity.objects.filter(moment=moment, comment=comment, kind=kind).values("person")
    called = Mention.objects.filter(moment=moment, comment=comment).exclude(person__in=told)
    for mention in called.select_related("person"):
        if tell_person(mention.person_id, actor, kind, at=at, moment=moment, comment=comment):
            news.tell(
                news.PERSON_MENTIONED,
                actor=actor,
                subject=mention.person.uuid,
                at=at,
                moment=moment.uuid,
                comment=comment.uuid if comment else None,
            )
