"""What the worker does for content."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lyceum.content.schedule import publish_what_is_due
from lyceum.kernel.clock import now


@db_periodic_task(crontab(minute="*"))
def publish_scheduled() -> None:
    """Publish and withdraw what is due."""
    publish_what_is_due(at=now())
