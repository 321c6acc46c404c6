"""The feed, moments, likes and shares."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import Field

from lyceum.plugin.clock import now
from lyceum.plugin.http import MEMBER, Page, Paging, permitted
from plugins.moments.actors import actor_of
from plugins.moments.api.door import LIKING, NOTHING, POSTING, READ, WRITE, router, say_where
from plugins.moments.api.schemas import Kind, MomentChanges, MomentIn, MomentOut, ShareIn
from plugins.moments.models import TAG
from plugins.moments.queries import moments as queries
from plugins.moments.services.featuring import feature_moment
from plugins.moments.services.liking import like_moment, unlike_moment
from plugins.moments.services.posting import (
    Draft,
    change_moment,
    delete_moment,
    post_moment,
)
from plugins.moments.services.sharing import share_moment


@router.get("", access=MEMBER, scope=READ, response=Page[MomentOut], summary="Read the feed")
def read_feed(
    request: HttpRequest,
    paging: Query[Paging],
    of: Literal["all", "following"] = "all",
    tag: Annotated[str, Field(max_length=TAG)] = "",
    kind: Kind | None = None,
    featured: bool | None = None,
) -> dict[str, Any]:
    return queries.feed(
        actor_of(request), paging=paging, of=of, tag=tag, kind=kind or "", featured=featured
    )


@router.post(
    "",
    access=MEMBER,
    scope=WRITE,
    response={201: MomentOut},
    limit=POSTING,
    summary="Post a moment",
)
def post(request: HttpRequest, response: HttpResponse, body: MomentIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    posted = post_moment(actor=actor, draft=_draft(body), at=now())
    say_where(response, f"{request.path}/{posted.id}", posted)
    return Status(201, queries.one_moment(actor, posted.id))


@router.get(
    "/{uuid:moment_id}", access=MEMBER, scope=READ, response=MomentOut, summary="Read a moment"
)
def read(request: HttpRequest, moment_id: UUID) -> dict[str, Any]:
    return queries.one_moment(actor_of(request), moment_id)


@router.patch(
    "/{uuid:moment_id}",
    access=MEMBER,
    scope=WRITE,
    response=MomentOut,
    limit=POSTING,
    summary="Change one's own moment",
)
def change(request: HttpRequest, moment_id: UUID, body: MomentChanges) -> dict[str, Any]:
    actor = actor_of(request)
    changes = body.model_dump(exclude_unset=True)
    change_moment(actor=actor, moment_id=moment_id, changes=changes, at=now())
    return queries.one_moment(actor, moment_id)


@router.delete(
    "/{uuid:moment_id}",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    summary="Delete one's own moment",
)
def delete(request: HttpRequest, moment_id: UUID) -> Status[None]:
    delete_moment(actor=actor_of(request), moment_id=moment_id, at=now())
    return Status(204, None)


@router.put(
    "/{uuid:moment_id}/like",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    limit=LIKING,
    summary="Like a moment",
)
def like(request: HttpRequest, moment_id: UUID) -> Status[None]:
    like_moment(actor=actor_of(request), moment_id=moment_id, at=now())
    return Status(204, None)


@router.delete(
    "/{uuid:moment_id}/like",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    limit=LIKING,
    summary="Take one's like back",
)
def unlike(request: HttpRequest, moment_id: UUID) -> Status[None]:
    unlike_moment(actor=actor_of(request), moment_id=moment_id)
    return Status(204, None)


@router.put(
    "/{uuid:moment_id}/featured",
    access=permitted("moments.feature"),
    scope=WRITE,
    response=NOTHING,
    summary="Feature a moment",
)
def feature(request: HttpRequest, moment_id: UUID) -> Status[None]:
    feature_moment(actor=actor_of(request), moment_id=moment_id, featured=True)
    return Status(204, None)


@router.delete(
    "/{uuid:moment_id}/featured",
    access=permitted("moments.feature"),
    scope=WRITE,
    response=NOTHING,
    summary="Feature a moment no more",
)
def unfeature(request: HttpRequest, moment_id: UUID) -> Status[None]:
    feature_moment(actor=actor_of(request), moment_id=moment_id, featured=False)
    return Status(204, None)


@router.post(
    "/{uuid:moment_id}/shares",
    access=MEMBER,
    scope=WRITE,
    response={201: MomentOut},
    limit=POSTING,
    summary="Pass a moment on",
)
def share(
    request: HttpRequest, response: HttpResponse, moment_id: UUID, body: ShareIn
) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    draft = Draft(text=body.text, visibility=body.visibility, client_id=body.client_id)
    posted = share_moment(actor=actor, moment_id=moment_id, draft=draft, at=now())
    say_where(response, f"/api/v1/moments/{posted.id}", posted)
    return Status(201, queries.one_moment(actor, posted.id))


def _draft(body: MomentIn) -> Draft:
    return Draft(
        text=body.text,
        kind=body.kind or "",
        visibility=body.visibility,
        tags=body.tags,
        media=body.media,
        mentions=body.mentions,
        client_id=body.client_id,
    )
