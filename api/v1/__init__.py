"""Version 1 of the platform's API: a resource a module, put together by `build()`."""

from __future__ import annotations

from importlib import import_module

from django.http import HttpRequest, HttpResponse
from ninja.openapi.docs import Redoc, Swagger

from lyceum.http.api import LyceumAPI

RESOURCES = ("school", "members", "operations", "problems")


def build() -> LyceumAPI:
    """Return a new API object. A factory, since ninja freezes routers when `urls` is read."""
    api = LyceumAPI(
        title="Lyceum",
        version="1",
        description="Everything that a school's web and mobile front ends need.",
        urls_namespace="api-v1",
        docs=Swagger(),
        docs_url="/docs",
    )
    for resource in RESOURCES:
        api.add_router("", import_module(f"api.v1.{resource}").router)
    return api


def redoc(request: HttpRequest) -> HttpResponse:
    """Show the document in ReDoc: the same as `/docs`, for those who read rather than try."""
    return Redoc().render_page(request, reader)


# Only its address is asked for by ReDoc's page.
reader = build()
