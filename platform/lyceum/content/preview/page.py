"""The plain page that shows a preview, made of the very document that readers would get."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from lyceum.content.documents.making import refresh
from lyceum.content.documents.telling import told_at
from lyceum.content.files.addresses import where_files_lie
from lyceum.content.models import Document
from lyceum.content.preview.services import PreviewNotFound, read_preview
from lyceum.content.preview.words import direction_of, words_in
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_secret
from lyceum.schools.current import CurrentSchool
from lyceum.schools.scope import current_school

POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self' {files}; media-src 'self' "
    "{files}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@xframe_options_sameorigin
def preview_page(request: HttpRequest) -> HttpResponse:
    """
    Show the page that a token is for, as the API would tell it.

    Files of a draft are the school's own, and seen by its staff alone: the creator's browser is
    signed in, and any other holder of the token sees the texts.
    """
    school = current_school()
    if school is None:
        raise Http404
    asked, at, token = request.GET.get("lang", ""), now(), request.GET.get("token", "")
    language = asked if asked in school.languages else school.language
    try:
        told = read_preview(token=token, school=school, language=language, at=at)
    except PreviewNotFound as error:
        raise Http404 from error
    _add_tasks(told, school, language, at)
    nonce = new_secret()
    shown = {
        "told": told,
        "token": token,
        "language": language,
        "direction": direction_of(language),
        "languages": _names(school),
        "words": words_in(language),
        "nonce": nonce,
    }
    response = render(request, "content/preview/page.html", shown)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    response["Referrer-Policy"] = "no-referrer"
    response["Content-Security-Policy"] = page_policy_of(nonce)
    return response


def page_policy_of(nonce: str) -> str:
    """Return the content policy of a page that shows a document, its style under a nonce."""
    return POLICY.format(nonce=nonce, files=where_files_lie())


def _add_tasks(told: dict[str, Any], school: CurrentSchool, language: str, at: datetime) -> None:
    """Give the exercises within a lesson their tasks, as their own documents tell them."""
    placed = [
        block["exercise"]
        for block in told.get("body") or ()
        if block["type"] == "exercise" and block["exercise"]
    ]
    if not placed:
        return
    refresh(school.root_path, plugins=school.plugins, at=at)
    kept = Document.objects.filter(
        page__uuid__in=[exercise["id"] for exercise in placed], language=language, stale=False
    )
    rows = kept.values_list("page__uuid", "body")
    bodies = {str(uuid): json.loads(told_at(body, school)) for uuid, body in rows}
    for exercise in placed:
        body = bodies.get(exercise["id"], {})
        exercise |= {name: body[name] for name in ("instructions", "task") if name in body}


def _names(school: CurrentSchool) -> list[tuple[str, str]]:
    names = dict(settings.LANGUAGES)
    return [(code, names.get(code, code)) for code in school.languages]
