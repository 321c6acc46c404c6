"""What the worker does for badges: to look who has earned what by the rules as they are now."""

from __future__ import annotations

from uuid import UUID

from lyceum.plugin.clock import now
from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.tasks import task


@task(seconds=900, retries=3)
def award_anew(school: CurrentSchool, rule: str) -> None:
    from plugins.badges.services import award_by

    award_by(school=school, rule_id=UUID(rule), at=now())
