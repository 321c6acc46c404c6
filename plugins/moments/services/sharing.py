"""Passing moments on: a moment of one's own, with another's in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from lyceum.plugin.errors import Conflict, NotFound
from plugins.moments.actors import Actor
from plugins.moments.models import Moment
from plugins.moments.services.posting import Draft, Posted, post_moment
from plugins.moments.visibility import find_shown


class NotForSharing(Conflict):
    """Only what the whole school may read is passed on. This moment is for fewer."""

    code = "not_for_sharing"
    detail = "This moment is not for everyone, and is not passed on."


def share_moment(*, actor: Actor, moment_id: UUID, draft: Draft, at: datetime) -> Posted:
    """
    Pass a moment on, with a text or without; of a share, what it shares.

    :raises NotFound: if there is no such moment for the actor, or none that it shares
    :raises NotForSharing: if it is not public
    """
    moment = find_shown(actor, moment_id)
    if moment.is_share:
        shared = Moment.objects.filter(pk=moment.shared_id).values_list("uuid", flat=True).first()
        if shared is None:
            raise NotFound
        moment = find_shown(actor, shared)
    if moment.visibility != Moment.Visibility.PUBLIC:
        raise NotForSharing
    return post_moment(actor=actor, draft=replace(draft, shared=moment), at=at)
