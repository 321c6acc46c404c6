"""Comments on moments, and replies to them: one level deep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lyceum.plugin.community import (
    Party,
    Verdict,
    bin_thing,
    check_contact,
    check_posting,
    check_text,
)
from lyceum.plugin.errors import Invalid
from plugins.moments.actors import SLUG, Actor, check_may_write
from plugins.moments.models import Comment, Moment, State
from plugins.moments.services.announcing import announce_comment, tell_called
from plugins.moments.services.mentioning import call_others, call_people, people_called
from plugins.moments.services.posting import NotYours, Posted, hold_back, made_before
from plugins.moments.services.states import change_comment_state, count_comment, lock_thread
from plugins.moments.visibility import find_comment, find_shown

TYPE = f"{SLUG}.comment"


@dataclass(frozen=True)
class Saying:
    """What somebody is about to comment; `parent` is the comment that it replies to."""

    text: str
    parent: UUID | None = None
    mentions: Sequence[UUID] = ()
    client_id: UUID | None = None


def make_comment(*, actor: Actor, moment_id: UUID, saying: Saying, at: datetime) -> Posted:
    """
    Comment on a moment. With a `client_id` that was used before, nothing is made.

    A comment is a contact with the moment's author, and with whom it replies to.

    :raises NotFound: if there is no such moment for the actor
    :raises PostingNotAllowed: if the actor is a child, and the school lets none write
    :raises ContactRefused: if the actor may not be in contact with them
    :raises TextRefused: if the school's filters refuse the text
    """
    moment = find_shown(actor, moment_id)
    made = made_before(Comment, actor, saying.client_id)
    if made is not None:
        return made
    check_may_write(actor)
    check_posting(author=actor.user, school=actor.school, at=at)
    parent = _parent(actor, moment, saying.parent)
    for other in {each.author.uuid for each in (moment, parent) if each} - {actor.user.uuid}:
        check_contact(sender=actor.user, receiver=other, school=actor.school, at=at)
    verdict = check_text(school=actor.school, author=actor.user, text=saying.text, at=at)
    called = people_called(actor, saying.mentions, at=at)
    try:
        with transaction.atomic():
            return _make(actor, moment, parent, saying, called, verdict, at)
    except IntegrityError:
        # Sent twice at once: the other one made it.
        made = made_before(Comment, actor, saying.client_id)
        if made is None:
            raise
        return made


def change_comment(
    *,
    actor: Actor,
    comment_id: UUID,
    text: str,
    mentions: Sequence[UUID] | None = None,
    at: datetime,
) -> None:
    """
    Change the text of one's own comment, and whom it calls; None leaves these as they are.

    :raises NotFound: if there is no such comment for the actor
    :raises NotYours: if it is somebody else's
    :raises TextRefused: if the school's filters refuse the text
    :raises ContactRefused: if the author may not call one of those mentioned
    """
    comment = _own(actor, comment_id)
    check_posting(author=actor.user, school=actor.school, at=at)
    verdict = check_text(school=actor.school, author=actor.user, text=text, at=at)
    called = people_called(actor, mentions or (), at=at)
    with transaction.atomic():
        lock_thread(comment.moment_id)
        row = Comment.objects.get(pk=comment.pk)
        row.text = text
        if row.state == State.SHOWN:
            row.edited_at = at
        row.save(update_fields=["text", "edited_at"])
        if mentions is not None:
            call_others(called, moment=comment.moment, comment=row)
        if verdict.is_held and row.state == State.SHOWN:
            change_comment_state(row, State.HELD)
        if row.state == State.HELD:
            hold_back(TYPE, row, of=comment.moment, actor=actor, verdict=verdict, at=at)
        elif row.state == State.SHOWN:
            tell_called(actor, comment.moment, row, at=at)


def delete_comment(*, actor: Actor, comment_id: UUID, at: datetime) -> None:
    """
    Delete one's own comment, or any on one's own moment; and with it what was replied to it.

    :raises NotFound: if there is no such comment for the actor
    :raises NotYours: if both are somebody else's
    """
    comment = find_comment(actor, comment_id)
    if actor.id not in (comment.author_id, comment.moment.author_id):
        raise NotYours
    with transaction.atomic():
        lock_thread(comment.moment_id)
        row = Comment.objects.get(pk=comment.pk)
        change_comment_state(row, State.DELETED)
        bin_thing(
            school=actor.school,
            type=TYPE,
            thing=row.uuid,
            author=comment.author,
            excerpt=row.text,
            by=actor.user,
            at=at,
        )


def _make(
    actor: Actor,
    moment: Moment,
    parent: Comment | None,
    saying: Saying,
    called: Sequence[Party],
    verdict: Verdict,
    at: datetime,
) -> Posted:
    lock_thread(moment.pk)
    comment = Comment.objects.create(
        school_id=actor.school.id,
        moment=moment,
        parent=parent,
        author=actor.user,
        text=saying.text,
        state=State.HELD if verdict.is_held else State.SHOWN,
        client_id=saying.client_id,
        created_at=at,
    )
    call_people(called, moment=moment, comment=comment)
    if verdict.is_held:
        hold_back(TYPE, comment, of=moment, actor=actor, verdict=verdict, at=at)
    else:
        count_comment(comment, 1)
        announce_comment(actor, comment, at=at)
    return Posted(comment.uuid)


def _parent(actor: Actor, moment: Moment, parent_id: UUID | None) -> Comment | None:
    """
    Return the comment that is replied to.

    :raises Invalid: if it is a reply itself, or belongs to another moment
    :raises NotFound: if there is none for the actor
    """
    if parent_id is None:
        return None
    parent = find_comment(actor, parent_id)
    if parent.moment_id != moment.pk or parent.state != State.SHOWN:
        raise Invalid(fields={"parent": ["It is no comment on this moment."]})
    if parent.parent_id is not None:
        raise Invalid(fields={"parent": ["It is a reply itself: reply to its own comment."]})
    return parent


def _own(actor: Actor, comment_id: UUID) -> Comment:
    comment = find_comment(actor, comment_id)
    if comment.author_id != actor.id:
        raise NotYours
    return comment
