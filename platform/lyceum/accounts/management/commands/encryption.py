"""`manage.py encryption rotate`: encrypt all secrets with the newest key; old ones can then go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lyceum.kernel.encryption import holders


class Command(BaseCommand):
    help = "Encrypt all secrets at rest anew, with the first of LYCEUM_ENCRYPTION_KEYS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rotate"])

    def handle(self, *args: Any, **options: Any) -> None:
        for name, encrypt_anew in holders.items():
            print(f"{name}: {encrypt_anew()}")
