"""Sending stored files, whole or in parts (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, Protocol

from django.core.files.storage import FileSystemStorage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

from lyceum.http.etags import matches
from lyceum.kernel.errors import Invalid

CHUNK = 64 * 1024
REDIRECT_SECONDS = 300
# No file is longer than what 18 digits tell.
ONE_RANGE = re.compile(r"^bytes=([0-9]{0,18})-([0-9]{0,18})$")

ENDING = re.compile(r"\.[A-Za-z0-9]{1,9}")


class RangeNotSatisfiable(Invalid):
    """
    The range asked for begins beyond the end of the file.

    Ask again without `Range`, or from an earlier byte.
    """

    code = "range_not_satisfiable"
    detail = "The file has no such bytes."


class Sendable(Protocol):
    """A stored file; `version` changes with its bytes."""

    @property
    def storage(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def content_type(self) -> str: ...
    @property
    def is_shown(self) -> bool: ...
    @property
    def version(self) -> str: ...


def send_file(request: HttpRequest, file: Sendable) -> HttpResponse | StreamingHttpResponse:
    """
    Answer with a file that the caller may have: whole, a part of it, 304, or where it lies.

    What a browser could run is sent as an attachment, in a sandbox.

    :raises RangeNotSatisfiable: if the part asked for lies beyond the end
    """
    tag = f'"{file.version}"'
    if matches(request.headers.get("If-None-Match", ""), tag):
        return _with_headers(HttpResponse(status=304), file, tag)
    if elsewhere := _address_elsewhere(file):
        redirect = HttpResponseRedirect(elsewhere)
        redirect["Cache-Control"] = "private, no-store"
        return redirect
    part = _part(request, file, tag)
    start, end = part or (0, file.size - 1)
    response = StreamingHttpResponse(
        _read(file, start, end - start + 1),
        status=206 if part else 200,
        content_type=file.content_type,
    )
    response["Content-Length"] = str(end - start + 1)
    if part:
        response["Content-Range"] = f"bytes {start}-{end}/{file.size}"
    return _with_headers(response, file, tag)


def _part(request: HttpRequest, file: Sendable, tag: str) -> tuple[int, int] | None:
    """Return first and last byte of the part asked for; None for the whole file."""
    found = ONE_RANGE.match(request.headers.get("Range", "").strip())
    condition = request.headers.get("If-Range")
    if not found or found.groups() == ("", "") or (condition is not None and condition != tag):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, file.size - int(last)), file.size - 1
    else:
        start, end = int(first), min(int(last or file.size - 1), file.size - 1)
    if last and first and int(last) < start:
        return None
    if start >= file.size or (not first and int(last) == 0):
        raise RangeNotSatisfiable(f"The file has {file.size} bytes.")
    return start, end


def _read(file: Sendable, start: int, length: int) -> Iterator[bytes]:
    # Opened by the first chunk: an answer that nobody reads leaves nothing open.
    opened: IO[bytes]
    with file.storage.open(file.name) as opened:
        opened.seek(start)
        while length > 0 and (chunk := opened.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _with_headers(response: Any, file: Sendable, tag: str) -> Any:
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    # A school's front end on another origin shows it; who may read it was settled before.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = _disposition(file)
    if not file.is_shown:
        response["Content-Security-Policy"] = "sandbox"
    patch_vary_headers(response, ["Authorization", "Cookie"])
    return response


def _disposition(file: Sendable) -> str:
    # Without the name under which it was uploaded: that may be a listening task's answer.
    if file.is_shown:
        return "inline"
    # An ending of other signs, a quote or a letter beyond ASCII, would break the header.
    ending = ENDING.fullmatch(PurePosixPath(file.name).suffix)
    return f'attachment; filename="file{ending[0] if ending else ""}"'


def _address_elsewhere(file: Sendable) -> str:
    """Return where a storage that is not this machine's disk hands the file out; "" if here."""
    if isinstance(file.storage, FileSystemStorage):
        return ""
    parameters = {
        "ResponseContentType": file.content_type,
        "ResponseContentDisposition": _disposition(file),
    }
    address: str = file.storage.url(file.name, parameters=parameters, expire=REDIRECT_SECONDS)
    return address
