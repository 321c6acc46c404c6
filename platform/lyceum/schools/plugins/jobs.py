"""
Jobs: what plugins have the worker do, asked for or at set times, for one school at a time.

The worker's queue holds no function of a plugin, only its name: what a plugin left there is passed
over when it is off, or gone.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

from django.db import transaction
from huey import crontab

from lyceum.kernel.plugins.host import Part, host, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import School
from lyceum.schools.plugins.failures import note_failure
from lyceum.schools.scope import within

SECONDS = 60.0  # that a job may take, where it names nothing else
MOST_SECONDS = 900.0

Minutes = Callable[[datetime], bool]
__all__ = ["Job", "crontab", "periodic", "task"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """One time that a job is to be done. `arguments` is a JSON list."""

    slug: str
    name: str
    school_id: int
    arguments: str = "[]"


class Job:
    """A function of a plugin's `tasks.py`, whose first argument is the school."""

    def __init__(
        self, function: Callable[..., Any], seconds: float, retries: int, times: Minutes | None
    ) -> None:
        self.function = function
        self.name = function.__name__
        self.seconds = seconds
        self.retries = retries
        self.times = times
        self.slug = ""

    def __call__(self, school: CurrentSchool, *arguments: Any) -> None:
        """
        Have the worker do it once the transaction is committed.

        :param arguments: what JSON can hold; people and things by their ids
        :raises TypeError: if JSON cannot hold them
        """
        from lyceum.schools.tasks import run_job

        told = json.dumps(arguments)
        transaction.on_commit(lambda: run_job(self.slug, self.name, school.id, told), robust=True)


def task(*, seconds: float = SECONDS, retries: int = 0) -> Callable[[Callable[..., Any]], Job]:
    """
    Make a function of a plugin's `tasks.py` a job: called, it is done later, by the worker.

    :param seconds: after which it is ended, at most 900
    :param retries: how often it is tried again where it fails: after one minute, two, four…
    """
    return lambda function: Job(function, seconds, retries, None)


def periodic(times: Minutes, *, seconds: float = SECONDS) -> Callable[[Callable[..., Any]], Job]:
    """
    Make a function of a plugin's `tasks.py` a job that is done at set times.

    It is done for each school in which the plugin is in force. What was missed while no worker ran
    is not made up for.

    :param times: as `crontab(minute="0", hour="3")` gives them, in UTC
    """
    return lambda function: Job(function, seconds, 0, times)


class Jobs:
    """The jobs of all loaded plugins."""

    def __init__(self) -> None:
        self._jobs: dict[str, dict[str, Job]] = {}
        self._minute: datetime | None = None  # up to which times were looked at

    def check(self, plugin: Plugin, module: ModuleType | None) -> None:
        """
        Look at a plugin's jobs before any is taken.

        :raises BadPart: if one is not told its school, may take too long, or is not named in the
            manifest's `tasks`, or that names one that is not there
        """
        found = _jobs_in(module)
        for job in found.values():
            if next(iter(inspect.signature(job.function).parameters), "") != "school":
                raise BadPart(f"{job.name} needs `school` as its first argument.")
            if not 0 < job.seconds <= MOST_SECONDS:
                raise BadPart(f"{job.name} may take from 1 to {MOST_SECONDS:g} seconds.")
        if set(found) != set(plugin.told.tasks):
            told = f"plugin.toml names the tasks {sorted(plugin.told.tasks)}; here are"
            raise BadPart(f"{told} {sorted(found)}.")

    def add(self, plugin: Plugin, module: ModuleType | None) -> None:
        """Take a plugin's jobs, which `check` found sound."""
        self._jobs[plugin.slug] = _jobs_in(module)
        for job in self._jobs[plugin.slug].values():
            job.slug = plugin.slug

    def find(self, slug: str, name: str) -> Job | None:
        """Return a job; None if its plugin is not loaded, or has none of that name any more."""
        return self._jobs.get(slug, {}).get(name)

    def due(self, at: datetime) -> Iterator[Job]:
        """Yield the jobs of the minutes since this was last asked, an hour at most; each once."""
        minute = at.astimezone(UTC).replace(second=0, microsecond=0, tzinfo=None)
        begin = max(self._minute or minute - timedelta(minutes=1), minute - timedelta(hours=1))
        self._minute = minute
        minutes = [
            begin + timedelta(minutes=number)
            for number in range(1, int((minute - begin) / timedelta(minutes=1)) + 1)
        ]
        for job in (job for several in self._jobs.values() for job in several.values()):
            if job.times is not None and any(map(job.times, minutes)):
                yield job


def register_parts() -> None:
    """Take from every plugin the jobs of its `tasks.py`. Called in `AppConfig.ready()`."""
    parts.register("tasks", Part("tasks", check=jobs.check, add=jobs.add))


def is_wanted(call: Call) -> bool:
    """Return whether a job is to be done still: its plugin may be off by now, or gone."""
    school = School.objects.filter(id=call.school_id, status=School.Status.ACTIVE).first()
    if school is None or jobs.find(call.slug, call.name) is None:
        return False
    return call.slug in host.in_force(school.plugins)


def run_here(call: Call) -> bool:
    """Do a job in this process; return whether it went well. What breaks is noted."""
    job = jobs.find(call.slug, call.name)
    if job is None:
        return True
    school = school_by_id(call.school_id)
    try:
        with within(school):
            job.function(school, *json.loads(call.arguments))
    except (Exception, SystemExit) as error:
        note_failure(call.slug, call.name, call.school_id, error)
        return False
    return True


def calls_at(at: datetime) -> list[Call]:
    """Return what is to be done at set times, in each school where its plugin is in force."""
    due = list(jobs.due(at))
    if not due:
        return []
    schools = School.objects.filter(status=School.Status.ACTIVE).values_list("id", "plugins")
    return [
        Call(job.slug, job.name, school_id)
        for school_id, switched_on in schools.order_by("id")
        for in_force in [host.in_force(switched_on)]
        for job in due
        if job.slug in in_force
    ]


def _jobs_in(module: ModuleType | None) -> dict[str, Job]:
    own = vars(module).values() if module else ()
    return {thing.name: thing for thing in own if isinstance(thing, Job)}


jobs = Jobs()
