"""Notes as people report them, and as moderators act upon them."""

from __future__ import annotations

from uuid import UUID

from lyceum.plugin.community import Party, Reportable, Seen
from lyceum.plugin.schools import CurrentSchool
from plugins.probe.models import Note
from plugins.probe.services import erase_note, hide_note, show_note


def look(school: CurrentSchool, id: UUID, reader: Party) -> Seen | None:
    """Return a note as a reader sees it."""
    note = Note.objects.of(school).shown().filter(uuid=id).select_related("author").first()
    return Seen(note.author.uuid, note.text, f"/notes/{id}") if note else None


NOTES = Reportable("probe.note", "Note", look, hide_note, show_note, erase_note)
