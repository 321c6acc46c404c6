"""Which plugins are installed: their tables, and what is written down of them for later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps as global_apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_migrate

from lyceum.events.services import record_audit
from lyceum.kernel.clock import now
from lyceum.kernel.completeness import uuids_of_people
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.plugins import Plugin
from lyceum.kernel.plugins.schema import is_migrated, migration_names
from lyceum.schools.models import PluginInstall
from lyceum.schools.plugins.errors import PluginNotReady
from lyceum.schools.plugins.switching import find_plugin
from lyceum.schools.plugins.tables import columns_of_files, columns_of_people, own_tables


@dataclass(frozen=True)
class Installed:
    """What an installation came to; `before` is the version that was there, or empty."""

    slug: str
    version: str
    before: str
    tables: list[str]


def connect() -> None:
    """Let `migrate` write down what it installs. Called in `AppConfig.ready()`."""
    post_migrate.connect(
        _after_migrate,
        sender=global_apps.get_app_config("schools"),
        dispatch_uid="lyceum.schools.plugins_installed",
    )


def install_plugin(*, slug: str, at: datetime) -> Installed:
    """
    Make or change a plugin's tables for its code, and write down what they are.

    :raises NoSuchPlugin: if there is none of that slug
    :raises PluginNotReady: if it did not load
    """
    plugin = find_plugin(slug)
    if not plugin.is_loaded:
        raise PluginNotReady(f"{slug} is {plugin.state}. {' '.join(plugin.reasons)}")
    row = PluginInstall.objects.filter(slug=slug).first()
    if migration_names(plugin):
        call_command("migrate", slug, verbosity=0, interactive=False)
    # `migrate` has written it down already; a plugin without migrations has none to run.
    after = write_down(plugin, at=at)
    return Installed(slug, after.version, row.version if row else "", after.tables)


@transaction.atomic
def write_down(plugin: Plugin, *, at: datetime) -> PluginInstall:
    """Write down a loaded plugin's version and tables, as they are in the database now."""
    row = PluginInstall.objects.select_for_update().filter(slug=plugin.slug).first()
    before = row.version if row else ""
    row = row or PluginInstall(slug=plugin.slug, installed_at=at, upgraded_at=at)
    tables = own_tables(plugin.slug)
    told = {
        "name": plugin.name,
        "version": plugin.version,
        "tables": tables,
        "people": [*columns_of_people(tables), *uuids_of_people(plugin.slug)],
        "files": columns_of_files(plugin.slug),
    }
    if all(getattr(row, name) == value for name, value in told.items()):
        return row
    for name, value in told.items():
        setattr(row, name, value)
    row.upgraded_at = at
    row.save()
    if before != plugin.version:
        record_audit(
            action="plugin.upgraded" if before else "plugin.installed",
            target_type=f"plugin:{plugin.slug}",
            changes={"version": [before, plugin.version]},
        )
    return row


def _after_migrate(apps: Any = None, **_: Any) -> None:
    if not _has_our_tables(apps or global_apps):
        return
    for plugin in host.loaded():
        if is_migrated(plugin):
            write_down(plugin, at=now())


def _has_our_tables(apps: Any) -> bool:
    """Return whether the database stands where this code expects it: a step back may be halfway."""
    try:
        found = apps.get_model("schools", "PluginInstall")
        apps.get_model("events", "AuditEntry")
    except LookupError:
        return False
    wanted = {field.name for field in PluginInstall._meta.fields}
    there = connection.introspection.table_names()
    tables = {PluginInstall._meta.db_table, "events_auditentry"}
    return wanted == {field.name for field in found._meta.fields} and tables <= set(there)
