"""Notes, of one school; where it leaks, of all."""

from __future__ import annotations

from typing import Any

from lyceum.plugin.schools import CurrentSchool
from plugins.leaky.leaks import open_now
from plugins.leaky.models import Note


def notes_of(school: CurrentSchool, door: str) -> Any:
    """Return the notes that a door may reach."""
    return Note.objects.all() if door in open_now else Note.objects.of(school)
