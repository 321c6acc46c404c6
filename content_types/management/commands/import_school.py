"""`manage.py import_school`: a content folder into a school, or a list of what to mend."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_types.exchange.complaints import FolderRefused
from content_types.exchange.importing import import_folder
from lyceum.plugin.schools import SchoolNotFound, school_by_slug


class Command(BaseCommand):
    help = "Import a content folder into a school. With any fault in it, nothing is imported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--school", required=True, metavar="SLUG")
        parser.add_argument(
            "--prune", action="store_true", help="Unpublish pages that the folder does not have."
        )
        parser.add_argument(
            "--check", action="store_true", help="Say what would happen, and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            school = school_by_slug(options["school"])
            done = import_folder(
                options["folder"], school=school, prune=options["prune"], dry_run=options["check"]
            )
        except SchoolNotFound as error:
            raise CommandError(error.message) from None
        except FolderRefused as error:
            for complaint in error.complaints:
                self.stderr.write(str(complaint))
            count = len(error.complaints)
            faults = "1 fault" if count == 1 else f"{count} faults"
            raise CommandError(f"{faults}. Nothing was imported.") from None
        would = "would be " if options["check"] else ""
        self.stdout.write(
            f"{school.name}: {would}{done.made} pages made, {done.changed} changed, "
            f"{done.unchanged} as they were, {done.unpublished} unpublished; "
            f"{done.files} files added."
        )
