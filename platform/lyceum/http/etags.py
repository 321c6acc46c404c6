"""Answers that a reader may already have: an ETag over the very bytes, and 304 (RFC 9110)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse

from lyceum.http.viewing import is_viewing

VARY = ("Accept-Language", "Authorization", "Cookie")


def json_answer(
    request: HttpRequest, text: str, *, language: str, vary: Sequence[str] = VARY
) -> HttpResponse:
    """Answer JSON text as it is; 304 without a body where the reader has it already."""
    content = text.encode()
    if is_viewing(request):
        # Read with another's eyes: it must not be found again as one's own.
        answer = HttpResponse(content, content_type="application/json")
        answer["Content-Language"], answer["Cache-Control"] = language, "no-store"
        return answer
    tag = f'W/"{blake2b(content, digest_size=12).hexdigest()}"'
    if matches(request.headers.get("If-None-Match", ""), tag):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(content, content_type="application/json")
    response["ETag"] = tag
    response["Content-Language"] = language
    # Kept by the reader, but asked about each time: a right can end at any moment.
    response["Cache-Control"] = "private, no-cache"
    # Nobody has set it yet: Django's way of adding to it would take it apart first.
    response["Vary"] = ", ".join(vary)
    return response


def matches(if_none_match: str, tag: str) -> bool:
    """Return whether a list of tags names this one, by weak comparison."""
    if not if_none_match:
        return False
    named = [name.strip().removeprefix("W/") for name in if_none_match.split(",")]
    return "*" in named or tag.removeprefix("W/") in named
