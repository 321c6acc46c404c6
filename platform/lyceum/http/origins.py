"""Which pages of other origins may call: a school's own front ends, and nobody else's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from lyceum.kernel.errors import Forbidden
from lyceum.schools.current import CurrentSchool
from lyceum.schools.queries import all_allowed_origins

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
HEADERS = (
    "Authorization, Content-Type, X-School, X-Session-Token, X-CSRFToken, X-Request-Id, "
    "Idempotency-Key, If-None-Match, Accept-Language"
)
EXPOSED = "ETag, Location, Retry-After, Idempotent-Replayed, Content-Language, X-Request-Id"


class OriginNotAllowed(Forbidden):
    """
    A page of this origin may not call for this school.

    Someone who manages the school can add the origin to its allowed ones.
    """

    code = "origin_not_allowed"
    detail = "Pages of this origin may not call for this school."


def is_preflight(request: HttpRequest) -> bool:
    """Whether a browser asks beforehand if a page of another origin may call."""
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def preflight_answer(request: HttpRequest, school: CurrentSchool | None) -> HttpResponse:
    """Answer a browser's question, which names no school, for the union of the schools' origins."""
    response = HttpResponse(status=204)
    patch_vary_headers(response, ["Origin", "X-School", "Access-Control-Request-Headers"])
    if _is_allowed(request, school):
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = HEADERS
        response["Access-Control-Max-Age"] = "600"
        allow(request, response, school)
    return response


def check(request: HttpRequest, school: CurrentSchool | None) -> None:
    """
    Refuse a page that may not call for this school, before any work is done.

    :raises OriginNotAllowed: if the request names an origin that is not the school's
    """
    if "Origin" in request.headers and not _is_allowed(request, school):
        raise OriginNotAllowed


def allow(request: HttpRequest, response: HttpResponse, school: CurrentSchool | None) -> None:
    """Tell the browser that the page may read this answer."""
    origin = request.headers.get("Origin")
    if origin and origin != "null" and _is_allowed(request, school):
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Credentials"] = "true"
        response["Access-Control-Expose-Headers"] = EXPOSED


def _is_allowed(request: HttpRequest, school: CurrentSchool | None) -> bool:
    origin = request.headers.get("Origin", "")
    if origin == f"{request.scheme}://{request.get_host()}":
        return True
    if school is not None:
        return origin in school.allowed_origins
    return origin in all_allowed_origins()
