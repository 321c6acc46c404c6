"""The plugins of the instance as its operator sees them, those too whose code is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.plugins import Plugin
from lyceum.kernel.plugins.schema import migration_names
from lyceum.schools.models import PluginInstall, PluginSwitch
from lyceum.schools.plugins.foreseeing import warnings_of

CODE_GONE = "code_gone"


@dataclass(frozen=True)
class Entry:
    """
    One plugin of the instance.

    `state` is the process's, or `code_gone`. `tables` is `none` (it needs none), `absent`,
    `outdated` or `there`. `installed` is the version that was installed last, empty if none was.
    `schools` is how many have it switched on. `warnings` say what it builds upon that will go.
    """

    slug: str
    name: str
    version: str
    state: str
    reasons: list[str]
    tables: str
    installed: str
    schools: int
    origin: str
    warnings: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return self.state == "loaded" and self.tables in ("none", "there")


def inventory() -> list[Entry]:
    """Return all plugins that are there, or were installed, by slug. Five queries."""
    installs: dict[str, PluginInstall] = {}
    using: Counter[str] = Counter()
    applied = set(MigrationRecorder(connection).applied_migrations())
    # Before the first `migrate` there is nothing to ask.
    if PluginInstall._meta.db_table in connection.introspection.table_names():
        installs = {row.slug: row for row in PluginInstall.objects.all()}
        switches = PluginSwitch.objects.filter(is_on=True)
        using = Counter(switches.values_list("slug", flat=True))
    entries = [
        _entry(plugin, installs.get(plugin.slug), using[plugin.slug], applied)
        for plugin in host.plugins.values()
    ]
    gone = [row for slug, row in installs.items() if slug not in host.plugins]
    entries += [_without_code(row, using[row.slug]) for row in gone]
    return sorted(entries, key=lambda entry: entry.slug)


def plugins_without_code() -> list[Entry]:
    """Return the plugins that were installed and whose code is gone, by slug. One query."""
    gone = PluginInstall.objects.exclude(slug__in=host.plugins.keys())
    return [_without_code(row, 0) for row in gone.order_by("slug")]


def _without_code(row: PluginInstall, schools: int) -> Entry:
    told = "Its code is not here any more; its tables are."
    return Entry(row.slug, row.name, "", CODE_GONE, [told], "there", row.version, schools, "")


def _entry(
    plugin: Plugin,
    install: PluginInstall | None,
    schools: int,
    applied: Collection[tuple[str, str]],
) -> Entry:
    return Entry(
        slug=plugin.slug,
        name=plugin.name,
        version=plugin.version,
        state=plugin.state,
        reasons=list(plugin.reasons),
        tables=_tables(plugin, install, applied),
        installed=install.version if install else "",
        schools=schools,
        origin=plugin.origin,
        warnings=warnings_of(plugin),
    )


def _tables(
    plugin: Plugin, install: PluginInstall | None, applied: Collection[tuple[str, str]]
) -> str:
    names = migration_names(plugin)
    if not names:
        return "none"
    if all((plugin.slug, name) in applied for name in names):
        return "there"
    return "outdated" if install else "absent"
