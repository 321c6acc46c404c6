"""Comments, replies, and likes of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status

from lyceum.plugin.clock import now
from lyceum.plugin.http import MEMBER, Page
from plugins.moments.actors import actor_of
from plugins.moments.api.door import COMMENTING, LIKING, NOTHING, READ, WRITE, router, say_where
from plugins.moments.api.schemas import CommentChanges, CommentIn, CommentOut, CommentPaging
from plugins.moments.queries import comments as queries
from plugins.moments.services.commenting import (
    Saying,
    change_comment,
    delete_comment,
    make_comment,
)
from plugins.moments.services.liking import like_comment, unlike_comment


@router.get(
    "/{uuid:moment_id}/comments",
    access=MEMBER,
    scope=READ,
    response=Page[CommentOut],
    summary="Read the comments on a moment",
)
def read_comments(
    request: HttpRequest, moment_id: UUID, paging: Query[CommentPaging]
) -> dict[str, Any]:
    return queries.comments_on(actor_of(request), moment_id, paging=paging)


@router.post(
    "/{uuid:moment_id}/comments",
    access=MEMBER,
    scope=WRITE,
    response={201: CommentOut},
    limit=COMMENTING,
    summary="Comment on a moment",
)
def comment(
    request: HttpRequest, response: HttpResponse, moment_id: UUID, body: CommentIn
) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    saying = Saying(body.text, body.parent, body.mentions, body.client_id)
    posted = make_comment(actor=actor, moment_id=moment_id, saying=saying, at=now())
    say_where(response, f"/api/v1/moments/comments/{posted.id}", posted)
    return Status(201, queries.one_comment(actor, posted.id))


@router.get(
    "/comments/{uuid:comment_id}",
    access=MEMBER,
    scope=READ,
    response=CommentOut,
    summary="Read a comment",
)
def read_comment(request: HttpRequest, comment_id: UUID) -> dict[str, Any]:
    return queries.one_comment(actor_of(request), comment_id)


@router.get(
    "/comments/{uuid:comment_id}/replies",
    access=MEMBER,
    scope=READ,
    response=Page[CommentOut],
    summary="Read the replies to a comment",
)
def read_replies(
    request: HttpRequest, comment_id: UUID, paging: Query[CommentPaging]
) -> dict[str, Any]:
    return queries.replies_to(actor_of(request), comment_id, paging=paging)


@router.patch(
    "/comments/{uuid:comment_id}",
    access=MEMBER,
    scope=WRITE,
    response=CommentOut,
    limit=COMMENTING,
    summary="Change one's own comment",
)
def change_own_comment(
    request: HttpRequest, comment_id: UUID, body: CommentChanges
) -> dict[str, Any]:
    actor = actor_of(request)
    change_comment(
        actor=actor, comment_id=comment_id, text=body.text, mentions=body.mentions, at=now()
    )
    return queries.one_comment(actor, comment_id)


@router.delete(
    "/comments/{uuid:comment_id}",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    summary="Delete one's own comment, or one on one's own moment",
)
def delete_own_comment(request: HttpRequest, comment_id: UUID) -> Status[None]:
    delete_comment(actor=actor_of(request), comment_id=comment_id, at=now())
    return Status(204, None)


@router.put(
    "/comments/{uuid:comment_id}/like",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    limit=LIKING,
    summary="Like a comment",
)
def like_a_comment(request: HttpRequest, comment_id: UUID) -> Status[None]:
    like_comment(actor=actor_of(request), comment_id=comment_id, at=now())
    return Status(204, None)


@router.delete(
    "/comments/{uuid:comment_id}/like",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    limit=LIKING,
    summary="Take one's like of a comment back",
)
def unlike_a_comment(request: HttpRequest, comment_id: UUID) -> Status[None]:
    unlike_comment(actor=actor_of(request), comment_id=comment_id)
    return Status(204, None)
