"""What the worker does for the spine."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lyceum.events import relay


@db_periodic_task(crontab(minute="*"))
def deliver_what_is_due() -> None:
    """Bring to its consumers what a killed process or a failing consumer left."""
    relay.deliver()
