"""`manage.py documents check` and `manage.py documents rebuild`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lyceum.content.documents.checks import differences, rebuild
from lyceum.content.publication.readiness import differences_of_readiness, rebuild_readiness


class Command(BaseCommand):
    help = "Compare what is kept of pages, and of what they lack, with them; or make it anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check", "rebuild"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "rebuild":
            self.stdout.write(f"Rendered {rebuild()} pages.")
            self.stdout.write(f"Looked at what {rebuild_readiness()} pages lack.")
            return
        found = [*differences(), *differences_of_readiness()]
        for difference in found:
            self.stdout.write(difference)
        if found:
            raise CommandError(f"{len(found)} differences. `documents rebuild` mends them.")
        self.stdout.write("No difference.")
