"""Bodies that are taken: of a type that is read here, and not too large, however they are sent."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lyceum.http.problems import TooLarge, UnsupportedMediaType, problem_of
from lyceum.kernel.errors import DomainError

OURS = "/api/v1/"
AUTHORING = "/api/cms/"
ALLAUTH = "/_allauth/"  # which reads, and limits, its bodies itself
TAKEN = (OURS, AUTHORING, ALLAUTH)
FORM = "multipart/form-data"
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class BodyMiddleware:
    """
    Refuse at the API a body that is no JSON and no form, or too large, before anything reads it.

    Forms hold files, of which each endpoint knows its own limit: they are left unread. What is
    packed is not unpacked: a few bytes can hold gigabytes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(TAKEN):
            try:
                if request.headers.get("Content-Encoding", "identity") != "identity":
                    raise UnsupportedMediaType("Send the body as it is, without Content-Encoding.")
                if request.content_type != FORM and not request.path.startswith(ALLAUTH):
                    _take(request)
            except DomainError as error:
                return problem_of(error)
        return self.get_response(request)


def read_body(request: HttpRequest, *, most: int) -> bytes:
    """
    Read a request's body, whether it says its length or comes in chunks.

    :raises TooLarge: if it has more than `most` bytes; no more than these are read
    """
    stated = request.META.get("CONTENT_LENGTH") or ""
    if stated.isdecimal() and int(stated) > most:
        raise TooLarge(f"A body may have {most} bytes at most.")
    # In chunks, it says nowhere how large it is, and Django would take it for empty.
    in_chunks = not stated and "Transfer-Encoding" in request.headers
    source = request.META.get("wsgi.input", request) if in_chunks else request
    body: bytes = source.read(most + 1)
    if len(body) > most:
        raise TooLarge(f"A body may have {most} bytes at most.")
    return body


def _take(request: HttpRequest) -> None:
    request._body = read_body(request, most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    is_ours = request.path.startswith(OURS) and request.method in WITH_BODY
    if is_ours and request.body and not _is_json(request.content_type or ""):
        raise UnsupportedMediaType("Send the body as application/json.")


def _is_json(content_type: str) -> bool:
    # A body without a type is read as what nearly all are.
    return content_type in ("", "application/json") or content_type.endswith("+json")
