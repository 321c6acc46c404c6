"""`manage.py rollups rebuild`: make the figures that reports read anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lyceum.learning.rollups import rebuild


class Command(BaseCommand):
    help = "Make the figures that reports read anew, from attempts and progress."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild"])

    def handle(self, *args: Any, **options: Any) -> None:
        exercises, days = rebuild()
        self.stdout.write(f"Made the figures of {exercises} exercises and {days} days.")
