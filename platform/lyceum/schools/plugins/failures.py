"""What the host does when a plugin's code breaks at a school: note it, and in the end suspend."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, connections

from lyceum.kernel.clock import now
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.watchdog import Watch, watchdog
from lyceum.schools.models import PluginFailure
from lyceum.schools.plugins.switching import suspend_plugin

MOST = 5  # failures in the time below, of one plugin at one school, before it is suspended
WITHIN = timedelta(minutes=10)
KEPT = timedelta(days=30)

logger = logging.getLogger(__name__)


def note_failure(slug: str, hook: str, school_id: int, error: BaseException) -> None:
    """
    Note that a plugin's code broke in a hook; suspend the plugin there after too many.

    Never raises: the hook's caller goes on with the other plugins.
    """
    logger.error("%s failed in %s at school %s", slug, hook, school_id, exc_info=error)
    at = now()
    told = f"{type(error).__name__}: {error}"[:500]
    try:
        PluginFailure.objects.create(school_id=school_id, slug=slug, hook=hook, error=told, at=at)
        if _failures_of_late(slug, school_id, at) >= MOST:
            because = (
                f"It failed {MOST} times within {WITHIN.seconds // 60} minutes, last in {hook}."
            )
            suspend_plugin(school_id=school_id, slug=slug, because=because, at=at)
    except DatabaseError:
        logger.exception("The failure of %s could not be noted", slug)


def forget_old_failures(at: datetime) -> int:
    """Delete failures that nobody will look into any more; return how many there were."""
    return PluginFailure.objects.filter(at__lt=at - KEPT).delete()[0]


def connect() -> None:
    """Let the host tell of failures. Called in `AppConfig.ready()`."""
    hooks.on_failure = note_failure
    watchdog.on_stuck.append(_suspend_the_stuck)


def _suspend_the_stuck(watch: Watch) -> None:
    slug, hook, school_id = watch.doing
    if school_id is None:
        return  # what it did was for no school
    because = f"It hung in {hook} and could not be interrupted."
    try:
        suspend_plugin(school_id=school_id, slug=slug, because=because, at=now())
    except DatabaseError:
        logger.exception("%s hangs, and could not be suspended", slug)
    finally:
        # Of the thread that looks, which needs none but for this.
        connections.close_all()


def _failures_of_late(slug: str, school_id: int, at: datetime) -> int:
    found = PluginFailure.objects.filter(school_id=school_id, slug=slug, at__gt=at - WITHIN)
    return found.count()
