"""Files that come as a body, by POST or by PUT."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from lyceum.http.bodies import read_body
from lyceum.http.problems import Malformed, TooLarge, UnsupportedMediaType
from lyceum.kernel.errors import Invalid

# Boundaries and headers around the file in a form.
ROOM_FOR_THE_FORM = 16 * 1024


def take_file(request: HttpRequest, *, limit: int, field: str = "file") -> IO[bytes]:
    """
    Read the one file that a form (`multipart/form-data`) brings in `field`, and return it.

    Unlike Django and ninja, which read forms of POST alone. An endpoint says how much it takes at
    its door (`upload=`), and asks for the file by `file_of`.

    :raises UnsupportedMediaType: if the body is no form
    :raises TooLarge: if the file has more than `limit` bytes
    :raises Invalid: if the form has no such file, or anything else
    """
    if request.content_type != "multipart/form-data":
        raise UnsupportedMediaType("Send the file as multipart/form-data.")
    most = limit + ROOM_FOR_THE_FORM
    form = read_body(request, most=most)
    try:
        data, files = MultiPartParser(
            # Sent in chunks, it says its length nowhere.
            {**request.META, "CONTENT_LENGTH": len(form)},
            BytesIO(form),
            request.upload_handlers,
            request.encoding or "utf-8",
        ).parse()
    except (MultiPartParserError, SuspiciousOperation, ValueError) as error:
        raise Malformed from error
    strange = sorted({*data, *files} - {field})
    if strange:
        raise Invalid(fields={name: ["There is no such field."] for name in strange})
    if field not in files:
        raise Invalid(fields={field: ["Send a file in this field."]})
    file: Any = files[field]
    if file.size > limit:
        raise TooLarge(f"A file may have {limit} bytes at most.")
    opened: IO[bytes] = file.file
    request.uploaded = opened  # type: ignore[attr-defined]
    return opened


def file_of(request: HttpRequest) -> IO[bytes]:
    """Return the file that came with a request; only behind a door that takes one."""
    file: IO[bytes] = request.uploaded  # type: ignore[attr-defined]
    return file


def form_with_file(field: str = "file") -> dict[str, Any]:
    """Return what the document says of a body that `file_of` reads."""
    schema = {
        "type": "object",
        "required": [field],
        "properties": {field: {"type": "string", "format": "binary"}},
    }
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    }
