"""Featuring moments, which moderators do."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from lyceum.plugin.audit import record_audit
from plugins.moments.actors import Actor
from plugins.moments.models import Moment
from plugins.moments.visibility import find_shown


def feature_moment(*, actor: Actor, moment_id: UUID, featured: bool) -> None:
    """
    Feature a moment, or no more. Done twice, it changes nothing.

    :raises NotFound: if there is no such moment for the actor, or it is not shown
    """
    moment = find_shown(actor, moment_id)
    with transaction.atomic():
        same = Moment.objects.filter(pk=moment.pk, is_featured=not featured)
        if same.update(is_featured=featured):
            record_audit(
                action="moments.featured" if featured else "moments.unfeatured",
                school=actor.school.uuid,
                actor=actor.user.uuid,
                target=moment.uuid,
                target_type="moments.moment",
                changes={"featured": [not featured, featured]},
            )
