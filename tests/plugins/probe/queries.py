"""What is read of notes."""

from __future__ import annotations

from typing import Any

from lyceum.plugin.community import hidden_from
from lyceum.plugin.http import Paging, paginate
from lyceum.plugin.schools import CurrentSchool
from plugins.probe.models import Note


def notes_of(school: CurrentSchool, *, reader: Any, paging: Paging) -> dict[str, Any]:
    """Return a page of a school's notes, newest first. One query."""
    hidden = hidden_from(reader=reader, school=school, author="author")
    rows = Note.objects.of(school).shown().exclude(hidden)
    return paginate(rows, order=("-written_at", "-uuid"), paging=paging, view=_seen)


def _seen(note: Note) -> dict[str, Any]:
    return {"id": note.uuid, "text": note.text, "code": note.code}
