"""Files of the libraries as documents show them: by stable addresses, that ask who reads."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage

from lyceum.content.documents.rendering import Rendering

# A rendition's name in addresses, to its width in pixels. Only smaller than the image itself.
RENDITION_WIDTHS = {"w320": 320, "w640": 640, "w1280": 1280}


def address_of(uuid: UUID | str, rendition: str = "") -> str:
    """Return where a file is read."""
    tail = f"/{rendition}" if rendition else ""
    return f"/api/v1/media/{uuid}/file{tail}"


def image_document(image: Any, rendering: Rendering, *, alt: str = "") -> dict[str, Any]:
    """Return an image with its size and renditions, and note that it is shown."""
    rendering.shows_file(image.uuid)
    return {
        "id": str(image.uuid),
        "alt": alt or image.description or "",
        "width": image.width,
        "height": image.height,
        "src": address_of(image.uuid),
        "renditions": [
            {
                "width": width,
                "height": max(1, round(image.height * width / image.width)),
                "src": address_of(image.uuid, name),
            }
            for name, width in RENDITION_WIDTHS.items()
            if width < image.width
        ],
    }


def media_document(media: Any, rendering: Rendering, *, with_texts: bool = True) -> dict[str, Any]:
    """
    Return a sound or film, and note that it is shown.

    `with_texts` adds captions and transcript; a listening task must not tell them.
    """
    rendering.shows_file(media.uuid)
    told: dict[str, Any] = {
        "id": str(media.uuid),
        "src": address_of(media.uuid),
        "seconds": media.duration or 0,
    }
    if with_texts:
        rendering.shows_texts(media.uuid)
        told["captions"] = address_of(media.uuid, "captions") if media.captions else ""
        told["transcript"] = media.transcript
    return told


def file_document(document: Any, rendering: Rendering) -> dict[str, Any]:
    """Return a document of the library, such as a PDF, and note that it is shown."""
    rendering.shows_file(document.uuid)
    return {
        "id": str(document.uuid),
        "title": document.title,
        "src": address_of(document.uuid),
        "size": document.file_size or 0,
    }


# The parts of a presented task that name a file, to the library that it is in.
FILE_PARTS = {"image": "content.LibraryImage", "audio": "content.LibraryMedia"}


def presented_files(shown: Any, rendering: Rendering) -> Any:
    """
    Return a presented task with each `image` and `audio`, which name a file, told in full.

    What would tell the answer, as captions and a transcript might, is left out.
    """
    if isinstance(shown, list):
        return [presented_files(part, rendering) for part in shown]
    if not isinstance(shown, dict):
        return shown
    return {
        name: _presented_file(name, part, rendering)
        if name in FILE_PARTS and isinstance(part, dict) and "id" in part
        else presented_files(part, rendering)
        for name, part in shown.items()
    }


def _presented_file(name: str, part: dict[str, Any], rendering: Rendering) -> dict[str, Any]:
    rendering.shows_file(part["id"])
    file = apps.get_model(FILE_PARTS[name]).objects.filter(uuid=part["id"]).first()
    if file is None:
        return part
    if name == "audio":
        return {**part, **media_document(file, rendering, with_texts=False)}
    # The library's own description may name what is to be found out.
    return {**image_document(file, rendering), "alt": part.get("alt", "")}


def where_files_lie() -> str:
    """Return the origin that the API sends a file's readers on to; "" if it is our own."""
    if isinstance(default_storage, FileSystemStorage):
        return ""
    parts = urlsplit(default_storage.url("preview"))
    return f"{parts.scheme}://{parts.netloc}"
