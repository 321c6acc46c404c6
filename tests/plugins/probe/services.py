"""What people do with notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lyceum.plugin.audit import record_audit
from lyceum.plugin.community import check_posting, check_text, hold
from lyceum.plugin.errors import Unavailable
from lyceum.plugin.events import Fact, publish
from lyceum.plugin.people import Entry, find_member
from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.settings import settings_of
from plugins.probe.models import Note, Reading


class OutOfPaper(Unavailable):
    """The school has set that no notes are written now. Try again another day."""

    code = "probe_out_of_paper"
    detail = "There is no paper left."


@dataclass(frozen=True)
class Written:
    """A note as its author is told of it."""

    id: UUID
    text: str
    code: str


def write_note(
    *,
    actor: Any,
    school: CurrentSchool,
    text: str,
    at: datetime,
) -> Written:
    """
    Write a note; one that the school's filters hold is its author's alone for now.

    :raises OutOfPaper: if the school allows none
    """
    if settings_of(school, "probe").most == 0:
        raise OutOfPaper
    check_posting(author=actor, school=school, at=at)
    verdict = check_text(school=school, author=actor, text=text, at=at)
    with transaction.atomic():
        note = Note(school_id=school.id, author=actor, text=text, written_at=at)
        note.is_held = verdict.is_held
        note.save()
        told = {"school": school, "type": "probe.note", "thing": note.uuid, "author": actor}
        if verdict.is_held:
            hold(**told, excerpt=text, reasons=verdict.reasons, at=at)
        record_audit(
            action="probe.note_written",
            school=school.uuid,
            actor=actor.uuid,
            target=note.uuid,
            target_type="probe.note",
        )
        publish(Fact("probe.noted", at=at, school=school.uuid, actor=actor.uuid, subject=note.uuid))
    return Written(note.uuid, note.text, note.code)


def note_reading(*, school: CurrentSchool, person: UUID, at: datetime) -> Entry | None:
    """Note that a member read the rules; return who they are, None if they left meanwhile."""
    reader = find_member(school, person)
    if reader is not None:
        Reading.objects.create(school_id=school.id, person=reader.uuid, at=at)
    return reader


def hide_note(school: CurrentSchool, id: UUID, at: datetime) -> None:
    """Hide a note from all but moderators."""
    Note.objects.of(school).filter(uuid=id).update(is_held=True)


def show_note(school: CurrentSchool, id: UUID, at: datetime) -> None:
    """Show a note to all."""
    Note.objects.of(school).filter(uuid=id).update(is_held=False)


def erase_note(school: CurrentSchool, id: UUID, at: datetime) -> None:
    """Delete a note for good."""
    Note.objects.of(school).filter(uuid=id).delete()
