"""Wagtail's API v3 as a school's creators meet it: never anonymous, and within their school."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.security import HttpBearer
from wagtail.api.v3.urls import api
from wagtail.models import get_page_models
from wagtail.permissions import policy_registry
from wagtail.utils.urlpatterns import decorate_urlpatterns

from lyceum.access.permissions import can
from lyceum.access.roles import all_roles
from lyceum.accounts.models import User
from lyceum.content.authoring_shapes import refuse_other_shapes
from lyceum.content.models import BasePage, LibraryDocument, LibraryImage, LibraryMedia
from lyceum.content.page_rules import owned
from lyceum.content.publication.gate import told_at_publication
from lyceum.content.publication.remarks import Remark
from lyceum.content.rights.files import prime_file_rights
from lyceum.http.authentication import identify
from lyceum.http.parsing import StrictParser
from lyceum.http.problems import problem_of
from lyceum.http.requests import school_of
from lyceum.http.viewing import NotAMember
from lyceum.kernel.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotAuthenticated,
    NotFound,
)
from lyceum.kernel.whole import whole
from lyceum.schools.confinement import confined_to
from lyceum.schools.current import CurrentSchool

View = Callable[..., HttpResponse]


class PageOfPlugin(Conflict):
    """
    The page is of a type that a plugin brings.

    It is written in the editor, where its plugin is on. Here it can be deleted.
    """

    code = "page_of_plugin"
    detail = "Pages of plugins are written in the editor."


NAMED: dict[str, type[Model]] = {
    "page_id": BasePage,
    "parent_id": BasePage,
    "destination_id": BasePage,
    "image_id": LibraryImage,
    "document_id": LibraryDocument,
    "media_id": LibraryMedia,
}
# Wagtail's lists of files know of restrictions, not of policies: these are answered here.
FILE_LISTS: dict[str, type[Model]] = {
    "images/": LibraryImage,
    "documents/": LibraryDocument,
    "media/": LibraryMedia,
}
FOR_OPERATORS = ("sites/", "redirects/", "locales/")
# A page is one page in all its languages, and at one place: an alias would share its public id.
NOT_HERE = ("/actions/create_alias/", "/actions/convert_alias/", "/actions/copy_for_translation/")
LONGEST_LIST = 100
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
READING, WRITING = "content:read", "content:write"


class Signed(HttpBearer):
    """Takes over whom the door let in, in the place of Wagtail's own tokens or nobody at all."""

    def __call__(self, request: HttpRequest) -> Any:
        return request.user if request.user.is_authenticated else None

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return self(request)


def authoring_urls() -> tuple[Any, ...]:
    """Return what to mount: Wagtail's addresses, each behind our door."""
    # As strict as ours: by default, NaN and half a character would reach the database.
    api.parser = StrictParser()
    refuse_other_shapes()
    patterns, *names = api.urls
    for router in api._get_bound_routers():
        for path_view in router.path_operations.values():
            for operation in path_view.operations:
                operation.auth_callbacks = [Signed()]
    return (decorate_urlpatterns(patterns, door), *names)


def door(view: View) -> View:
    """Wrap a view so that it is run for the school's own people, about the school's own things."""

    written = whole(view)

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            school = school_of(request)
            request.user = person = _person(request)
            _let_in(person, school)
            address = request.path.partition("/cms/")[2]
            if address.endswith(NOT_HERE):
                raise NotFound
            if address.startswith(FOR_OPERATORS) and not person.is_superuser:
                raise NotFound
            _check_person(request)
            _hold(request, kwargs, school)
            _hold_pages_of_plugins(request, kwargs)
        except DomainError as error:
            return problem_of(error)
        prime_file_rights(person, choosing_media=False)
        with confined_to(school):
            if address in FILE_LISTS and request.method == "GET":
                return _list_files(request, FILE_LISTS[address])
            with told_at_publication() as told:
                return _with_warnings(written(request, *args, **kwargs), told)

    return guarded


def _with_warnings(answer: HttpResponse, told: list[Remark]) -> HttpResponse:
    """Add to a page that was published what its creator should know of it."""
    if told and answer.status_code < 300:
        page = json.loads(answer.content)
        page["meta"]["warnings"] = [*(page["meta"].get("warnings") or ()), *map(str, told)]
        answer.content = json.dumps(page)
    return answer


def _person(request: HttpRequest) -> User:
    """Return whose token it is: an access token of ours, or a personal one. A cookie is none."""
    if "Authorization" not in request.headers:
        raise NotAuthenticated
    person = identify(request, scope=READING if request.method in SAFE else WRITING).user
    if not isinstance(person, User):
        raise NotAuthenticated
    return person


def _let_in(person: User, school: CurrentSchool) -> None:
    if can(person, "wagtailadmin.access_admin", school):
        return
    raise Forbidden if school.id in all_roles(person) else NotAMember


def _check_person(request: HttpRequest) -> None:
    """Refuse to list the versions of who is no number: Wagtail's filter would break on it."""
    if not request.GET.get("user_id", "0").isdecimal():
        raise Invalid(fields={"user_id": ["This is no number."]})


def _hold(request: HttpRequest, kwargs: dict[str, Any], school: CurrentSchool) -> None:
    for name, key in (*kwargs.items(), *_named_in_body(request)):
        model = NAMED.get(name)
        if model is not None and not owned(model, {str(key)}, school):
            raise NotFound


def _hold_pages_of_plugins(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Refuse what Wagtail's API would break on: it knows the types alone that every school has."""
    page = BasePage.objects.filter(pk=kwargs.get("page_id")).first()
    if page is None or request.method == "DELETE":
        return
    if page.specific_class not in get_page_models():
        raise PageOfPlugin


def _named_in_body(request: HttpRequest) -> Iterator[tuple[str, Any]]:
    # Wagtail reads JSON under whatever name it comes; files in forms are not for reading twice.
    if request.content_type == "multipart/form-data":
        return
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        # What is malformed is for the view to say.
        return
    if not isinstance(body, dict):
        raise Invalid("The body is a JSON object.")
    for part in (body, body.get("meta")):
        if isinstance(part, dict):
            yield from (
                (name, key) for name, key in part.items() if name in NAMED and key is not None
            )


def _list_files(request: HttpRequest, model: type[Model]) -> HttpResponse:
    """Answer the school's files of a library in Wagtail's shape, the newest first."""
    policy = policy_registry.get_by_type(model)
    rows = policy.instances_user_has_any_permission_for(request.user, {"choose", "change"})
    start, length = _number(request, "offset", 0), _number(request, "limit", 20)
    page = rows.order_by("-pk")[start : start + min(length, LONGEST_LIST)]
    items = [
        {"id": row.pk, "uuid": str(row.uuid), "title": row.title, "filename": row.filename}
        for row in page
    ]
    return JsonResponse({"items": items, "count": rows.count()})


def _number(request: HttpRequest, name: str, default: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else default
