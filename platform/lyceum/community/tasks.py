"""What the worker does for living together."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from lyceum.community.bin import empty_bins
from lyceum.community.urgency import mail_staff
from lyceum.kernel.clock import now


@db_task()
def mail_about_child(case_id: int) -> None:
    """Write to the staff that something concerns a child."""
    mail_staff(case_id=case_id)


@db_periodic_task(crontab(minute="37"))
def empty_the_bins() -> None:
    """Erase what was deleted long enough ago."""
    empty_bins(at=now())
