"""News in tests: plugins, where there is no worker, are told when the test says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lyceum.events.consumers import News
from lyceum.events.models import Event
from lyceum.events.relay import deliver as tell_the_house
from lyceum.events.relay import news_of_event
from lyceum.events.types import event_types
from lyceum.schools.plugins.courier import deliver_here as tell_plugins

__all__ = ["all_told", "published", "tell_plugins", "tell_the_house"]


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
