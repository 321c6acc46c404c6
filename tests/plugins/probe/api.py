"""The probe's endpoints: one for each way in that there is."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Status
from pydantic import Field

from lyceum.plugin.clock import now
from lyceum.plugin.http import (
    CATALOGUE,
    MEMBER,
    SCHOOL,
    Answer,
    Body,
    Limit,
    Line,
    Page,
    Paging,
    Request,
    Router,
    permitted,
    school_of,
    user_of,
)
from lyceum.plugin.settings import settings_of
from plugins.probe import queries
from plugins.probe.models import TEXT
from plugins.probe.services import note_reading, write_note

NOTES = Limit("probe.notes", by_person=30, by_address=300, seconds=60)

router = Router(tags=["probe"])


class EchoOut(Answer):
    """What was said to the probe, or by it."""

    said: str


class NoteIn(Body):
    """A note to write."""

    text: Annotated[Line, Field(min_length=1, max_length=TEXT)]


class NoteOut(Answer):
    """A note, and the code that is read aloud."""

    id: UUID
    text: str
    code: str


@router.get(
    "/echo", access=MEMBER, scope="probe:read", response=EchoOut, summary="Say something back"
)
def echo(request: Request, said: str = "") -> dict[str, str]:
    return {"said": said}


@router.put(
    "/echo", access=MEMBER, scope="probe:write", response=EchoOut, summary="Say it another way"
)
def put_echo(request: Request, said: str = "") -> dict[str, str]:
    return {"said": said}


@router.get("/secret", access=permitted("probe.look"), response=EchoOut, summary="Look inside")
def secret(request: Request) -> dict[str, str]:
    return {"said": "for teachers"}


@router.get("/greeting", access=SCHOOL, response=EchoOut, summary="Be greeted, whoever one is")
def greeting(request: Request) -> dict[str, str]:
    return {"said": settings_of(school_of(request), "probe").greeting}


@router.get("/motto", access=CATALOGUE, response=EchoOut, summary="Read the school's motto")
def motto(request: Request) -> dict[str, str]:
    return {"said": settings_of(school_of(request), "probe").motto}


@router.get("/notes", access=MEMBER, response=Page[NoteOut], summary="Read notes")
def read_notes(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    return queries.notes_of(school_of(request), reader=user_of(request), paging=paging)


@router.post(
    "/notes",
    access=MEMBER,
    response={201: NoteOut},
    repeatable=True,
    limit=NOTES,
    summary="Write a note",
)
def write(request: Request, body: NoteIn) -> Status[Any]:
    written = write_note(
        actor=user_of(request), school=school_of(request), text=body.text, at=now()
    )
    return Status(201, written)


@router.put("/reading", access=MEMBER, response={204: None}, summary="Have read the rules")
def read_rules(request: Request) -> Status[None]:
    note_reading(school=school_of(request), person=user_of(request).uuid, at=now())
    return Status(204, None)
