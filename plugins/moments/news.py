"""The news that this plugin publishes, each in the transaction of the change it tells of."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lyceum.plugin.events import Fact, publish
from plugins.moments.actors import SLUG, Actor

MOMENT_POSTED = f"{SLUG}.moment_posted"
MOMENT_LIKED = f"{SLUG}.moment_liked"
COMMENT_MADE = f"{SLUG}.comment_made"
PERSON_FOLLOWED = f"{SLUG}.person_followed"
PERSON_MENTIONED = f"{SLUG}.person_mentioned"


def tell(type: str, *, actor: Actor, subject: UUID, at: datetime, **data: UUID | None) -> None:
    """Publish one fact; people and things by UUID alone."""
    told = {name: str(value) for name, value in data.items() if value is not None}
    school, person = actor.school.uuid, actor.user.uuid
    publish(Fact(type, at=at, school=school, actor=person, subject=subject, data=told))
