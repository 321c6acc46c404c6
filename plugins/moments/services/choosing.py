"""What a person chooses for themselves."""

from __future__ import annotations

from plugins.moments.actors import Actor
from plugins.moments.models import Participant


def choose(*, actor: Actor, automatic: bool) -> None:
    """Choose whether moments are made of what one achieves."""
    Participant.objects.update_or_create(
        school_id=actor.school.id, person=actor.user, defaults={"automatic": automatic}
    )
