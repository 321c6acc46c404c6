"""What is read: moments as a reader sees them, in a constant number of queries a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from lyceum.plugin.community import avatar_address, find_person, hidden_from, name_of
from lyceum.plugin.http import Paging, paginate
from plugins.moments.actors import SLUG, Actor
from plugins.moments.models import Follow, Like, Media, Mention, Moment, State
from plugins.moments.tags import as_kept
from plugins.moments.visibility import (
    find_moment,
    followed_by,
    in_feed,
    open_to,
    readable,
)

LATEST_FIRST = ("-created_at", "-uuid")


def feed(
    actor: Actor,
    *,
    paging: Paging,
    of: str = "all",
    tag: str = "",
    kind: str = "",
    featured: bool | None = None,
) -> dict[str, Any]:
    """
    Return what people of the school tell, latest first. At most seven queries.

    :param of: `all`, or `following` for those alone whom the reader follows
    """
    rows = in_feed(actor)
    if of == "following":
        rows = rows.filter(author__in=followed_by(actor))
    if tag:
        rows = rows.filter(taggings__tag=as_kept(tag))
    if kind:
        rows = rows.filter(kind=kind)
    if featured is not None:
        rows = rows.filter(is_featured=featured)
    return page_of(rows, actor, paging)


def moments_of(actor: Actor, person: UUID, *, paging: Paging) -> dict[str, Any]:
    """
    Return a person's moments as a reader may see them, latest first.

    :raises NotFound: if there is no such person for the reader
    """
    author = find_person(reader=actor.user, school=actor.school, person=person).user
    return page_of(readable(actor).filter(author=author), actor, paging)


def one_moment(actor: Actor, moment_id: UUID) -> dict[str, Any]:
    """
    Return a moment as a reader sees it.

    :raises NotFound: if there is none for them
    """
    found = find_moment(actor, moment_id)
    row = _with_parts(Moment.objects.filter(pk=found.pk), actor).get()
    return views([row], actor)[0]


def page_of(rows: QuerySet[Moment], actor: Actor, paging: Paging) -> dict[str, Any]:
    """Return a page of moments, latest first, as a reader sees them."""
    page = paginate(
        _with_parts(rows, actor), order=LATEST_FIRST, paging=paging, view=lambda row: row
    )
    return {**page, "items": views(page["items"], actor)}


def views(rows: Iterable[Moment], actor: Actor) -> list[dict[str, Any]]:
    """
    Return moments, read by `_with_parts`, as doors answer them. Three queries, whatever they are.

    What a reader likes and follows is asked for the page alone: as part of its query, PostgreSQL
    would read all that they ever liked.
    """
    rows = list(rows)
    likes = Like.objects.filter(person=actor.id, moment__in=[row.pk for row in rows])
    liked = set(likes.values_list("moment", flat=True))
    follows = Follow.objects.of(actor.school).filter(
        follower=actor.id, followed__in={row.author_id for row in rows}
    )
    followed = set(follows.values_list("followed", flat=True))
    wanted = {row.shared_id for row in rows if row.shared_id is not None}
    shared = _shared(wanted, actor) if wanted else {}
    return [
        {
            **_view(row, shared.get(row.shared_id)),
            "is_liked": row.pk in liked,
            "is_following_author": row.author_id in followed,
        }
        for row in rows
    ]


def _with_parts(rows: QuerySet[Moment], actor: Actor) -> QuerySet[Moment]:
    called = Mention.objects.filter(comment=None).select_related("person").order_by("id")
    called = called.exclude(
        hidden_from(reader=actor.user, school=actor.school, author="person", muted=False)
    )
    return rows.select_related("author__profile").prefetch_related(
        Prefetch("media", Media.objects.order_by("place", "id")),
        Prefetch("mentions", called),
    )


def _shared(ids: set[int], actor: Actor) -> dict[int, dict[str, Any]]:
    """Return the moments passed on, as far as the reader may see them."""
    seen = Moment.objects.of(actor.school).filter(open_to(actor), state=State.SHOWN, pk__in=ids)
    seen = seen.exclude(hidden_from(reader=actor.user, school=actor.school))
    return {row.pk: _shared_view(row) for row in _with_parts(seen, actor)}


def _view(row: Any, shared: dict[str, Any] | None) -> dict[str, Any]:
    return {
        **_shared_view(row),
        "visibility": row.visibility,
        "state": row.state,
        "featured": row.is_featured,
        "is_share": row.is_share,
        "shared": shared,
        "likes": row.likes_count,
        "comments": row.comments_count,
        "shares": row.shares_count,
    }


def _shared_view(row: Any) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "kind": row.kind,
        "text": row.text,
        "author": person_view(row.author),
        "tags": row.tags,
        "subject": row.subject,
        "media": [media_view(media) for media in row.media.all()],
        "mentions": [
            {"id": mention.person.uuid, "name": name_of(mention.person)}
            for mention in row.mentions.all()
        ],
        "created_at": row.created_at,
        "edited_at": row.edited_at,
    }


def person_view(user: Any) -> dict[str, Any]:
    """Return a person, read with their profile, as doors answer them."""
    return {"id": user.uuid, "name": name_of(user), "avatar": avatar_address(user)}


def media_view(media: Media) -> dict[str, Any]:
    return {
        "id": media.uuid,
        "kind": media.kind,
        "content_type": media.content_type,
        "size": media.size,
        "width": media.width,
        "height": media.height,
        "src": f"/api/v1/{SLUG}/media/{media.uuid}/file",
    }
