"""What the worker does for the probe."""

from __future__ import annotations

from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.tasks import crontab, periodic, task

# What was done in this process; tests of the host look here.
done: list[tuple[str, ...]] = []


@task(seconds=20)
def write_down(school: CurrentSchool, word: str) -> None:
    if word == "raise":
        raise ValueError(word)
    done.append((school.slug, word))


@periodic(crontab(minute="0", hour="3"))
def every_night(school: CurrentSchool) -> None:
    done.append((school.slug, "night"))
