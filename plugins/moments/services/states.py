"""Showing things and taking them from sight, with the counts that follow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Model, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from plugins.moments.models import Comment, CommentLike, Like, Moment, State


def change_state(moment: Moment, state: str) -> None:
    """
    Show a moment, or take it from sight; the shares of the one it passes on follow.

    Inside a transaction, in which the row was read and locked.
    """
    step = (state == State.SHOWN) - (moment.state == State.SHOWN)
    moment.state = state
    moment.save(update_fields=["state"])
    if step and moment.shared_id is not None:
        shared = Moment.objects.filter(pk=moment.shared_id)
        shared.update(shares_count=F("shares_count") + step)


def change_comment_state(comment: Comment, state: str) -> None:
    """
    Show a comment, or take it from sight; the counts of its moment and parent follow.

    Replies are counted with the comment that they reply to. Inside a transaction in which
    `lock_thread` was called.
    """
    step = (state == State.SHOWN) - (comment.state == State.SHOWN)
    comment.state = state
    comment.save(update_fields=["state"])
    if step:
        count_comment(comment, step)


def count_comment(comment: Comment, step: int) -> None:
    """Count a comment that came into sight (1), or went out of it (-1)."""
    counted = step * (1 + comment.replies_count)
    if comment.parent_id is not None:
        parents = Comment.objects.filter(pk=comment.parent_id)
        parents.update(replies_count=F("replies_count") + step)
        counted = step if parents.filter(state=State.SHOWN).exists() else 0
    if counted:
        moments = Moment.objects.filter(pk=comment.moment_id)
        moments.update(comments_count=F("comments_count") + counted)


def lock_thread(moment_id: int) -> None:
    """
    Let changes of a moment's comments wait for one another.

    Without it, a reply and the end of what it replies to would both count by what was before.
    """
    Moment.objects.select_for_update(no_key=True).only("pk").get(pk=moment_id)


def lock_threads(moments: Iterable[int]) -> None:
    """Let changes of many moments' counts wait, latest moment first."""
    rows = Moment.objects.filter(pk__in=list(moments)).order_by("-pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def recount(moments: Iterable[int], comments: Iterable[int]) -> None:
    """Count anew what is said to these moments and comments, after rows of others went."""
    Moment.objects.filter(pk__in=list(moments)).update(
        likes_count=_counted(Like, "moment"),
        comments_count=_counted(
            Comment, "moment", Q(parent=None) | Q(parent__state=State.SHOWN), state=State.SHOWN
        ),
        shares_count=_counted(Moment, "shared", state=State.SHOWN),
    )
    Comment.objects.filter(pk__in=list(comments)).update(
        likes_count=_counted(CommentLike, "comment"),
        replies_count=_counted(Comment, "parent", state=State.SHOWN),
    )


def _counted(model: type[Model], of: str, *conditions: Q, **fields: Any) -> Coalesce:
    rows = model._default_manager.filter(*conditions, **{of: OuterRef("pk")}, **fields)
    counted = rows.order_by().values(of).annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted), 0)
