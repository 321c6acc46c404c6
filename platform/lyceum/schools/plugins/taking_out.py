"""Taking out what a plugin keeps of a school, before it is deleted: a ZIP of readable files."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.expressions import RawSQL

from lyceum.events.services import record_audit
from lyceum.kernel.archives import AS_STORED, Archive
from lyceum.kernel.holdings import parts_of_rows
from lyceum.kernel.plugins.host import host
from lyceum.kernel.privacy import Part, SchoolHolding, providers
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginSettings
from lyceum.schools.plugins.elsewhere import elsewhere
from lyceum.schools.plugins.purging import files_of, install_of, tables_of
from lyceum.schools.plugins.tables import Where, keys_of_school, stored_rows

if TYPE_CHECKING:
    from lyceum.accounts.models import User

logger = logging.getLogger(__name__)

README = """All that the plugin {slug} keeps of the school {school}, as of {at} UTC.

The files ending in .json hold its entries, one after another; the folders beside them hold files. A
folder {stored}, if there is one, holds entries just as the database has them: the plugin's program
is broken or gone. Secrets among its settings are not told to anybody.

It may name people, children among them: keep it as carefully as what it was taken from.

{written}
{missing}"""


def take_out(*, actor: User, school: CurrentSchool, slug: str, at: datetime) -> IO[bytes]:
    """
    Return a ZIP of all that a plugin keeps of a school, to be read and closed; note who has it.

    The plugin may be on, off, broken or gone.

    :raises NoSuchPlugin: if there is none, and none was ever installed
    """
    with ExitStack() as failing:
        out = failing.enter_context(TemporaryFile())
        write_plugin(out, actor=actor, school=school, slug=slug, at=at)
        out.seek(0)
        failing.pop_all()
        return out


def write_plugin(
    out: IO[bytes], *, actor: User | None, school: CurrentSchool, slug: str, at: datetime
) -> None:
    """
    Write all that a plugin keeps of a school: rows, files, settings, and what rooms keep of it.

    That it was handed out is noted in the audit.

    :raises NoSuchPlugin: if there is none, and none was ever installed
    """
    install = install_of(slug)
    tables = tables_of(install)
    holdings = _holdings(slug)
    with ZipFile(out, "w", ZIP_DEFLATED) as opened:
        archive = Archive(opened)
        told = set()
        for where in reversed(tables):
            held = holdings.get(where.table)
            if held is not None and _is_told(archive, slug, where, held, school):
                told.add(where.table)
                continue
            stored = Part(f"{where.table}.json", rows=stored_rows(where, school.id))
            archive.add(f"{slug}/{AS_STORED}", stored)
        for name in files_of(install, tables, school.id, beside=told):
            archive.add(f"{slug}/{AS_STORED}", _file(name))
        for part in _beside(school, slug):
            archive.add(slug, part)
        opened.writestr("README.txt", _readme(archive, school, slug, at))
    with transaction.atomic():
        record_audit(
            action="plugin.data_taken_out",
            school=school.uuid,
            actor=actor.uuid if actor else None,
            target=school.uuid,
            target_type=f"plugin:{slug}",
        )


def _holdings(slug: str) -> dict[str, SchoolHolding]:
    """Return how a loaded plugin's tables are told: as it declares, with all their files."""
    plugin = host.plugins.get(slug)
    if plugin is None or not plugin.is_loaded:
        return {}
    provider = providers.get(slug)
    declared = {held.model: held for held in (provider.of_schools if provider else ())}
    found = {}
    for model in apps.get_app_config(slug).get_models(include_auto_created=True):
        columns = model._meta.local_fields
        files = tuple(each.name for each in columns if isinstance(each, models.FileField))
        held = declared.get(model._meta.label, SchoolHolding(model._meta.label))
        found[model._meta.db_table] = replace(held, files=files)
    return found


def _is_told(
    archive: Archive, slug: str, where: Where, held: SchoolHolding, school: CurrentSchool
) -> bool:
    """Write a table by its model; return whether the plugin's own code could tell it."""
    if "*" in held.untold:
        archive.missing.append(f"{held.model}: the plugin hands it out to nobody")
        return True
    keys = RawSQL(keys_of_school(where, school.id), ())  # noqa: S611 - the names are the database's
    rows = apps.get_model(held.model)._base_manager.filter(pk__in=keys)
    try:
        for part in parts_of_rows(rows, held):
            archive.add(slug, part)
    except (Exception, SystemExit):
        logger.exception("The plugin %s could not tell what it holds.", slug)
        archive.missing.append(f"{held.model}: its own code failed to tell")
        return False
    return True


def _file(name: str) -> Part:
    return Part(str(PurePosixPath("files", name)), open=lambda: default_storage.open(name))


def _beside(school: CurrentSchool, slug: str) -> Iterator[Part]:
    """Yield the plugin's settings, and what rooms keep of its things."""
    set_here: list[Mapping[str, Any]] = [
        row.values for row in PluginSettings.objects.filter(school_id=school.id, slug=slug)
    ]
    if set_here:
        yield Part("settings.json", rows=set_here)
    for each in elsewhere:
        if each.rows is not None and each.part:
            rows = each.rows(school, slug)
            yield from parts_of_rows(rows, SchoolHolding(rows.model._meta.label, part=each.part))


def _readme(archive: Archive, school: CurrentSchool, slug: str, at: datetime) -> str:
    return README.format(
        slug=slug,
        school=school.name,
        at=f"{at:%Y-%m-%d %H:%M}",
        stored=AS_STORED,
        written=archive.contents(),
        missing=archive.gaps(),
    )
