"""`manage.py mark FILE`: mark answers in bulk, for creators who check their accept-lists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lyceum.learning.marking.batch import mark_lines


class Command(BaseCommand):
    help = "Mark answers in bulk: rows of JSON in, one a line, and one JSON a row out."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="Rows of JSON; - reads them from standard input.")
        parser.add_argument(
            "--explain", action="store_true", help="Tell each rule that fired, ignored or not."
        )

    def handle(self, *args: Any, file: str, explain: bool, **options: Any) -> None:
        try:
            with _opened(file) as rows:
                for line in mark_lines(rows, explain):
                    self.stdout.write(line)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not UTF-8.") from error


def _opened(file: str) -> TextIO:
    return sys.stdin if file == "-" else Path(file).open(encoding="utf-8-sig")
