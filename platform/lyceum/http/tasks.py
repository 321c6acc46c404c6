"""What the worker tidies up."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lyceum.http.health import beat
from lyceum.http.idempotency import forget_old_answers
from lyceum.kernel.clock import now


@db_periodic_task(crontab(minute="17"))
def forget_answers() -> None:
    """Delete stored answers that are a day old."""
    forget_old_answers(now())


@db_periodic_task(crontab(minute="*"))
def beat_each_minute() -> None:
    """Let the health report know that the worker is alive."""
    beat(now())
