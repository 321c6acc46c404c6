"""`manage.py words`: bring the editor's translations up to date, and say what is not translated."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lyceum.kernel.catalogues.keeping import write_catalogues


class Command(BaseCommand):
    """Writes `locale/<language>/LC_MESSAGES/django.po` and `.mo` of every folder that has texts."""

    help = "Collect what is marked for translation, and compile what is translated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="*", type=Path, help="such as plugins/mine; else all")

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in options["folders"] or folders_with_words(settings.ROOT):
            for state in write_catalogues(folder):
                left = [*(f"not translated: {text!r}" for text in state.missing), *state.broken]
                self.stdout.write(f"{state.file}: {f'{len(left)} left' if left else 'complete'}")
                for line in left:
                    self.stdout.write(f"  {line}")


def folders_with_words(root: Path) -> Iterator[Path]:
    """Yield the folders that each have catalogues of their own."""
    yield from (root / "platform" / "lyceum", root / "content_types")
    yield from sorted(each.parent for each in root.glob("plugins/*/plugin.toml"))
