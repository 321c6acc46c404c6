"""`manage.py export_school`: a school's published content as a folder of readable files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_types.exchange.exporting import FolderNotEmpty, export_folder
from lyceum.plugin.schools import SchoolNotFound, school_by_slug


class Command(BaseCommand):
    help = "Write a school's published content into a new folder, which import_school reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--school", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            school = school_by_slug(options["school"])
            done = export_folder(options["folder"], school=school)
        except (SchoolNotFound, FolderNotEmpty) as error:
            raise CommandError(error.message) from None
        self.stdout.write(
            f"{school.name}: {done.pages} pages and {done.files} files in {options['folder']}."
        )
