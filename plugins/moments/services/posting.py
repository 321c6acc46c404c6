"""Posting moments, changing and deleting one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from lyceum.plugin.community import (
    Party,
    Verdict,
    bin_thing,
    check_posting,
    check_text,
    hold,
)
from lyceum.plugin.errors import Forbidden, Invalid
from plugins.moments.actors import SLUG, Actor, check_may_post
from plugins.moments.models import Comment, Moment, State, Tagging
from plugins.moments.services.announcing import announce_moment, tell_called
from plugins.moments.services.media import take_media
from plugins.moments.services.mentioning import call_others, call_people, people_called
from plugins.moments.services.states import change_state
from plugins.moments.tags import all_as_kept
from plugins.moments.visibility import find_moment

TYPE = f"{SLUG}.moment"
OWN_KINDS = (Moment.Kind.TEXT, Moment.Kind.IMAGE, Moment.Kind.VIDEO, Moment.Kind.MILESTONE)


class NothingTold(Invalid):
    """A moment needs a text, an image or a video. Send at least one."""

    code = "nothing_told"
    detail = "A moment needs a text, an image or a video."


class NotYours(Forbidden):
    """Only its author changes or deletes this. Moderators hide things instead."""

    code = "not_yours"
    detail = "This is somebody else's."


@dataclass(frozen=True)
class Draft:
    """What somebody is about to post. `shared` is the moment that it passes on."""

    text: str = ""
    kind: str = ""
    visibility: str = Moment.Visibility.PUBLIC
    tags: Sequence[str] = ()
    media: Sequence[UUID] = ()
    mentions: Sequence[UUID] = ()
    client_id: UUID | None = None
    shared: Moment | None = field(default=None)


@dataclass(frozen=True)
class Posted:
    """A moment that was made, or had been made by the same `client_id` before."""

    id: UUID
    replayed: bool = False


def post_moment(*, actor: Actor, draft: Draft, at: datetime) -> Posted:
    """
    Make a moment. With a `client_id` that was used before, nothing is made.

    :raises PostingNotAllowed: if the school does not let this person post
    :raises EmailNotVerified, SuspendedFromContact: as `check_posting` does
    :raises NothingTold: if it has neither text nor media, and passes nothing on
    :raises TextRefused: if the school's filters refuse the text
    :raises ContactRefused: if the author may not call one of those mentioned
    """
    made = made_before(Moment, actor, draft.client_id)
    if made is not None:
        return made
    check_may_post(actor)
    check_posting(author=actor.user, school=actor.school, at=at)
    tags = all_as_kept(draft.tags)
    verdict = _verdict(actor, draft.text, tags, at)
    if not (draft.text or draft.media or draft.shared):
        raise NothingTold
    called = people_called(actor, draft.mentions, at=at)
    try:
        with transaction.atomic():
            return _make(actor, draft, tags, called, verdict, at)
    except IntegrityError:
        # Sent twice at once: the other one made it.
        made = made_before(Moment, actor, draft.client_id)
        if made is None:
            raise
        return made


def change_moment(*, actor: Actor, moment_id: UUID, changes: dict[str, Any], at: datetime) -> None:
    """
    Change one's own moment; `changes` holds only what is to change of it.

    Who is called, and may read it now, is told if they were not yet.

    :raises NotFound: if there is no such moment for the actor
    :raises NotYours: if it is somebody else's
    :raises NothingTold: if nothing would be left of it
    :raises TextRefused: if the school's filters refuse the text
    :raises ContactRefused: if the author may not call one of those mentioned
    """
    moment = own_moment(actor, moment_id)
    check_posting(author=actor.user, school=actor.school, at=at)
    text, tags = changes.get("text", moment.text), all_as_kept(changes.get("tags", moment.tags))
    if not (text or moment.media.exists() or moment.is_share):
        raise NothingTold
    verdict = _verdict(actor, text, tags, at)
    called = people_called(actor, changes.get("mentions", ()), at=at)
    with transaction.atomic():
        row = Moment.objects.select_for_update(no_key=True).get(pk=moment.pk)
        row.text, row.tags = text, tags
        row.visibility = changes.get("visibility", row.visibility)
        if row.state == State.SHOWN:
            row.edited_at = at
        row.save(update_fields=["text", "tags", "visibility", "edited_at"])
        Tagging.objects.filter(moment=row).delete()
        _tag(row)
        if "mentions" in changes:
            call_others(called, moment=row)
        if verdict.is_held and row.state == State.SHOWN:
            change_state(row, State.HELD)
        if row.state == State.HELD:
            hold_back(TYPE, row, of=row, actor=actor, verdict=verdict, at=at)
        elif row.state == State.SHOWN:
            tell_called(actor, row, at=at)


def delete_moment(*, actor: Actor, moment_id: UUID, at: datetime) -> None:
    """
    Delete one's own moment: gone for all, and for some days in the moderators' bin.

    :raises NotFound: if there is no such moment for the actor
    :raises NotYours: if it is somebody else's
    """
    moment = own_moment(actor, moment_id)
    with transaction.atomic():
        row = Moment.objects.select_for_update(no_key=True).get(pk=moment.pk)
        change_state(row, State.DELETED)
        bin_thing(
            school=actor.school,
            type=TYPE,
            thing=row.uuid,
            author=actor.user,
            excerpt=row.text,
            by=actor.user,
            at=at,
        )


def made_before(
    model: type[Moment] | type[Comment], actor: Actor, client_id: UUID | None
) -> Posted | None:
    """Return what the actor made with this `client_id` already; None if nothing, or without one."""
    if client_id is None:
        return None
    own = model.objects.of(actor.school).filter(author=actor.id, client_id=client_id)
    uuid = own.values_list("uuid", flat=True).first()
    return Posted(uuid, replayed=True) if uuid is not None else None


def own_moment(actor: Actor, moment_id: UUID) -> Moment:
    """
    Return one's own moment.

    :raises NotFound: if there is no such moment for the actor
    :raises NotYours: if it is somebody else's
    """
    moment = find_moment(actor, moment_id)
    if moment.author_id != actor.id:
        raise NotYours
    return moment


def hold_back(
    type: str, thing: Moment | Comment, *, of: Moment, actor: Actor, verdict: Verdict, at: datetime
) -> None:
    """
    Put a moment, or a comment `of` one, before the moderators.

    Inside the transaction that makes or changes it.
    """
    hold(
        school=actor.school,
        type=type,
        thing=thing.uuid,
        author=actor.user,
        excerpt=thing.text,
        reasons=verdict.reasons,
        at=at,
        address=f"/api/v1/{SLUG}/{of.uuid}",
    )


def _make(
    actor: Actor,
    draft: Draft,
    tags: list[str],
    called: Sequence[Party],
    verdict: Verdict,
    at: datetime,
) -> Posted:
    moment = Moment.objects.create(
        school_id=actor.school.id,
        author=actor.user,
        kind=draft.kind or Moment.Kind.TEXT,
        text=draft.text,
        tags=tags,
        visibility=draft.visibility,
        state=State.HELD if verdict.is_held else State.SHOWN,
        shared=draft.shared,
        is_share=draft.shared is not None,
        client_id=draft.client_id,
        created_at=at,
    )
    _tag(moment)
    found = take_media(actor, draft.media, moment)
    kind = _kind(draft.kind, found)
    if kind != moment.kind:
        moment.kind = kind
        moment.save(update_fields=["kind"])
    call_people(called, moment=moment)
    if verdict.is_held:
        hold_back(TYPE, moment, of=moment, actor=actor, verdict=verdict, at=at)
    else:
        if draft.shared is not None:
            Moment.objects.filter(pk=draft.shared.pk).update(shares_count=F("shares_count") + 1)
        announce_moment(actor, moment, at=at)
    return Posted(moment.uuid)


def _verdict(actor: Actor, text: str, tags: Sequence[str], at: datetime) -> Verdict:
    # A tag is read as the text is.
    told = " ".join([text, *tags])
    return check_text(school=actor.school, author=actor.user, text=told, at=at)


def _kind(wanted: str, media: Sequence[str]) -> str:
    """
    Return a moment's kind: what was asked for, else what its media say.

    :raises Invalid: if its media do not hold what was asked for
    """
    found = next((kind for kind in ("video", "image") if kind in media), "")
    if wanted in ("image", "video") and wanted not in media:
        raise Invalid(fields={"kind": [f"It has no {wanted}."]})
    return wanted or found or Moment.Kind.TEXT


def _tag(moment: Moment) -> None:
    Tagging.objects.bulk_create(Tagging(moment=moment, tag=tag) for tag in moment.tags)
