"""What rooms keep of plugins in tables of their own: counted and deleted with their data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lyceum.events.deliveries import TO_PLUGINS
from lyceum.events.models import Delivery
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginFailure

Rows = Callable[[CurrentSchool, str], models.QuerySet[Any]]


@dataclass(frozen=True)
class Elsewhere:
    """
    What a room keeps of a plugin's things in a table of its own; all are told school and slug.

    :param part: what the rows are called in an export of the plugin's data; "" leaves them out
    """

    name: str | Promise
    count: Callable[[CurrentSchool, str], int]
    delete: Callable[[CurrentSchool, str], int]
    rows: Rows | None = None
    part: str = ""


def rows_elsewhere(name: str | Promise, rows: Rows, part: str = "") -> Elsewhere:
    """Return what a room keeps, where it is whole rows that go."""
    return Elsewhere(
        name,
        count=lambda school, slug: rows(school, slug).count(),
        delete=lambda school, slug: delete_all(rows(school, slug)),
        rows=rows,
        part=part,
    )


# By name: what rooms keep of plugins. Filled in `AppConfig.ready()`; rows that go with others'
# come before these, so that each is counted once.
elsewhere: Registry[Elsewhere] = Registry("what rooms keep of plugins")


# By name: what rooms keep of a plugin's things that are the school's, and stay when its data goes.
# Each is told school and slug, and returns how many there are; a plugin is not uninstalled before
# there are none.
staying: Registry[tuple[str | Promise, Callable[[CurrentSchool, str], int]]] = Registry(
    "what stays of plugins"
)


def register_own() -> None:
    """Say what this room keeps of plugins beside their settings. Called in `AppConfig.ready()`."""
    elsewhere.register("failures", rows_elsewhere(_("failures noted"), _failures))
    elsewhere.register("deliveries", rows_elsewhere(_("news that is on its way"), _deliveries))


def delete_all(rows: models.QuerySet[Any]) -> int:
    """Delete rows; return how many of their own kind there were."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def _failures(school: CurrentSchool, slug: str) -> models.QuerySet[PluginFailure]:
    return PluginFailure.objects.filter(school_id=school.id, slug=slug)


def _deliveries(school: CurrentSchool, slug: str) -> models.QuerySet[Any]:
    to_it = models.Q(consumer=TO_PLUGINS + slug) | models.Q(event__type__startswith=f"{slug}.")
    return Delivery.objects.filter(to_it, event__school=school.uuid)
