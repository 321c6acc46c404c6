"""
The pages of a host: the front end of a school's theme, and the front page of the instance.

A page's first HTML holds its text, written from the very answer that the API gives to this reader,
so that it can be read without scripts; all else the front end asks the API for.
"""

from __future__ import annotations

import json
from copy import copy
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import select_template
from django.urls import resolve
from django.views.decorators.clickjacking import xframe_options_sameorigin

from lyceum.content.embedded import PLAYERS
from lyceum.content.files.addresses import where_files_lie
from lyceum.content.preview.words import direction_of, words_in
from lyceum.content.queries import page_at
from lyceum.content.readers import reader_of
from lyceum.http.headers import HEADERS
from lyceum.http.problems import problem_of
from lyceum.http.screens import plugins_in_force, sayings_in_force
from lyceum.kernel.errors import NotFound
from lyceum.kernel.identity import new_secret
from lyceum.schools.current import CurrentSchool
from lyceum.schools.queries import listed_schools
from lyceum.theming.files import JOINED
from lyceum.theming.logos import logo_address
from lyceum.theming.looks import Look, themes

API = "/api/v1"
# Of the instance's own page: it has no script.
FRONT_POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
    "img-src 'self' blob: {files}; media-src 'self' blob: {files}; manifest-src 'self'; "
    "worker-src 'self'; frame-src {players}; base-uri 'none'; form-action {forms}; "
    "frame-ancestors 'self'"
)

# What readers chose by the switches of the front end, which writes these cookies.
LANGUAGE_COOKIE, APPEARANCE_COOKIE = "lyceum_language", "lyceum_appearance"
# The form that leads to a provider is sent on to its pages, wherever it has them.
FORMS = "'self' https:"

# Learners record themselves; nothing else of the device is asked for.
MICROPHONE = HEADERS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")


def front_page(request: HttpRequest) -> HttpResponse:
    """Show a school's catalogue on its own host; elsewhere, which schools there are."""
    if _school_of(request) is not None:
        return school_page(request, f"{API}/content/tree")
    nonce = new_secret()
    shown = {"schools": listed_schools(), "port": request.get_port(), "nonce": nonce}
    response = render(request, "api/front_page.html", shown)
    response["Content-Security-Policy"] = FRONT_POLICY.format(nonce=nonce)
    response["Vary"] = "Host"
    return response


def lesson_page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page of a school's content, found by the slugs that lead to it."""
    school = _school_of(request)
    found = page_at(school, path) if school else None
    return school_page(request, f"{API}/content/{found.plural}/{found.uuid}" if found else "")


def screen_page(request: HttpRequest) -> HttpResponse:
    """Show a screen that holds no text of the school's: signing in, one's progress."""
    return school_page(request, f"{API}/school")


