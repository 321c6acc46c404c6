"""The door of the Wagtail admin: on a school's host there is that school, and nothing else.

Policies and hooks narrow what the admin lists. What a request names by id is held to the school
here, before any view runs: Wagtail answers a foreign id with a refusal, or with a title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse

from lyceum.content.file_policy import prime_file_rights
from lyceum.content.models import BasePage, LibraryDocument, LibraryImage, LibraryMedia
from lyceum.content.page_rules import owned
from lyceum.schools.current import CurrentSchool
from lyceum.schools.scope import current_school

PAGE_NAMES = {
    "page_id",
    "parent_page_id",
    "page_to_move_id",
    "destination_id",
    "parent_id",
    "parent_page",
    "new_parent_page",
}
FILE_NAMES: dict[str, type[Model]] = {
    "image_id": LibraryImage,
    "document_id": LibraryDocument,
    "doc_id": LibraryDocument,
    "media_id": LibraryMedia,
}
# Where an id is called `pk` or `id`, the namespace says what it is of.
BY_NAMESPACE: dict[str, type[Model]] = {
    "wagtailimages_chooser": LibraryImage,
    "wagtaildocs_chooser": LibraryDocument,
    "wagtailadmin_api:pages": BasePage,
}

# What shows more than one school, or people of any school: for operators alone.
FOR_OPERATORS = (
    "wagtailadmin_reports:",
    "wagtailadmin_workflows:",
    "wagtailadmin_collections:",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_api:images:",
    "wagtailadmin_api:documents:",
    "wagtailusers_",
    "wagtailsites:",
    "wagtaillocales:",
)


class AdminDoor:
    """Middleware: lets requests for the admin pass that stay within their school."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.address = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Not by `isinstance`, which a lazy user would pass without being looked up.
        if request.path.startswith(self.address) and request.user.is_authenticated:
            choosing = request.path.startswith(f"{self.address}media/chooser/")
            prime_file_rights(request.user, choosing_media=choosing)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """
        Hold what a request names to its school.

        :raises Http404: if it is another's, or for operators
        """
        if not request.path.startswith(self.address) or request.resolver_match is None:
            return
        match = request.resolver_match
        if match.view_name.startswith(FOR_OPERATORS) and not request.user.is_superuser:
            raise Http404
        school = current_school()
        if school is not None:
            for model, keys in _named(request, match):
                _hold(model, keys, school)


def _hold(model: type[Model], keys: Iterable[str], school: CurrentSchool) -> None:
    wanted = {str(key) for key in keys}
    if not all(key.isdecimal() for key in wanted) or owned(model, wanted, school) < len(wanted):
        raise Http404


def _named(request: HttpRequest, match: ResolverMatch) -> Iterator[tuple[type[Model], list[str]]]:
    """Yield what a request names by id: in its path, its query and its form."""
    for source in (match.kwargs, request.GET, request.POST):
        for name in source:
            if name in PAGE_NAMES or name in FILE_NAMES:
                values = _values(source, name)
                if values:
                    yield FILE_NAMES.get(name, BasePage), values
    yield from _by_namespace(request, match)


def _by_namespace(
    request: HttpRequest, match: ResolverMatch
) -> Iterator[tuple[type[Model], list[str]]]:
    model = BY_NAMESPACE.get(match.namespace)
    if match.url_name == "wagtail_bulk_action":
        try:
            model = apps.get_model(match.kwargs["app_label"], match.kwargs["model_name"])
        except LookupError as error:
            raise Http404 from error
    if model is None:
        return
    if "pk" in match.kwargs:
        yield model, [match.kwargs["pk"]]
    listed = [key for key in request.GET.getlist("id") if key != "all"]
    if listed:
        yield model, listed


def _values(source: Any, name: str) -> list[str]:
    found = source.getlist(name) if hasattr(source, "getlist") else [source[name]]
    return [value for value in found if value not in ("", None)]
