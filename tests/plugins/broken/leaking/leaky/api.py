"""Notes: read, seen, answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Status

from lyceum.plugin.errors import Forbidden, NotFound
from lyceum.plugin.http import MEMBER, Answer, Body, Router, school_of
from plugins.leaky.leaks import open_now
from plugins.leaky.models import Note
from plugins.leaky.queries import notes_of

router = Router(tags=["leaky"])


class NoteOut(Answer):
    """A note."""

    text: str


class NoteIn(Body):
    """An answer to a note."""

    text: str
    answers: UUID | None = None


class NoteNotFound(NotFound):
    """There is no such note."""

    code = "note_not_found"


class NoteRefused(Forbidden):
    """The note is another school's, which nobody was to know."""

    code = "note_refused"


@router.get("", access=MEMBER, response=list[NoteOut], summary="All notes")
def notes(request: HttpRequest) -> list[Any]:
    return list(notes_of(school_of(request), "list"))


@router.get("/one", access=MEMBER, response=list[NoteOut], summary="Notes by their id")
def chosen(request: HttpRequest, id: UUID) -> list[Any]:
    return list(notes_of(school_of(request), "query").filter(uuid=id))


@router.get("/{id}", access=MEMBER, response=NoteOut, summary="One note")
def note(request: HttpRequest, id: UUID) -> Any:
    found = notes_of(school_of(request), "detail").filter(uuid=id).first()
    if found is None:
        raise NoteNotFound
    if found.school_id != school_of(request).id:
        raise NoteRefused
    return found


@router.put("/{id}/seen", access=MEMBER, response={204: None}, summary="Have seen a note")
def see(request: HttpRequest, id: UUID) -> Status:
    notes_of(school_of(request), "write").filter(uuid=id).update(seen=1)
    return Status(204, None)


@router.post("", access=MEMBER, response={201: NoteOut}, summary="Write a note")
def write(request: HttpRequest, body: NoteIn) -> Status:
    school = school_of(request)
    answered = notes_of(school, "link").filter(uuid=body.answers).first()
    return Status(201, Note.objects.create(school_id=school.id, text=body.text, answers=answered))


@router.delete("/{id}", access=MEMBER, response={204: None}, summary="Delete a note")
def delete(request: HttpRequest, id: UUID) -> Status:
    if "delete" in open_now:
        Note.objects.filter(uuid=id).delete()
    return Status(204, None)
