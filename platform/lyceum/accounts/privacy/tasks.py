"""What the worker does for privacy: makes archives, and clears away what was deleted."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from lyceum.kernel.clock import now
from lyceum.kernel.remnants import clear_remnants


@db_task()
def make_archive(export: str) -> None:
    """Make an archive by its UUID, so that nobody is named in the queue."""
    from lyceum.accounts.privacy.exports import make_export

    make_export(export, at=now())


@db_task(retries=5, retry_delay=60)
def clear_remnants_soon() -> None:
    """Overwrite what deleted rows left; tried again while somebody reads."""
    if not clear_remnants():
        raise RemnantsLeft


@db_periodic_task(crontab(minute="29"))
def tidy_archives() -> None:
    """Delete archives whose time is over, and make those that a killed worker left waiting."""
    from lyceum.accounts.privacy.exports import forget_old_exports, waiting_exports

    forget_old_exports(now())
    for export in waiting_exports(now()):
        make_archive(export)


@db_periodic_task(crontab(minute="13", hour="3"))
def clear_nightly() -> None:
    """Clear away what was deleted during the day, erasures whose own clearing was lost included."""
    clear_remnants()


class RemnantsLeft(Exception):
    """Somebody still reads the database as it was."""
