"""The API's documentation as a page to read; `/docs` is the one to try it from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lyceum.http.routing import PUBLIC, Router

router = Router(tags=["operations"])


@router.get("/redoc", access=PUBLIC, include_in_schema=False, summary="Read the documentation")
def redoc(request: HttpRequest) -> HttpResponse:
    address = reverse("api-v1:openapi-json")
    return render(
        request,
        "ninja/redoc.html",
        {"openapi_json_url": address, "redoc_settings": "{}", "api": {"title": "Lyceum"}},
    )
