"""`manage.py privacy`: what a person or a school may ask of the operator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lyceum.accounts.models import User
from lyceum.accounts.privacy.archives import write_person, write_school
from lyceum.accounts.privacy.closing import delete_school
from lyceum.accounts.privacy.erasing import erase_person
from lyceum.accounts.privacy.people import person_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError
from lyceum.kernel.remnants import rewrite
from lyceum.schools.current import school_by_slug
from lyceum.schools.models import School


class Command(BaseCommand):
    help = "Hand out, or erase for good, what is held on a person or a school."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        each = acts.add_parser("export_person", help="Write all on a person into a ZIP.")
        each.add_argument("person", help="an e-mail address, or the person's id")
        each.add_argument("file", type=Path, help="a new file")
        erase = acts.add_parser("erase_person", help="Erase a person, everywhere.")
        erase.add_argument("person", help="an e-mail address, or the person's id")
        erase.add_argument("--yes", action="store_true", help="do it without asking")
        export = acts.add_parser("export_school", help="Write all that a school has into a ZIP.")
        export.add_argument("school", metavar="SLUG")
        export.add_argument("file", type=Path, help="a new file")
        delete = acts.add_parser("delete_school", help="Delete a school with all that it has.")
        delete.add_argument("school", metavar="SLUG")
        delete.add_argument("--yes", action="store_true", help="do it without asking")
        acts.add_parser("rewrite", help="Write the database's file anew, without what was deleted.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["act"])(options)
        except DomainError as error:
            raise CommandError(error.message) from None

    def export_person(self, options: dict[str, Any]) -> None:
        """Write a person's archive."""
        user = _person(options["person"])
        with _new(options["file"]) as out:
            write_person(out, person_of(user), at=now())
        self.stdout.write(f"All that is held on {user} is in {options['file']}.")

    def erase_person(self, options: dict[str, Any]) -> None:
        """Erase a person, once the operator typed who."""
        user = _person(options["person"])
        self._confirm(options, options["person"])
        erase_person(user=user, actor=None, at=now())
        self.stdout.write("Erased. Backups hold what they held: see the documentation.")

    def export_school(self, options: dict[str, Any]) -> None:
        """Write a school's archive."""
        school = School.objects.get(pk=school_by_slug(options["school"]).id)
        with _new(options["file"]) as out:
            write_school(out, school, at=now())
        self.stdout.write(f"All that {school} has is in {options['file']}.")

    def delete_school(self, options: dict[str, Any]) -> None:
        """Delete a school, once the operator typed which."""
        school = school_by_slug(options["school"])
        self._confirm(options, school.slug)
        delete_school(school=school, actor=None, confirm=school.slug, at=now())
        self.stdout.write(f"{school.name} is gone.")

    def rewrite(self, options: dict[str, Any]) -> None:
        """Write the database's file anew."""
        rewrite()
        self.stdout.write("Written anew.")

    def _confirm(self, options: dict[str, Any], expected: str) -> None:
        if not options["yes"] and input(f"For good. Type {expected} to go on: ") != expected:
            raise CommandError("Nothing was done.")


def _person(given: str) -> User:
    by = {"email": given.lower()} if "@" in given else {"uuid": given}
    try:
        return User.objects.get(**by)
    except ValidationError:
        raise CommandError(f"{given!r} is neither an address nor an id.") from None
    except User.DoesNotExist:
        raise CommandError(f"There is nobody {given!r}.") from None


def _new(path: Path) -> Any:
    try:
        # It names people: for nobody but who made it.
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise CommandError(f"{path} cannot be made: {error.strerror}.") from None
    return path.open("wb")
