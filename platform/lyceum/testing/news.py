"""News in tests: plugins, where there is no worker, are told when the test says so."""

from __future__ import annotations

from lyceum.events.consumers import News
from lyceum.events.models import Event
from lyceum.events.relay import deliver as tell_the_house
from lyceum.events.relay import news_of_event
from lyceum.schools.plugins.courier import deliver_here as tell_plugins

__all__ = ["published", "tell_plugins", "tell_the_house"]


def published(type: str) -> list[News]:
    """Return all news of a type, oldest first."""
    return [news_of_event(event) for event in Event.objects.filter(type=type).order_by("id")]
