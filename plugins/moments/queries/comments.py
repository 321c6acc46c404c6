"""What is read of comments."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from lyceum.plugin.community import hidden_from, name_of
from lyceum.plugin.http import Paging, paginate
from plugins.moments.actors import Actor
from plugins.moments.models import Comment, CommentLike, Mention
from plugins.moments.queries.moments import person_view
from plugins.moments.visibility import find_comment, find_moment, readable_comments

FIRST_FIRST = ("created_at", "uuid")


def comments_on(actor: Actor, moment_id: UUID, *, paging: Paging) -> dict[str, Any]:
    """
    Return the comments on a moment, without the replies to them, first said first.

    :raises NotFound: if there is no such moment for the reader
    """
    moment = find_moment(actor, moment_id)
    rows = readable_comments(actor, moment).filter(parent=None)
    return _page(rows, actor, paging)


def replies_to(actor: Actor, comment_id: UUID, *, paging: Paging) -> dict[str, Any]:
    """
    Return the replies to a comment, first said first.

    :raises NotFound: if there is no such comment for the reader
    """
    comment = find_comment(actor, comment_id)
    rows = readable_comments(actor, comment.moment).filter(parent=comment)
    return _page(rows, actor, paging)


def one_comment(actor: Actor, comment_id: UUID) -> dict[str, Any]:
    """
    Return a comment as a reader sees it.

    :raises NotFound: if there is none for them
    """
    found = find_comment(actor, comment_id)
    return _views([_as_read(Comment.objects.filter(pk=found.pk), actor).get()], actor)[0]


def _page(rows: QuerySet[Comment], actor: Actor, paging: Paging) -> dict[str, Any]:
    found = _as_read(rows, actor)
    page = paginate(found, order=FIRST_FIRST, paging=paging, view=lambda row: row)
    return {**page, "items": _views(page["items"], actor)}


def _views(rows: list[Comment], actor: Actor) -> list[dict[str, Any]]:
    likes = CommentLike.objects.filter(person=actor.id, comment__in=[row.pk for row in rows])
    liked = set(likes.values_list("comment", flat=True))
    return [{**_view(row), "is_liked": row.pk in liked} for row in rows]


def _as_read(rows: QuerySet[Comment], actor: Actor) -> QuerySet[Comment]:
    called = Mention.objects.select_related("person").order_by("id")
    called = called.exclude(
        hidden_from(reader=actor.user, school=actor.school, author="person", muted=False)
    )
    found = rows.select_related("author__profile", "moment", "parent")
    return found.prefetch_related(Prefetch("mentions", called))


def _view(row: Any) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "moment": row.moment.uuid,
        "parent": row.parent.uuid if row.parent else None,
        "text": row.text,
        "author": person_view(row.author),
        "mentions": [
            {"id": mention.person.uuid, "name": name_of(mention.person)}
            for mention in row.mentions.all()
        ],
        "state": row.state,
        "likes": row.likes_count,
        "replies": row.replies_count,
        "created_at": row.created_at,
        "edited_at": row.edited_at,
    }
