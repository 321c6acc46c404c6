"""What the worker does at set times."""

from __future__ import annotations

from lyceum.plugin.clock import now
from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.tasks import crontab, periodic
from plugins.moments.services.media import clear_unused


@periodic(crontab(minute="40"))
def clear_unused_media(school: CurrentSchool) -> None:
    clear_unused(school_id=school.id, at=now())
