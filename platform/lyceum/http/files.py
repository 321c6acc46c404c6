"""Sending stored files."""

from __future__ import annotations

from typing import IO, Protocol

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers


class Picture(Protocol):
    """A picture of ours; `version` changes whenever its bytes do."""

    @property
    def version(self) -> str: ...

    def open(self) -> IO[bytes]: ...


def send_picture(request: HttpRequest, picture: Picture) -> HttpResponse:
    """Answer with a picture that the caller may see, or 304 if they hold it already."""
    etag = f'"{picture.version}"'
    unchanged = get_conditional_response(request, etag=etag)
    response: HttpResponse = unchanged or FileResponse(  # type: ignore[assignment]
        picture.open(), content_type="image/webp"
    )
    response["ETag"] = etag
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    # Its address is stable and its readers are few: kept, but asked about each time.
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization", "Cookie"])
    return response


def send_archive(archive: IO[bytes], *, name: str) -> FileResponse:
    """Answer with a ZIP that was made for the caller alone, piece by piece, and close it."""
    response = FileResponse(
        archive, as_attachment=True, filename=f"{name}.zip", content_type="application/zip"
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
