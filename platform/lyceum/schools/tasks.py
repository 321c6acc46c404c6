"""
What the worker does for plugins: it tells them news, and does their jobs at their times; and what
it tidies up after what was deleted.
"""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import HUEY, db_periodic_task, db_task, task

from lyceum.kernel.clock import now
from lyceum.schools.dropping import delete_dropped_files
from lyceum.schools.plugins.courier import courier
from lyceum.schools.plugins.failures import forget_old_failures, note_failure
from lyceum.schools.plugins.jobs import Call, calls_at, is_wanted, jobs
from lyceum.schools.plugins.orders import order_of, work_off
from lyceum.schools.plugins.runner import BROKE, DONE, DidNotFinish, Runner

# A job may take longer than news: neither waits for the other.
runner = Runner()


@task()
def tell_plugins() -> None:
    """Tell plugins what is due: a thread of the worker's own does, beside the other tasks."""
    courier.wake()


@db_periodic_task(crontab(minute="*"))
def look_for_news() -> None:
    """Tell plugins what was put off, and what a process that was killed left."""
    courier.wake()


@db_periodic_task(crontab(minute="*"))
def keep_times() -> None:
    """Have done what plugins do at set times, school by school."""
    for call in calls_at(now()):
        run_job(call.slug, call.name, call.school_id, call.arguments)


@db_task()
def run_job(slug: str, name: str, school_id: int, arguments: str, tried: int = 0) -> None:
    """Have a plugin's job done, unless the plugin is off by now; where it fails, perhaps again."""
    call = Call(slug, name, school_id, arguments)
    job = jobs.find(slug, name)
    if job is None or not is_wanted(call):
        return
    if HUEY.immediate:
        work_off(order_of(call))
        return
    try:
        ended = runner.run(order_of(call), seconds=job.seconds)
    except DidNotFinish as error:
        note_failure(slug, name, school_id, error)
        ended = BROKE
    if ended != DONE and tried < job.retries:
        again = (slug, name, school_id, arguments, tried + 1)
        run_job.schedule(args=again, delay=60 * 2**tried)


@db_periodic_task(crontab(minute="23", hour="4"))
def forget_failures() -> None:
    """Delete failures of plugins that nobody will look into any more."""
    forget_old_failures(now())


@db_task()
def delete_dropped() -> None:
    """Delete the files of rows that are gone, of which there were too many for a request."""
    delete_dropped_files(now())


@db_periodic_task(crontab(minute="*/10"))
def delete_what_was_left() -> None:
    """Delete the files of rows that are gone, which a killed process or a lost storage left."""
    delete_dropped_files(now())
