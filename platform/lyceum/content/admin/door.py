"""The door of the Wagtail admin: on a school's host there is that school, and nothing else.

Policies and hooks narrow what the admin lists. What a request names by id is held to the school
here, before any view runs: Wagtail answers a foreign id with a refusal, or with a title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import override
from modelsearch.backends.base import FilterFieldError

from lyceum.content.admin.addresses import is_known, is_open, is_there_for, thing_of, within_page
from lyceum.content.admin.publication import lead_to_remarks
from lyceum.content.admin.speaking import language_of_editor
from lyceum.content.models import BasePage
from lyceum.content.page_doors import absent_plugin, is_type_of_absent_plugin
from lyceum.content.page_rules import owned
from lyceum.content.publication.gate import NotReady
from lyceum.content.rights.files import prime_file_rights
from lyceum.http.headers import POLICY_HEADER
from lyceum.schools.confinement import confined_to
from lyceum.schools.current import CurrentSchool
from lyceum.schools.scope import current_school

BULK_ACTION = "wagtail_bulk_action"
# Fields that no browser leaves out, and without which Wagtail breaks.
NEEDED = {"wagtailadmin_choose_page_external_link": "external-link-chooser-url"}

# What can be done with a page whose plugin is off, or whose code is gone.
WITHOUT_PLUGIN = frozenset(
    f"wagtailadmin_pages:{name}" for name in ("delete", "unpublish", "set_page_position")
)
# Where the name of the deed is an argument: which of them can.
DEEDS_WITHOUT_PLUGIN = frozenset({"delete", "unpublish"})
PAGE_ACTION = "wagtailadmin_api:pages:action"

# Draftail, React and Wagtail's own pages write styles into elements; scripts are files of ours.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors {frames}"
)


class AdminDoor:
    """Middleware: lets requests for the admin pass that stay within their school."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.address = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Not by `isinstance`, which a lazy user would pass without being looked up.
        if not request.path.startswith(self.address):
            return self.get_response(request)
        if request.user.is_authenticated:
            choosing = request.path.startswith(f"{self.address}media/chooser/")
            prime_file_rights(request.user, choosing_media=choosing)
        _close_quotes(request)
        with confined_to(current_school()), override(language_of_editor(request)):
            response = self.get_response(request)
        response.headers.setdefault(POLICY_HEADER, _policy_of(response))
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """
        Hold what a request names to its school.

        :raises Http404: if it is another's, or for operators
        """
        if not request.path.startswith(self.address) or request.resolver_match is None:
            return None
        match = request.resolver_match
        if not is_open(match.view_name) and not request.user.is_superuser:
            raise Http404
        if not is_there_for(request.user, match.view_name):
            raise Http404
        _check_meanings(match)
        school = current_school()
        if school is not None:
            if is_type_of_absent_plugin(str(match.kwargs.get("content_type_app_name"))):
                raise Http404
            for model, keys in _named(request, match):
                _hold(model, keys, school)
            _hold_within_page(match)
            if absent := _absent_plugin(request, match):
                shown = {"plugin": absent, "page_id": _page_id(match)}
                return render(request, "content/admin/page_of_plugin.html", shown, status=409)
        needed = NEEDED.get(match.view_name)
        if request.method == "POST" and needed and needed not in request.POST:
            return HttpResponseBadRequest()
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """
        Lead to the editor of a page that was not published, and why.

        Answer 400 to forms and filters that no page of the editor makes: Wagtail breaks.
        """
        if not request.path.startswith(self.address):
            return None
        if isinstance(error, NotReady):
            return lead_to_remarks(request, error.page, error.remarks)
        broken = (MultiValueDictKeyError, RawPostDataException, FilterFieldError)
        return HttpResponseBadRequest() if isinstance(error, broken) else None


def _policy_of(response: HttpResponse) -> str:
    """Return the policy of a page; what Wagtail shows within its editor may stand there alone."""
    within = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
    return POLICY.format(frames="'self'" if within else "'none'")


def _close_quotes(request: HttpRequest) -> None:
    """Take the quotes out of a search that leaves one open: SQLite's search would break on it."""
    asked = request.GET.get("q", "")
    if asked.count('"') % 2:
        parameters = request.GET.copy()
        parameters["q"] = asked.replace('"', " ")
        request.GET = parameters  # type: ignore[assignment]


def _check_meanings(match: ResolverMatch) -> None:
    """Refuse what nobody has said the meaning of: ids that would be held to no school."""
    is_whole = match.view_name in (BULK_ACTION, "wagtailadmin_editing_sessions:ping")
    if is_whole and thing_of(match, "pk") is None:
        raise Http404
    if is_open(match.view_name) and not all(is_known(match, name) for name in match.kwargs):
        raise Http404


def _hold(model: type[Model], keys: Iterable[str], school: CurrentSchool) -> None:
    wanted = {str(key) for key in keys}
    if owned(model, wanted, school) < len(wanted):
        raise Http404


def _absent_plugin(request: HttpRequest, match: ResolverMatch) -> str:
    """Return which plugin a page needs for what is asked, and is not in force; "" if none."""
    deeds = {BULK_ACTION: "action", PAGE_ACTION: "action_name"}
    if match.kwargs.get(deeds.get(match.view_name, "")) in DEEDS_WITHOUT_PLUGIN:
        return ""
    if match.view_name == BULK_ACTION:
        pages = [key for model, keys in _named(request, match) if model is BasePage for key in keys]
    elif match.view_name.startswith(("wagtailadmin_pages:", PAGE_ACTION)):
        page = None if match.view_name in WITHOUT_PLUGIN else _page_id(match)
        pages = [] if page is None else [str(page)]
    else:
        return ""
    types = BasePage.objects.filter(pk__in=pages).values_list("content_type_id", flat=True)
    return next(filter(None, map(absent_plugin, types)), "")


def _page_id(match: ResolverMatch) -> int | None:
    return (
        match.kwargs.get("page_id") or match.kwargs.get("pk") or match.kwargs.get("page_to_move_id")
    )


def _hold_within_page(match: ResolverMatch) -> None:
    """Refuse a revision or a step of a review that is not the very page's."""
    page_id = match.kwargs.get("page_id") or match.kwargs.get("pk")
    if page_id is not None and not all(
        found.exists() for found in within_page(int(page_id), match.kwargs)
    ):
        raise Http404


def _named(request: HttpRequest, match: ResolverMatch) -> Iterator[tuple[type[Model], list[str]]]:
    """Yield what a request names by id: in its path, its query and its form."""
    for source in (match.kwargs, request.GET, request.POST):
        for name in source:
            model = thing_of(match, name)
            nothing = ("", None, "all") if match.view_name == BULK_ACTION else ("", None)
            keys = [value for value in _values(source, name) if value not in nothing]
            if model is not None and keys:
                yield model, keys


def _values(source: Any, name: str) -> list[Any]:
    return source.getlist(name) if hasattr(source, "getlist") else [source[name]]
