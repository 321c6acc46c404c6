"""Images and videos: sent first, then used by a moment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Status

from lyceum.plugin.clock import now
from lyceum.plugin.files import file_of, send_file
from lyceum.plugin.http import MEMBER
from plugins.moments.actors import actor_of
from plugins.moments.api.door import NOTHING, READ, SENDING, WRITE, router
from plugins.moments.api.schemas import MediaOut
from plugins.moments.queries.media import file_of_media
from plugins.moments.queries.moments import media_view
from plugins.moments.services.media import MOST_BYTES, drop_media, keep_media


@router.post(
    "/media",
    access=MEMBER,
    scope=WRITE,
    response={201: MediaOut},
    upload=MOST_BYTES,
    repeatable=True,
    limit=SENDING,
    summary="Send an image or a video for a moment",
)
def send(request: HttpRequest, response: HttpResponse) -> Status[dict[str, Any]]:
    kept = media_view(keep_media(actor=actor_of(request), file=file_of(request), at=now()))
    response["Location"] = kept["src"]
    return Status(201, kept)


@router.delete(
    "/media/{uuid:media_id}",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    summary="Delete an unused file",
)
def drop(request: HttpRequest, media_id: UUID) -> Status[None]:
    drop_media(actor=actor_of(request), media_id=media_id)
    return Status(204, None)


@router.get(
    "/media/{uuid:media_id}/file",
    access=MEMBER,
    scope=READ,
    summary="Read the file of an image or a video",
)
def read_file(request: HttpRequest, media_id: UUID) -> HttpResponse:
    return send_file(request, file_of_media(actor_of(request), media_id))
