"""`manage.py factors`: see a person's second factors, and remove them from who lost theirs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lyceum.accounts.factors.services import factors_of, remove_factors
from lyceum.accounts.models import User
from lyceum.kernel.clock import now


class Command(BaseCommand):
    help = "Show or remove a person's second factors. Make sure first who asks for it."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        show = actions.add_parser("show", help="say which factors a person has")
        remove = actions.add_parser("remove", help="remove them all, and end all sessions")
        for action in (show, remove):
            action.add_argument("person", help="their proved address, or their id")
        remove.add_argument("--why", required=True, help="goes into the audit log")

    def handle(self, *args: Any, **options: Any) -> None:
        person = _person(options["person"])
        if options["action"] == "show":
            found = factors_of(person)
            lines = [f"{kind}: {number}" for kind, number in sorted(found.items())]
            print("\n".join(lines) or "No second factor.")
            return
        count = remove_factors(user=person, actor=None, why=options["why"], at=now())
        print(f"Removed {count} factors and ended all sessions of {person.uuid}.")


def _person(given: str) -> User:
    try:
        found = User.objects.filter(uuid=UUID(given)).first()
    except ValueError:
        found = User.objects.filter(email=given.lower()).first() if given else None
    if found is None:
        raise CommandError(f"There is no person {given!r}. Give a proved address, or an id.")
    return found
