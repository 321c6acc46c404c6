"""News in tests: plugins, where there is no worker, are told when the test says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lyceum.events.consumers import News
from lyceum.events.models import Event
from lyceum.events.relay import deliver as tell_the_house
from lyceum.events.relay import news_of_event
from lyceum.events.services import Fact, publish
from lyceum.events.types import event_types
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.courier import deliver_here as tell_plugins

__all__ = ["all_told", "deliver_news", "happen", "published", "tell_plugins", "tell_the_house"]


def happen(
    type: str,
    *,
    school: CurrentSchool,
    actor: Any = None,
    subject: UUID | None = None,
    at: datetime | None = None,
    usual: Mapping[str, Any] | None = None,
    **data: Any,
) -> UUID:
    """
    Publish that something happened at a school, as the platform does; return to what.

    :param actor: the person who did it
    :param subject: to what it was done: a new id, if left out
    :param usual: what its data are where the test does not say it, else null; see `all_told`
    """
    subject = subject or new_uuid()
    told = all_told(type, usual or {}, **data)
    by = actor.uuid if actor else None
    with transaction.atomic():
        publish(
            Fact(type, at=at or now(), school=school.uuid, actor=by, subject=subject, data=told)
        )
    return subject


def deliver_news() -> int:
    """Tell the platform and plugins all that is due, as the worker does; return to how many."""
    count = 0
    tell_the_house()
    while told := tell_plugins():
        count += told
        # Plugins have news, too.
        tell_the_house()
    return count


def published(type: str) -> list[News]:
    """Return all news of a type, oldest first."""
    return [news_of_event(event) for event in Event.objects.filter(type=type).order_by("id")]


def all_told(type: str, usual: Mapping[str, Any], **data: Any) -> dict[str, Any]:
    """
    Return the data of news of a type, complete, where the platform declares it.

    What the test does not say is as `usual`, and else null.
    """
    declared = event_types.get(type)
    told = {name: usual.get(name) for name in declared.data} if declared else {}
    return {**told, **data}
