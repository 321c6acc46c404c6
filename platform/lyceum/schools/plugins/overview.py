"""What each plugin is in a school; where it is not in force, why, and what would cure it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.manifest import Manifest
from lyceum.kernel.plugins.plugins import Plugin, State
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginSwitch

CURES = {
    State.INCOMPATIBLE: _("The operator installs a version of it that fits this host."),
    State.BLOCKED: _("The operator installs what it requires."),
    State.BROKEN: _("The operator mends or removes it, and restarts."),
    State.DISCOVERED: _("The operator restarts the instance."),
}


@dataclass(frozen=True)
class Obstacle:
    """One reason why a plugin is not in force, and who does what to cure it."""

    why: str
    cure: str


@dataclass(frozen=True)
class PluginView:
    """A plugin as those see it who may switch it."""

    slug: str
    name: str
    summary: str
    version: str
    state: str
    is_on: bool
    in_force: bool
    obstacles: list[Obstacle]
    manifest: Manifest | None


def plugins_of(school: CurrentSchool) -> list[PluginView]:
    """Return every plugin of the instance as it stands in a school, by name. One query."""
    rows = {row.slug: row for row in PluginSwitch.objects.filter(school_id=school.id)}
    views = [_view(plugin, rows.get(plugin.slug), school) for plugin in host.plugins.values()]
    return sorted(views, key=lambda view: (view.name.casefold(), view.slug))


def _view(plugin: Plugin, row: PluginSwitch | None, school: CurrentSchool) -> PluginView:
    in_force = plugin.slug in school.plugins
    return PluginView(
        slug=plugin.slug,
        name=plugin.name,
        summary=plugin.manifest.summary if plugin.manifest else "",
        version=plugin.version,
        state=plugin.state,
        is_on=bool(row and row.is_on),
        in_force=in_force,
        obstacles=[] if in_force else list(_obstacles(plugin, row, school)),
        manifest=plugin.manifest,
    )


def _obstacles(
    plugin: Plugin, row: PluginSwitch | None, school: CurrentSchool
) -> Iterator[Obstacle]:
    if not plugin.is_loaded:
        cure = str(CURES[plugin.state])
        yield from (
            Obstacle(why, cure) for why in plugin.reasons or [gettext("It was not loaded.")]
        )
        return
    if not host.is_ready(plugin.slug):
        told = gettext("Its tables are missing, or of another version.")
        yield Obstacle(told, gettext("The operator runs `manage.py plugins install`."))
    if row is not None and row.suspended_at is not None:
        yield Obstacle(
            gettext("It was suspended: %(suspended_because)s")
            % {"suspended_because": row.suspended_because},
            gettext("Switch it on again."),
        )
    for slug, versions in host.lacking(plugin, school.plugins).items():
        told = gettext("It requires %(slug)s %(versions)s, which is off here.") % {
            "slug": slug,
            "versions": versions,
        }
        yield Obstacle(told, gettext("Switch %(slug)s on first.") % {"slug": slug})
    if row is None or not row.is_on:
        yield Obstacle(gettext("It is off here."), gettext("Switch it on."))
