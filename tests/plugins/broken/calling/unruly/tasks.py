"""What it has the worker do."""

from __future__ import annotations

from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.tasks import task
from plugins.unruly import parts


@task(seconds=1)
def play_later(school: CurrentSchool, how: str) -> None:
    parts.play(how)
