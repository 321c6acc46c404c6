"""Errors on the wire: every refusal is a problem+json (RFC 9457) with a stable code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from lyceum.kernel import errors
from lyceum.kernel.context import current

CONTENT_TYPE = "application/problem+json"

STATUS_OF_FAMILY: tuple[tuple[type[errors.DomainError], int], ...] = (
    (errors.NotAuthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Throttled, 429),
    (errors.Unavailable, 503),
    (errors.Invalid, 422),
)


class Malformed(errors.Invalid):
    """The body is not the JSON (or form) that its `Content-Type` says. Send a well-formed one."""

    code = "malformed"
    detail = "The body could not be read."


class HostNotServed(errors.Invalid):
    """
    The request's `Host` is none that this instance serves.

    Call the school's own host, or the instance's. The operator names those there are in
    `ALLOWED_HOSTS`.
    """

    code = "host_not_served"
    detail = "This host is not served here."


class TooLarge(errors.Invalid):
    """The body is larger than is taken here. Send less, or a smaller file."""

    code = "too_large"
    detail = "The body is too large."


class UnsupportedMediaType(errors.Invalid):
    """The body is of a type that is not taken here. Send `application/json`, or form data."""

    code = "unsupported_media_type"
    detail = "The body's type is not taken here."


class MethodNotAllowed(errors.Invalid):
    """The address exists, but not with this method. `Allow` names those it has."""

    code = "method_not_allowed"
    detail = "This address does not have that method."


class ServerError(errors.DomainError):
    """Something broke on our side. Tell the school's people the request id."""

    code = "server_error"
    detail = "Something broke on our side."


# Statuses that a code has apart from its family's.
STATUS_OF_CODE = {
    "school_required": 400,
    "school_mismatch": 400,
    "malformed": 400,
    "host_not_served": 400,
    "method_not_allowed": 405,
    "too_large": 413,
    "unsupported_media_type": 415,
    "range_not_satisfiable": 416,
    "server_error": 500,
}


def status_of(error: errors.DomainError) -> int:
    """Return the HTTP status of an error: its code's own, else its family's."""
    return status_of_kind(type(error))


def status_of_kind(error: type[errors.DomainError]) -> int:
    """Return the HTTP status that every error of a class has."""
    if error.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[error.code]
    for family, status in STATUS_OF_FAMILY:
        if issubclass(error, family):
            return status
    return 400


def problem(
    *,
    code: str,
    status: int,
    title: str,
    detail: str = "",
    fields: Mapping[str, Sequence[str]] | None = None,
) -> HttpResponse:
    """Return a problem+json answer. `fields` maps a field's path to the messages about it."""
    body: dict[str, Any] = {
        "type": f"/api/v1/problems/{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": dict(fields or {}),
    }
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        body["request_id"] = current().request_id
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE
    )
    response["Cache-Control"] = "no-store"
    # Some are answered before Django's own middleware gets to say so.
    response["X-Frame-Options"] = "DENY"
    return response


def problem_of(error: errors.DomainError) -> HttpResponse:
    """Return the answer to an error that a service or a door raised."""
    status = status_of(error)
    response = problem(
        code=error.code,
        status=status,
        title=error.title(),
        detail=error.message,
        fields=error.fields,
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    if error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    return response


def problem_of_status(request: HttpRequest, status: int) -> HttpResponse:
    """Return the problem that stands for a bare status that Django or a library answered."""
    plain: dict[int, type[errors.DomainError]] = {
        400: Malformed,
        401: errors.NotAuthenticated,
        403: errors.Forbidden,
        404: errors.NotFound,
        405: MethodNotAllowed,
        409: errors.Conflict,
        413: TooLarge,
        415: UnsupportedMediaType,
        422: errors.Invalid,
        429: errors.Throttled,
        503: errors.Unavailable,
    }
    error = plain.get(status, ServerError if status >= 500 else errors.Invalid)()
    answer = problem_of(error)
    answer.status_code = status
    return answer
