"""`manage.py found_school`: make a school from the command line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lyceum.content.founding import found_school
from lyceum.kernel.errors import DomainError
from lyceum.schools.models import School


class Command(BaseCommand):
    help = "Make a school with an empty page tree, its site and its library."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="as in X-School: lower-case letters, digits, hyphens")
        parser.add_argument("name")
        parser.add_argument("--host", required=True, help="as in toto.example.org")
        parser.add_argument("--port", type=int, default=80)
        parser.add_argument("--languages", default="en", help="codes, as in en,es,ar; own first")
        parser.add_argument("--signup-policy", choices=School.SignUp.values, default="invitation")
        parser.add_argument("--catalogue", choices=School.Catalogue.values, default="members")
        parser.add_argument("--level-scale", choices=School.LevelScale.values, default="cefr")
        parser.add_argument("--listed", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        rules = ("signup_policy", "catalogue", "level_scale", "listed")
        try:
            school = found_school(
                slug=options["slug"],
                name=options["name"],
                host=options["host"],
                port=options["port"],
                languages=[code.strip() for code in options["languages"].split(",")],
                **{rule: options[rule] for rule in rules},
            )
        except DomainError as error:
            fields = "; ".join(f"{name}: {' '.join(said)}" for name, said in error.fields.items())
            raise CommandError(f"{error.message} {fields}".strip()) from error
        self.stdout.write(f"{school.name} is there: {school.slug}, on {school.host}:{school.port}.")
