"""What moderators do to moments and comments, by the platform's queue."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from lyceum.plugin.community import Party, Reportable, Seen
from plugins.moments.actors import SLUG, Actor
from plugins.moments.models import Comment, Follow, Media, Moment, State
from plugins.moments.services.announcing import announce_comment, announce_moment
from plugins.moments.services.commenting import TYPE as COMMENT
from plugins.moments.services.media import delete_media
from plugins.moments.services.posting import TYPE as MOMENT
from plugins.moments.services.states import change_comment_state, change_state, lock_thread

if TYPE_CHECKING:
    from lyceum.plugin.schools import CurrentSchool


def reportables() -> list[Reportable]:
    """Return the kinds of thing that people report here."""
    return [
        Reportable(MOMENT, gettext("Moment"), look_at_moment, _hide, _restore, _erase),
        Reportable(
            COMMENT, gettext("Comment"), look_at_comment, _hide_comment, _restore_comment, _drop
        ),
    ]


def look_at_moment(school: CurrentSchool, thing: UUID, reader: Party) -> Seen | None:
    """Return a moment as its reporter sees it, as if nobody had blocked anybody."""
    moment = _shown_to(school, reader).filter(uuid=thing).select_related("author").first()
    return _seen(moment.author, moment.text, moment) if moment else None


def look_at_comment(school: CurrentSchool, thing: UUID, reader: Party) -> Seen | None:
    """Return a comment as its reporter sees it, as if nobody had blocked anybody."""
    comments = Comment.objects.of(school).filter(
        Q(parent=None) | Q(parent__state=State.SHOWN),
        uuid=thing,
        state=State.SHOWN,
        moment__in=_shown_to(school, reader),
    )
    comment = comments.select_related("author", "moment").first()
    return _seen(comment.author, comment.text, comment.moment) if comment else None


def _shown_to(school: CurrentSchool, reader: Party) -> QuerySet[Moment]:
    followed = Follow.objects.of(school).filter(follower=reader.id).values("followed")
    seen = Q(visibility="public") | Q(author=reader.id)
    seen |= Q(visibility="followers", author__in=followed)
    return Moment.objects.of(school).filter(seen, state=State.SHOWN)


def _seen(author: Any, text: str, moment: Moment) -> Seen:
    return Seen(author.uuid, text, f"/api/v1/{SLUG}/{moment.uuid}")


def _hide(school: CurrentSchool, thing: UUID, at: datetime) -> None:
    moment = _locked(school, thing)
    if moment is not None:
        change_state(moment, State.HIDDEN)


def _restore(school: CurrentSchool, thing: UUID, at: datetime) -> None:
    moment = _locked(school, thing)
    if moment is None:
        return
    is_new = moment.state == State.HELD and moment.edited_at is None
    change_state(moment, State.SHOWN)
    if is_new:
        announce_moment(_as_author(school, moment.author), moment, at=at)


def _locked(school: CurrentSchool, thing: UUID) -> Moment | None:
    moments = Moment.objects.of(school).filter(uuid=thing)
    return moments.select_for_update(no_key=True).first()


def _as_author(school: CurrentSchool, author: Any) -> Actor:
    """Return the author as who did what is told of, now that a moderator lets it through."""
    return Actor(author, school, is_staff=False, is_child=False)


def _erase(school: CurrentSchool, thing: UUID, at: datetime) -> None:
    moment = _locked(school, thing)
    if moment is not None:
        change_state(moment, State.DELETED)
        delete_media(list(Media.objects.filter(moment=moment)))
        moment.delete()


def _hide_comment(school: CurrentSchool, thing: UUID, at: datetime) -> None:
    comment = _locked_comment(school, thing)
    if comment is not None:
        change_comment_state(comment, State.HIDDEN)


def _restore_comment(school: CurrentSchool, thing: UUID, at: datetime) -> None:
    comment = _locked_comment(school, thing)
    if comment is None:
        return
    is_new = comment.state == State.HELD and comment.edited_at is None
    change_comment_state(comment, State.SHOWN)
    if is_new:
        announce_comment(_as_author(school, comment.author), comment, at=at)


def _locked_comment(school: CurrentSchool, thing: UUID) -> Comment | None:
    comments = Comment.objects.of(school).filter(uuid=thing)
    moment = comments.values_list("moment", flat=True).first()
    if moment is None:
        return None
    lock_thread(moment)
    return comments.first()


def _drop(school: CurrentSchool, thing: UUID, at: datetime) -> None:
    comment = _locked_comment(school, thing)
    if comment is not None:
        change_comment_state(comment, State.DELETED)
        comment.delete()
