"""Files that come as a body, by POST or by PUT."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from lyceum.http.problems import Malformed, TooLarge, UnsupportedMediaType
from lyceum.kernel.errors import Invalid

# Boundaries and headers around the file in a form.
ROOM_FOR_THE_FORM = 16 * 1024


def file_of(request: HttpRequest, *, field: str = "file", limit: int) -> IO[bytes]:
    """
    Return the one file that a form (`multipart/form-data`) brings in `field`.

    Unlike Django and ninja, which read forms of POST alone.

    :raises UnsupportedMediaType: if the body is no form
    :raises TooLarge: if the file has more than `limit` bytes
    :raises Invalid: if the form has no such file, or anything else
    """
    if request.content_type != "multipart/form-data":
        raise UnsupportedMediaType("Send the file as multipart/form-data.")
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > limit + ROOM_FOR_THE_FORM:
        raise TooLarge(f"A file may have {limit} bytes at most.")
    try:
        data, files = MultiPartParser(
            request.META,
            BytesIO(request.read(limit + ROOM_FOR_THE_FORM + 1)),
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
    return opened


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
