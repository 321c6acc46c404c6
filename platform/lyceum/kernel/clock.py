"""The one place that asks what time it is."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, aware, in UTC. Doors call it and hand the value to services."""
    return timezone.now()
