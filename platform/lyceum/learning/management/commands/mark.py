"""`manage.py mark FILE`: mark rows of JSON in bulk, to check accept-lists."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lyceum.learning.marking.batch import mark_lines

STANDARD_INPUT = "-"


class Command(BaseCommand):
    help = "Mark rows of JSON, one a line: language, accept (list), answer, forbidden, policy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="- for standard input")
        parser.add_argument(
            "--explain", action="store_true", help="Tell each rule that fired, and why."
        )

    def handle(self, *args: Any, file: str, explain: bool, **options: Any) -> None:
        try:
            with lines_of(file) as lines:
                self.mark(lines, explain)
        except BrokenPipeError:
            # Who read has read enough (`| head`); nothing may be flushed to them at the end either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None

    def mark(self, lines: Iterable[str], explain: bool) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            # JSON is UTF-8, whatever the terminal speaks.
            sys.stdout.reconfigure(encoding="utf-8")
        # Rows leave no cycles behind: looking for them often would only slow the marking down.
        gc.freeze()
        gc.set_threshold(100_000, 50, 50)
        for line in mark_lines(lines, explain):
            self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def lines_of(file: str) -> Iterator[Iterable[str]]:
    """Open a file, or standard input; a byte that is no UTF-8 is left for its row to tell."""
    source = sys.stdin.fileno() if file == STANDARD_INPUT else file
    with open(
        source,
        encoding="utf-8-sig",
        errors="surrogateescape",
        closefd=file != STANDARD_INPUT,
    ) as lines:
        yield lines
