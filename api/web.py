"""The front page of a host: of a school's own, or of the instance, where it lists the schools."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lyceum.kernel.identity import new_secret
from lyceum.schools.queries import listed_schools

POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def front_page(request: HttpRequest) -> HttpResponse:
    """Show where one is, and where to go from here: the editor and the API's documentation."""
    school = getattr(request, "school", None)
    schools = [] if school else listed_schools()
    nonce = new_secret()
    response = render(
        request,
        "api/front_page.html",
        {"school": school, "schools": schools, "port": request.get_port(), "nonce": nonce},
    )
    response["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    response["Vary"] = "Host"
    return response


def no_icon(request: HttpRequest) -> HttpResponse:
    """Tell a browser, which asks by itself, that there is no icon; not to be asked for a day."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Cache-Control"] = "public, max-age=86400"
    return response
