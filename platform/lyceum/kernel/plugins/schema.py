"""Tables of plugins: whether they are there, and how a broken migration stays its plugin's own."""

from __future__ import annotations

import importlib

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lyceum.kernel.plugins.plugins import Plugin


def import_migrations(plugin: Plugin) -> None:
    """
    Import all migrations of a plugin, as `migrate` will.

    :raises Exception: whatever one of them raises, which would stop `migrate` for everybody
    """
    for name in migration_names(plugin):
        importlib.import_module(f"{plugin.package}.migrations.{name}")


def leave_out_migrations(plugin: Plugin) -> None:
    """Let `migrate` and `makemigrations` pass a broken plugin by: its tables stay as they are."""
    settings.MIGRATION_MODULES[plugin.slug] = None


def migration_names(plugin: Plugin) -> list[str]:
    """Return the names of a plugin's migrations, without importing any."""
    return sorted(
        path.stem
        for path in (plugin.folder / "migrations").glob("*.py")
        if not path.stem.startswith("_")
    )


def is_migrated(plugin: Plugin) -> bool:
    """Return whether all of a plugin's migrations were applied: one query, if it has any."""
    names = migration_names(plugin)
    if not names:
        return True
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        return False
    applied = recorder.migration_qs.filter(app=plugin.slug, name__in=names)
    return applied.count() == len(names)
