"""Reads as HTTP has them: HEAD wherever there is GET, and a tag to ask again by."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from lyceum.http.etags import VARY, matches

OURS = "/api/v1/"


class ReadsMiddleware:
    """Answer HEAD at `/api/v1/` as GET without the body, and tag what an endpoint left untagged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OURS):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return _with_head_allowed(self.get_response(request))
        is_head = request.method == "HEAD"
        request.method = "GET"
        response = self.get_response(request)
        if response.status_code == 200:
            response = _tagged(request, response)
        return _without_body(response) if is_head else response


def _with_head_allowed(response: HttpResponse) -> HttpResponse:
    methods = response.headers.get("Allow", "").split(", ")
    if "GET" in methods and "HEAD" not in methods:
        response["Allow"] = ", ".join(sorted({*methods, "HEAD"}))
    return response


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    if response.streaming or not is_json or "ETag" in response.headers:
        return response
    if "no-store" in response.headers.get("Cache-Control", ""):
        return response
    tag = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
    if "Cache-Control" not in response.headers:
        response["Cache-Control"] = "private, no-cache"
    response["ETag"] = tag
    patch_vary_headers(response, VARY)
    if matches(request.headers.get("If-None-Match", ""), tag):
        response.status_code = 304
        response.content = b""
        for header in ("Content-Type", "Content-Length"):
            response.headers.pop(header, None)
    return response


def _without_body(response: HttpResponse) -> HttpResponse:
    if response.streaming:
        length = response.headers.get("Content-Length")
        response.close()
        empty = HttpResponse(status=response.status_code, headers=dict(response.headers))
        empty.cookies = response.cookies
        response = empty
    else:
        length = str(len(response.content))
        response.content = b""
    if length is not None and response.status_code != 304:
        response["Content-Length"] = length
    return response
