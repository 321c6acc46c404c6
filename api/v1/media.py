"""Media: the files that content shows, and the recordings that members hand in."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja.responses import Status
from pydantic import Field

from lyceum.content.files import recordings
from lyceum.content.files.addresses import address_of
from lyceum.content.files.reading import FileFacts, describe_file, find_file
from lyceum.content.readers import reader_of
from lyceum.http.ranges import send_file
from lyceum.http.requests import person_with, school_of, user_of
from lyceum.http.routing import CATALOGUE, MEMBER, Router
from lyceum.http.schemas import Answer
from lyceum.http.uploads import file_of
from lyceum.kernel.clock import now

router = Router(tags=["media"])

# A token for the catalogue does not hear what learners said.
HEARING = "learning:read"


class FileOut(Answer):
    """A file; 0 where a figure is unknown."""

    id: UUID
    kind: Literal["image", "document", "audio", "video", "recording"]
    content_type: str
    size: int = Field(description="In bytes.")
    src: str = Field(description="Where it is read.")
    width: int
    height: int
    seconds: float


class RecordingOut(Answer):
    """A recording that was taken in: name its `id` in an answer."""

    id: UUID
    content_type: str
    size: int
    src: str


@router.get(
    "/media/{uuid:id}",
    access=CATALOGUE,
    scope="content:read",
    response=FileOut,
    summary="Describe a file",
)
def get_media(request: HttpRequest, id: UUID) -> FileFacts:
    return describe_file(id, reader_of(request), person_with(request, HEARING))


@router.get(
    "/media/{uuid:id}/file",
    access=CATALOGUE,
    scope="content:read",
    response={200: bytes},
    summary="Read a file",
)
def get_media_file(request: HttpRequest, id: UUID) -> HttpResponse | StreamingHttpResponse:
    return send_file(request, find_file(id, reader_of(request), person_with(request, HEARING)))


@router.get(
    "/media/{uuid:id}/file/{slug:rendition}",
    access=CATALOGUE,
    scope="content:read",
    response={200: bytes},
    summary="Read a smaller image, or a film's captions",
)
def get_media_rendition(
    request: HttpRequest, id: UUID, rendition: str
) -> HttpResponse | StreamingHttpResponse:
    found = find_file(id, reader_of(request), person_with(request, HEARING), rendition=rendition)
    return send_file(request, found)


@router.post(
    "/media",
    access=MEMBER,
    scope="learning:write",
    response={201: RecordingOut},
    summary="Hand in a recording",
    upload=recordings.MOST_BYTES,
    repeatable=True,
)
def upload_recording(request: HttpRequest, response: HttpResponse) -> Status[RecordingOut]:
    kept = recordings.keep_recording(
        school=school_of(request), owner=user_of(request), file=file_of(request), at=now()
    )
    response["Location"] = f"/api/v1/media/{kept.id}"
    told = RecordingOut(
        id=kept.id, content_type=kept.content_type, size=kept.size, src=address_of(kept.id)
    )
    return Status(201, told)


@router.delete(
    "/media/{uuid:id}",
    access=MEMBER,
    scope="learning:write",
    response={204: None},
    summary="Delete your recording",
)
def delete_recording(request: HttpRequest, id: UUID) -> Status[None]:
    recordings.delete_recording(school=school_of(request), owner=user_of(request), uuid=id)
    return Status(204, None)
