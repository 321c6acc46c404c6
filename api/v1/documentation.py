"""The API's documentation, to try (Swagger UI) and to read (ReDoc), from vendored files."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lyceum.http.routing import PUBLIC, Router

router = Router(tags=["operations"])

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
# Swagger UI's styles are a file. ReDoc writes its own into the page, without a word of ours in it;
# and would fetch its maker's logo, and so tell others who reads.
SWAGGER_POLICY = POLICY.format(styles="")
REDOC_POLICY = POLICY.format(styles=" 'unsafe-inline'")


@router.get("/redoc", access=PUBLIC, include_in_schema=False, summary="Read the documentation")
def redoc(request: HttpRequest) -> HttpResponse:
    response = render(request, "api/redoc.html", {"address": reverse("api-v1:openapi-json")})
    response["Content-Security-Policy"] = REDOC_POLICY
    return response


def at_home(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a documentation page fetch from its own origin alone. The document itself is data."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response["Content-Security-Policy"] = SWAGGER_POLICY
        return response

    return wrapped
