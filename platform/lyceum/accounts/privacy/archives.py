"""Archives: all that is held on a person, or in a school, as a ZIP of readable files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from lyceum.accounts.models import User
from lyceum.accounts.privacy import guards
from lyceum.kernel.archives import AS_STORED, Archive
from lyceum.kernel.holdings import parts_of, parts_of_school
from lyceum.kernel.leftovers import rows_left
from lyceum.kernel.privacy import KEEP, Part, Person, Provider, providers
from lyceum.schools.current import school_by_id
from lyceum.schools.models import School

logger = logging.getLogger(__name__)


def write_person(out: IO[bytes], person: Person, *, at: datetime) -> None:
    """Write all that is held on a person, by rooms and plugins, whether these are on or broken."""
    with ZipFile(out, "w", ZIP_DEFLATED) as opened:
        archive = Archive(opened)
        table = User._meta.db_table
        for name, provider in providers.items():
            if not _add_all(
                archive, name, _of_person(name, provider, person), guarded=provider.guarded
            ):
                for stored, rows in rows_left(person, users=table, among=f"{name}_"):
                    archive.add(f"{name}/{AS_STORED}", Part(f"{stored}.json", rows=rows))
        for stored, rows in rows_left(person, users=table):
            archive.add(AS_STORED, Part(f"{stored}.json", rows=rows))
        opened.writestr("README.txt", _readme_of_person(archive, at))


def write_school(out: IO[bytes], school: School, *, at: datetime) -> None:
    """Write all that a school has: its content, files, members and their results."""
    with ZipFile(out, "w", ZIP_DEFLATED) as opened:
        archive = Archive(opened)
        archive.add("school", Part("school.json", rows=[_settings_of(school)]))
        in_force = {*school_by_id(school.pk).plugins}
        for name, provider in providers.items():
            # To a school, a plugin that is off is not there.
            if provider.guarded and name not in in_force:
                continue
            _add_all(archive, name, _of_school(provider, school), guarded=provider.guarded)
        opened.writestr("README.txt", _readme_of_school(archive, school, at))


def _add_all(archive: Archive, folder: str, parts: Iterator[Part], *, guarded: bool) -> bool:
    try:
        for part in parts:
            archive.add(folder, part)
    except (Exception, SystemExit):
        if not guarded:
            raise
        logger.exception("The plugin %s could not tell what it holds.", folder)
        archive.missing.append(f"{folder}: its own code failed to tell")
        return False
    return True


def _of_person(name: str, provider: Provider, person: Person) -> Iterator[Part]:
    for held in provider.holdings:
        yield from parts_of(person, held)
    if provider.export is not None and provider.guarded:
        yield from guards.parts(name, provider.export, person)
    elif provider.export is not None:
        yield from provider.export(person)


def _of_school(provider: Provider, school: School) -> Iterator[Part]:
    for held in provider.of_schools:
        yield from parts_of_school(school, held)
    if provider.export_school is not None:
        yield from provider.export_school(school.pk)


def _settings_of(school: School) -> dict[str, Any]:
    names = [field.name for field in School._meta.concrete_fields if not field.is_relation]
    return {name: getattr(school, name) for name in names if name != "id"}


README_OF_PERSON = """All that is held on you, as of {at} UTC.

A folder is a part of the platform, or a plugin. The files ending in .json hold what is written
down of you, one entry after another; the folders beside them hold files that you handed in. Other
people are not named in them: their data are theirs.

A folder {stored}, if there is one, holds entries of plugins whose programs are broken or gone,
just as the database has them.

{written}
{missing}Not told, or kept after an erasure:
{kept}
"""

README_OF_SCHOOL = """All that the school {name} has, as of {at} UTC.

A folder is a part of the platform, or a plugin. The files ending in .json hold members, classes,
results, and pages as they were last written; `content/library` holds the files.
The folder `content_types` holds what is published as readable files, which
`manage.py import_school` reads.

It names people, children among them: keep it as carefully as what it was taken from.

{written}
{missing}"""


def _readme_of_person(archive: Archive, at: datetime) -> str:
    reasons = dict.fromkeys(
        f"- {held.part or held.model.rpartition('.')[2]}: {held.reason}"
        for provider in providers
        for held in provider.holdings
        if held.on_erasure == KEEP or "*" in held.untold
    )
    return README_OF_PERSON.format(
        at=f"{at:%Y-%m-%d %H:%M}",
        stored=AS_STORED,
        written=archive.contents(),
        missing=archive.gaps(),
        kept="\n".join(reasons),
    )


def _readme_of_school(archive: Archive, school: School, at: datetime) -> str:
    return README_OF_SCHOOL.format(
        name=school.name,
        at=f"{at:%Y-%m-%d %H:%M}",
        written=archive.contents(),
        missing=archive.gaps(),
    )
