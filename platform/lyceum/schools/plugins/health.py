"""What an operator looks at: plugins that did not load, fail, or are suspended somewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count

from lyceum.kernel.plugins.host import host
from lyceum.schools.models import PluginFailure, PluginSwitch
from lyceum.schools.plugins.foreseeing import warnings_of

OF_LATE = timedelta(days=1)


@dataclass(frozen=True)
class Suspension:
    """A plugin that the host has taken out of force in a school."""

    school: str
    since: datetime
    because: str


@dataclass(frozen=True)
class PluginHealth:
    """
    A plugin as this process knows it, and as it fared in all schools.

    It is well with `warnings`, which say what it builds upon that will go.
    """

    slug: str
    version: str
    state: str
    reasons: list[str]
    failures: int
    suspensions: list[Suspension] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.reasons or self.failures or self.suspensions)


def health_of_plugins(*, at: datetime) -> list[PluginHealth]:
    """Return every plugin of the instance, those that need somebody first. Two queries."""
    since = PluginFailure.objects.filter(at__gt=at - OF_LATE)
    failures = dict(since.values_list("slug").annotate(Count("id")).order_by())
    suspensions = _suspensions()
    rows = [
        PluginHealth(
            slug=plugin.slug,
            version=plugin.version,
            state=plugin.state,
            reasons=plugin.reasons,
            failures=failures.get(plugin.slug, 0),
            suspensions=suspensions[plugin.slug],
            warnings=warnings_of(plugin),
        )
        for plugin in host.plugins.values()
    ]
    return sorted(rows, key=lambda row: (row.is_well, row.slug))


def _suspensions() -> defaultdict[str, list[Suspension]]:
    found: defaultdict[str, list[Suspension]] = defaultdict(list)
    rows = PluginSwitch.objects.filter(is_on=True, suspended_at__isnull=False)
    for row in rows.select_related("school").order_by("suspended_at"):
        assert row.suspended_at is not None
        told = Suspension(row.school.slug, row.suspended_at, row.suspended_because)
        found[row.slug].append(told)
    return found
