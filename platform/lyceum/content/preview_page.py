"""The plain page that shows a preview."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from lyceum.content.preview import PreviewNotFound, read_preview
from lyceum.kernel.clock import now
from lyceum.schools.scope import current_school

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@xframe_options_sameorigin
def preview_page(request: HttpRequest) -> HttpResponse:
    """Show the page that a token is for, as the API would tell it."""
    school = current_school()
    if school is None:
        raise Http404
    try:
        told = read_preview(
            token=request.GET.get("token", ""),
            school=school,
            language=request.GET.get("lang", ""),
            at=now(),
        )
    except PreviewNotFound as error:
        raise Http404 from error
    shown = json.dumps(told, indent=2, ensure_ascii=False)
    response = render(request, "content/preview.html", {"told": told, "shown": shown})
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["Content-Security-Policy"] = POLICY
    return response
