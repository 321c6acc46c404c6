"""What the worker does for badges: to look who has earned what by the rules as they are now."""

from __future__ import annotations

from lyceum.plugin.clock import now
from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.tasks import task


@task(seconds=900, retries=3)
def award_anew(school: CurrentSchool) -> None:
    from plugins.badges.services import rebuild

    rebuild(school=school, at=now())
