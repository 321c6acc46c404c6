"""Exports: asked for, made by the worker, fetched for a day by who asked, and deleted."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q

from lyceum.accounts.audit import school_told_of
from lyceum.accounts.models import Export, User
from lyceum.accounts.notices import notify
from lyceum.accounts.privacy.archives import write_person, write_school
from lyceum.accounts.privacy.people import person_of
from lyceum.accounts.privacy.tasks import make_archive
from lyceum.events.services import record_audit
from lyceum.kernel.errors import NotFound
from lyceum.kernel.holdings import files_of
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.dropping import drop_files
from lyceum.schools.managed import managed_member
from lyceum.schools.models import School

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=24)
# A worker that was killed at it does not come back: after this another takes it up.
LOST_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class ExportView:
    """An archive that was asked for, as who asked sees it. `size` is in bytes, 0 until ready."""

    id: UUID
    status: str
    size: int
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class ArchiveFile:
    """An archive that is ready to be sent."""

    storage: Any
    name: str
    version: str
    content_type: str = "application/zip"
    is_shown: bool = False

    @cached_property
    def size(self) -> int:
        found: int = self.storage.size(self.name)
        return found


@transaction.atomic
def ask_for_export(
    *,
    actor: User,
    at: datetime,
    person: User | None = None,
    school: CurrentSchool | None = None,
) -> ExportView:
    """
    Have an archive made: of a person's data, with `school` alone of the school's.

    One that is being made already for the same reader is answered instead of another.
    """
    # Who asks twice at once waits here for themselves.
    User.objects.select_for_update(of=("self",)).only("pk").get(pk=actor.pk)
    of = {"person": person, "school_id": None if school is None else school.id}
    waiting = Export.objects.filter(
        asked_by=actor, status=Export.Status.WAITING, expires_at__gt=at, **of
    ).first()
    if waiting is not None:
        return view_of(waiting)
    export = Export.objects.create(asked_by=actor, created_at=at, expires_at=at + KEPT_FOR, **of)
    record_audit(
        action="school.export_asked" if person is None else "account.export_asked",
        school=school_told_of(actor) if school is None else school.uuid,
        actor=actor.uuid,
        target=export.uuid if person is None else person.uuid,
        target_type="export" if person is None else "person",
    )
    transaction.on_commit(partial(make_archive, str(export.uuid)), robust=True)
    return view_of(export)


def ask_for_export_of_managed(
    *, actor: User, school: CurrentSchool, account: UUID, at: datetime
) -> ExportView:
    """
    Have an archive made of a managed account's data, for its school's staff.

    :raises NotFound: if the school has none such; `account` is its membership
    """
    member = managed_member(school, account)
    return ask_for_export(actor=actor, at=at, person=member.user, school=school)


def make_export(export_id: str, *, at: datetime) -> None:
    """Make an archive that waits, and write to who asked; of two workers, one makes it."""
    lost = Q(started_at=None) | Q(started_at__lt=at - LOST_AFTER)
    waiting = Export.objects.filter(lost, uuid=export_id, status=Export.Status.WAITING)
    if not waiting.update(started_at=at):
        return
    export = Export.objects.select_related("asked_by__profile", "person", "school").get(
        uuid=export_id
    )
    same = Export.objects.filter(pk=export.pk)
    # Written down before it is there, so that it is found and deleted whenever this is cut off.
    name = export.file.field.generate_filename(export, "export.zip")
    with transaction.atomic():
        drop_files([str(export.file.name or "")])
        if not same.update(file=name):
            return
    try:
        size = _store(export, name, at)
    except Exception:
        logger.exception("An export could not be made.")
        with transaction.atomic():
            same.update(status=Export.Status.FAILED, file="")
            drop_files([name])
        return
    if not same.update(status=Export.Status.READY, size=size):
        # Whose it was is gone by now, and so is what it holds.
        with transaction.atomic():
            drop_files([name])
        return
    school = school_by_id(export.school_id) if export.school_id is not None else None
    notify(user=export.asked_by, kind="export_ready", at=at, school=school)


def export_of(
    *, asked_by: User, export_id: UUID, school: CurrentSchool | None, of_person: bool
) -> ExportView:
    """
    Return an archive that this person asked for.

    :raises NotFound: if they asked for none such there
    """
    return view_of(_find(asked_by, export_id, school, of_person))


def exports_of(
    *, asked_by: User, school: CurrentSchool, at: datetime, person: User | None = None
) -> list[ExportView]:
    """Return what this person asked for in a school, of it or of somebody there, the last first."""
    asked = Export.objects.filter(
        asked_by=asked_by, school_id=school.id, person=person, expires_at__gt=at
    )
    return [view_of(each) for each in asked.order_by("-created_at", "-pk")]


def archive_of(
    *,
    asked_by: User,
    export_id: UUID,
    school: CurrentSchool | None,
    of_person: bool,
    at: datetime,
) -> ArchiveFile:
    """
    Return the file of an archive that this person asked for.

    :raises NotFound: if there is none, or it is not ready, or its time is over
    """
    export = _find(asked_by, export_id, school, of_person)
    if not export.is_readable(at):
        raise NotFound
    return ArchiveFile(export.file.storage, str(export.file.name), version=str(export.uuid))


def waiting_exports(at: datetime) -> list[str]:
    """Return the archives (UUIDs) that nobody is at."""
    lost = Q(started_at=None, created_at__lt=at - timedelta(minutes=5))
    lost |= Q(started_at__lt=at - LOST_AFTER)
    found = Export.objects.filter(lost, status=Export.Status.WAITING, expires_at__gt=at)
    return [str(uuid) for uuid in found.values_list("uuid", flat=True)]


def forget_old_exports(at: datetime) -> int:
    """Delete archives whose time is over, with their files; return how many."""
    with transaction.atomic():
        over = Export.objects.filter(expires_at__lte=at)
        drop_files(name for _, name in files_of(over, ("file",)))
        count, _ = over.delete()
    return count


def view_of(export: Export) -> ExportView:
    """Return an archive as doors answer it."""
    return ExportView(
        id=export.uuid,
        status=export.status,
        size=export.size,
        created_at=export.created_at,
        expires_at=export.expires_at,
    )


def _find(asked_by: User, export_id: UUID, school: CurrentSchool | None, of_person: bool) -> Export:
    asked = Export.objects.filter(uuid=export_id, asked_by=asked_by, person__isnull=not of_person)
    there = asked.filter(school=None) if school is None else asked.filter(school_id=school.id)
    found = there.first()
    if found is None:
        raise NotFound
    return found


def _store(export: Export, name: str, at: datetime) -> int:
    with TemporaryFile() as out:
        if export.person is not None:
            write_person(out, person_of(export.person), at=at)
        else:
            assert isinstance(export.school, School)
            write_school(out, export.school, at=at)
        size = out.tell()
        out.seek(0)
        export.file.storage.save(name, File(out, name="export.zip"))
        return size
