"""What moderation keeps of a plugin's things, which goes when the plugin's data does."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lyceum.community.models import BinnedThing, Case, Report
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.elsewhere import elsewhere, rows_elsewhere


def register_rows() -> None:
    """Say what is kept of plugins' things. Called in `AppConfig.ready()`."""
    # Warnings and suspensions stay: they are of people. Reports go with their cases.
    elsewhere.register("reports", rows_elsewhere(_("reports of its things"), _reports, "reports"))
    elsewhere.register("cases", rows_elsewhere(_("cases about its things"), _cases, "cases"))
    elsewhere.register("bin", rows_elsewhere(_("its things in the bin"), _binned, "bin"))


def _reports(school: CurrentSchool, slug: str) -> QuerySet[Report]:
    return Report.objects.filter(case__in=_cases(school, slug))


def _cases(school: CurrentSchool, slug: str) -> QuerySet[Case]:
    return Case.objects.filter(school_id=school.id, type__startswith=f"{slug}.")


def _binned(school: CurrentSchool, slug: str) -> QuerySet[BinnedThing]:
    return BinnedThing.objects.filter(school_id=school.id, type__startswith=f"{slug}.")
