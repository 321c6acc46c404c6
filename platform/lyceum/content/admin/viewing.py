"""“View the catalogue as…”: the catalogue as a student of a level, or a stranger, would see it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lyceum.access.permissions import can
from lyceum.content.admin.addresses import staff_addresses
from lyceum.content.admin.showing import show_page
from lyceum.content.catalogue import read_exercises_of, read_tree
from lyceum.content.files.addresses import where_files_lie
from lyceum.content.listing import Listing
from lyceum.content.preview.words import direction_of, words_in
from lyceum.content.readers import borrowed, reader_for
from lyceum.content.reading import read_one
from lyceum.content.types import content_types, is_there, types_at
from lyceum.content.visibility import Reader
from lyceum.http.problems import status_of
from lyceum.http.viewing import (
    ANONYMOUS,
    OUTSIDER,
    PARAMETER,
    PERMISSION,
    Viewpoint,
    enter_catalogue,
    take_viewpoint,
)
from lyceum.kernel.errors import DomainError
from lyceum.kernel.identity import new_secret
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import levels_of
from lyceum.schools.roles import STUDENT
from lyceum.schools.scope import current_school
from lyceum.schools.standing import standing_of

app_name = "lyceum_viewing"

# Of a page that shows a document: it has no script.
POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self' {files}; media-src 'self' "
    "{files}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@never_cache
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Offer whom to view the catalogue as, and list it as they would see it."""
    school = _school(request)
    language = _language(request, school)
    shown: dict[str, Any] = {
        "viewpoints": _viewpoints(school),
        "viewpoint": request.GET.get(PARAMETER, ""),
        "languages": [(code, dict(settings.LANGUAGES)[code]) for code in school.languages],
        "language": language,
    }
    if shown["viewpoint"]:
        try:
            reader = _reader(request, school, language)
            nodes = json.loads(read_tree(reader))["items"]
            shown["tree"] = [_placed(node, school) for node in nodes]
        except DomainError as refusal:
            shown["refusal"] = refusal
    template, title = "content/viewing/catalogue.html", gettext("View the catalogue as…")
    return show_page(request, template, shown, title=title, icon="view")


@never_cache
@require_safe
def page(request: HttpRequest, plural: str, uuid: UUID) -> HttpResponse:
    """Show a page of the catalogue as they would see it; a lesson with its exercises."""
    school, kind = _school(request), content_types.get(plural)
    if kind is None or not kind.detailed or not is_there(kind, school):
        raise Http404
    language, nonce = _language(request, school), new_secret()
    shown: dict[str, Any] = {
        "viewpoint": request.GET.get(PARAMETER, ""),
        "school": school.name,
        "language": language,
        "direction": direction_of(language),
        "words": words_in(language),
        "nonce": nonce,
    }
    try:
        reader = _reader(request, school, language)
        shown["told"] = json.loads(read_one(kind, uuid, reader))
        if plural == "lessons":
            told = read_exercises_of(uuid, Listing(limit=100), reader)
            shown["exercises"] = json.loads(told)["items"]
    except DomainError as refusal:
        shown["refusal"] = refusal
    status = status_of(shown["refusal"]) if "refusal" in shown else 200
    response = render(request, "content/viewing/page.html", shown, status=status)
    response["Content-Security-Policy"] = POLICY.format(nonce=nonce, files=where_files_lie())
    return response


def _school(request: HttpRequest) -> CurrentSchool:
    school = current_school()
    if school is None or not can(request.user, PERMISSION, school):
        raise Http404
    return school


def _language(request: HttpRequest, school: CurrentSchool) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in school.languages else school.language


def _reader(request: HttpRequest, school: CurrentSchool, language: str) -> Reader:
    """
    Return the reader whose eyes are borrowed.

    :raises DomainError: what such a one would be answered at the door
    """
    user: Any = request.user
    taken = take_viewpoint(user=user, school=school, text=request.GET.get(PARAMETER, ""))
    enter_catalogue(school, is_signed_in=taken.is_signed_in, is_member=taken.standing.is_member)
    standing = standing_of(user_id=user.pk, school_id=school.id)
    return borrowed(
        reader_for(request, user=user, standing=standing, lang=language), taken.standing
    )


def _viewpoints(school: CurrentSchool) -> list[tuple[str, str]]:
    levels = levels_of(school.level_scale)
    return [
        (STUDENT, gettext("A student without a level")),
        *(
            (str(Viewpoint(STUDENT, level)), gettext("A student of %(level)s") % {"level": level})
            for level in levels
        ),
        (OUTSIDER, gettext("A stranger who is signed in")),
        (ANONYMOUS, gettext("A stranger who is not")),
    ]


def _placed(node: dict[str, Any], school: CurrentSchool) -> dict[str, Any]:
    """Return a node of the tree, and those below it, each with the address that shows it."""
    plural = next((kind.plural for kind in types_at(school) if kind.name == node["type"]), "")
    kind = content_types.get(plural)
    if kind is not None and kind.detailed:
        node["address"] = reverse("lyceum_viewing:page", args=[plural, node["id"]])
    node["children"] = [_placed(child, school) for child in node["children"]]
    return node


def open_to_staff() -> None:
    """Say that these addresses are for a school's staff, and that they hold what they name."""
    for name in ("catalogue", "page"):
        staff_addresses.register(f"{app_name}:{name}", {})


urlpatterns = [
    path("", catalogue, name="catalogue"),
    path("<slug:plural>/<uuid:uuid>/", page, name="page"),
]
