"""`manage.py restore`: make this instance what a backup says it was."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.migrations.loader import MigrationLoader

from deploy.backup.databases import Engine, engine
from deploy.backup.errors import BackupError
from deploy.backup.folder import Manifest, put_files_back, read_manifest
from lyceum.accounts.signing_in.sessions import end_all_sessions
from lyceum.events.services import record_audit

PEOPLE = "accounts_user"


class Command(BaseCommand):
    help = "Replace database and files by those of a backup. Stop servers and workers first."
    # An empty database has none of the tables that checks ask for.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="what `manage.py backup` made")
        parser.add_argument(
            "--replace", action="store_true", help="Give up what this instance holds now."
        )
        parser.add_argument(
            "--keep-sessions",
            action="store_true",
            help="Leave people signed in as they were then, those signed out since included.",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        database = engine()
        try:
            manifest = read_manifest(folder)
            refuse_what_does_not_fit(manifest, database, replace=options["replace"])
            database.put_back(folder / database.file)
            refuse_what_was_lost(manifest, database)
            files = put_files_back(folder, manifest)
        except BackupError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0, interactive=False)
        cache.clear()
        with transaction.atomic():
            if not options["keep_sessions"]:
                end_all_sessions()
            record_audit(action="instance.restored", changes={"made_at": manifest.made_at})
        self.stdout.write(
            f"Restored as of {manifest.made_at}: {sum(manifest.rows.values())} rows, as many as "
            f"were backed up; {files} files were missing or different."
        )


def refuse_what_does_not_fit(manifest: Manifest, database: Engine, *, replace: bool) -> None:
    """
    Make sure that a restore can end well before it begins.

    :raises BackupError: another engine's, made by newer code, or people would be lost unasked.
    """
    if manifest.engine != database.name:
        raise BackupError(
            f"The backup is of {manifest.engine}, this instance runs {database.name}."
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if unknown := [
        f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known
    ]:
        raise BackupError(
            f"The backup was made by a newer Lyceum, or with more plugins: {unknown[0]} is not "
            "known here. Install that version first."
        )
    if not replace and database.rows().get(PEOPLE):
        raise BackupError("This instance holds people. `--replace` gives up all that it holds.")


def refuse_what_was_lost(manifest: Manifest, database: Engine) -> None:
    """
    Compare each table with what was backed up.

    :raises BackupError: a table has more or fewer rows.
    """
    found = database.rows()
    for table, rows in manifest.rows.items():
        if found.get(table) != rows:
            raise BackupError(f"{table} has {found.get(table, 'no')} rows and should have {rows}.")
