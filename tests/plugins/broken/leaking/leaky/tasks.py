"""What is done every night."""

from __future__ import annotations

from django.db.models import F

from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.tasks import crontab, periodic
from plugins.leaky.queries import notes_of


@periodic(crontab(minute="0", hour="3"))
def tidy(school: CurrentSchool) -> None:
    notes_of(school, "job").update(seen=F("seen") + 1)