def person_page(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show the public face of a person, as far as the reader may see it."""
    return school_page(request, f"{API}/people/{id}")


@xframe_options_sameorigin
def preview_page(request: HttpRequest) -> HttpResponse:
    """
    Show the unsaved page that a token of the editor is for.

    Files of a draft are the school's own, and seen by its staff alone: the creator's browser is
    signed in, and any other holder of the token sees the texts.
    """
    asked = {name: request.GET.get(name, "") for name in ("token", "lang")}
    response = school_page(request, f"{API}/content/preview?{urlencode(asked)}")
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def plugin_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the screens of a plugin in force; what is off is answered as what nobody knows."""
    school = _school_of(request)
    has_screens = school and any(
        each.slug == slug and each.web for each in plugins_in_force(school)
    )
    return school_page(request, f"{API}/school" if has_screens else "")


def school_page(request: HttpRequest, address: str) -> HttpResponse:
    """
    Show what the API answers at an address, with its query, in the theme of the school.

    The answer goes with it, and the words of plugins' screens, so that the front end need not ask.
    """
    school = _school_of(request)
    if school is None:
        return problem_of(NotFound())
    look = themes.look_of(school)
    chosen = _chosen_language(request, school)
    answer = _answer_of(request, address, chosen) if address else problem_of(NotFound())
    is_content = address.startswith(f"{API}/content/")
    # What the school tells of itself is in no language: the page around it is in the reader's.
    told_in = answer.headers.get("Content-Language", "") if is_content else ""
    language = told_in or chosen or reader_of(request).language
    told: dict[str, Any] = json.loads(answer.content)
    said = _said(school, language)
    shown = {
        "school": school,
        "look": look,
        "logo": logo_address(school),
        "told": told if answer.status_code == 200 else {},
        "problem": told if answer.status_code != 200 else {},
        "first": {"address": address, "status": answer.status_code, "answer": told, **said},
        "language": language,
        "direction": direction_of(language),
        "appearance": _chosen_appearance(request),
        "words": words_in(language),
        "app": look.theme.entry,
        "style": look.theme.address("theme.css"),
        "modules": _modules(look),
        "sayings": _sayings(look, language),
    }
    template = select_template([f"{name}/page.html" for name in look.theme.templates])
    response = HttpResponse(template.render(shown, request), status=answer.status_code)
    response["Content-Security-Policy"] = POLICY.format(
        files=where_files_lie(),
        players=" ".join(PLAYERS),
        forms=FORMS if settings.SOCIALACCOUNT_PROVIDERS else "'self'",
    )
    response["Permissions-Policy"] = MICROPHONE
    response["Content-Language"] = language
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Host, Accept-Language, Cookie"
    return response


def _said(school: CurrentSchool, language: str) -> dict[str, Any]:
    """Return what the screens of plugins say, for the front end."""
    sayings = sayings_in_force(school, language)
    return {"sayings": {slug: asdict(said) for slug, said in sayings.items()}}


def no_icon(request: HttpRequest) -> HttpResponse:
    """Tell a browser, which asks by itself, that there is no icon; not to be asked for a day."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _school_of(request: HttpRequest) -> CurrentSchool | None:
    school: CurrentSchool | None = getattr(request, "school", None)
    return school


def _chosen_language(request: HttpRequest, school: CurrentSchool) -> str:
    """Return which of the school's languages the address or the reader's cookie names, else ""."""
    asked = (request.GET.get("lang", ""), request.COOKIES.get(LANGUAGE_COOKIE, ""))
    return next((each for each in asked if each in school.languages), "")


def _chosen_appearance(request: HttpRequest) -> str:
    """Return "light" or "dark" if the reader chose one; "" leaves it to their system."""
    chosen = request.COOKIES.get(APPEARANCE_COOKIE, "")
    return chosen if chosen in ("light", "dark") else ""


def _answer_of(request: HttpRequest, address: str, chosen: str) -> HttpResponse:
    """Return what the API answers to this reader; content is in the language chosen, if any is."""
    path, _, query = address.partition("?")
    asked = copy(request)
    asked.path = asked.path_info = path
    asked.method = "GET"
    # It is for the page alone whether the browser has it already.
    asked.META = {
        name: value for name, value in request.META.items() if name != "HTTP_IF_NONE_MATCH"
    }
    vars(asked).pop("headers", None)
    if chosen and not query and path.startswith(f"{API}/content/"):
        query = urlencode({"lang": chosen})
    asked.GET = QueryDict(query)
    found = resolve(path)
    response: HttpResponse = found.func(asked, *found.args, **found.kwargs)
    return response


def _modules(look: Look) -> list[str]:
    """Return the scripts to be fetched at once, where the front end is not one file."""
    if look.theme.entry == look.theme.address(JOINED):
        return []
    names = ("vendor/preact.js", "api.js", "words.js", "lesson.js")
    return [look.theme.address(name) for name in names if name in look.theme.files]


def _sayings(look: Look, language: str) -> str:
    """Return where the front end's own words are, in a language or in English; "" if nowhere."""
    names = (f"words/{language}.json", "words/en.json")
    return next((look.theme.address(name) for name in names if name in look.theme.files), "")
