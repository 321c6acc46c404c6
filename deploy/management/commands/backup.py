"""`manage.py backup`: write database and files to a new folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from deploy.backup.errors import BackupError
from deploy.backup.folder import make_backup
from lyceum.kernel.clock import now


class Command(BaseCommand):
    help = "Write database and files to a new folder, while the instance goes on serving."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that is not there yet")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        applied = sorted(MigrationRecorder(connection).applied_migrations())
        try:
            manifest = make_backup(folder, migrations=[list(name) for name in applied], at=now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        files = sum(name.startswith("files/") for name in manifest.digests)
        self.stdout.write(
            f"{folder}: {sum(manifest.rows.values())} rows in {len(manifest.rows)} tables, "
            f"{files} files. Keep it apart from this machine, and the secrets apart from it."
        )
