"""`manage.py words`: bring the editor's translations up to date, and say what is not translated."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lyceum.content import wagtail_words
from lyceum.kernel.catalogues.keeping import State, write_catalogues
from lyceum.kernel.catalogues.supplement import Supplement, write_supplement


class Command(BaseCommand):
    """Writes `<language>/LC_MESSAGES/django.po` and `.mo` of every folder, and Wagtail's rest."""

    help = "Collect what is marked for translation, and compile what is translated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="*", type=Path, help="such as plugins/mine; else all")

    def handle(self, *args: Any, **options: Any) -> None:
        for state in _states(options["folders"]):
            left = [*(f"not translated: {text!r}" for text in state.missing), *state.broken]
            self.stdout.write(f"{state.file}: {f'{len(left)} left' if left else 'complete'}")
            for line in left:
                self.stdout.write(f"  {line}")


def _states(folders: list[Path]) -> Iterator[State]:
    everything = folders or folders_with_words(settings.ROOT)
    yield from chain.from_iterable(write_catalogues(folder) for folder in everything)
    if not folders:
        yield from write_supplement(supplement_of_wagtail(settings.ROOT))


def folders_with_words(root: Path) -> Iterator[Path]:
    """Yield the folders that each have catalogues of their own."""
    yield from (root / "platform" / "lyceum", root / "content_types")
    yield from sorted(each.parent for each in root.glob("plugins/*/plugin.toml"))


def supplement_of_wagtail(root: Path) -> Supplement:
    """Return what the house adds to Wagtail's own catalogues."""
    folder = root / "platform" / "lyceum" / "content" / "wagtail_words"
    return Supplement(folder, wagtail_words.PACKAGES, wagtail_words.CORRECTED)
