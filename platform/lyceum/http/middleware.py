"""What is settled about a request before any view runs: its id, its school, its origin."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from lyceum.http import origins
from lyceum.http.problems import CONTENT_TYPE, HostNotServed, problem_of, problem_of_status
from lyceum.kernel.context import RequestContext, serving
from lyceum.kernel.errors import DomainError
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool, SchoolSuspended, find_school
from lyceum.schools.scope import within

GetResponse = Callable[[HttpRequest], HttpResponse]
GIVEN_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
API = ("/api/", "/_allauth/")
AUTHORING = "/api/cms"
# Asked of the instance, not of a school, and answered without the database, which may be away.
HEALTH = ("/api/v1/health/live", "/api/v1/health/ready")
ABOUT_THE_BODY = frozenset({"Content-Type", "Content-Length", "Location"})

logger = logging.getLogger(__name__)


class RequestContextMiddleware:
    """Give every request an id, which log, audit and answer share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if GIVEN_ID.match(given) else str(new_uuid())
        context = RequestContext(request_id=request_id, address=request.META.get("REMOTE_ADDR", ""))
        request.request_id = request_id  # type: ignore[attr-defined]  # for what Django logs after
        with serving(context):
            response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class ProblemMiddleware:
    """
    Answer every refusal under `/api/` as problem+json, whoever made it; a strange host, anywhere.

    Wagtail's API has problems of its own, and a report of health is one whatever it says: these
    pass as they are.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            _check_host(request)
            response = self.get_response(request)
        except DomainError as error:
            return problem_of(error)
        is_cms = request.path.startswith(AUTHORING)
        # Without its slash, the API's root is an address that is not there.
        lost = response.status_code == 301 and not is_cms
        status = 404 if lost else response.status_code
        if not _is_ours(request.path) or status < 400:
            return response
        keeps = is_cms or request.path.startswith(HEALTH)
        kept = "application/" if keeps else CONTENT_TYPE
        if response.headers.get("Content-Type", "").startswith(kept):
            return response
        answer = problem_of_status(request, status)
        for header, value in response.headers.items():
            if header not in ABOUT_THE_BODY:
                answer.headers.setdefault(header, value)
        return answer


def _check_host(request: HttpRequest) -> None:
    try:
        request.get_host()
    except DisallowedHost as error:
        logger.warning("A host that is not served: %s", error)
        raise HostNotServed from error


def _is_ours(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")


class SchoolMiddleware:
    """
    Find the request's school, and refuse at once what is not for it.

    The API alone looks at `X-School` and at origins; elsewhere the host says it all, and Django's
    own CSRF check looks at the origin.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_api = request.path.startswith(API)
        try:
            school = self._find(request, slug=request.headers.get("X-School", "") if is_api else "")
            if is_api and origins.is_preflight(request):
                return origins.preflight_answer(request, school)
            if is_api:
                origins.check(request, school)
            if school is not None and school.status == "suspended":
                raise SchoolSuspended
        except DomainError as error:
            response = problem_of(error)
        else:
            with within(school):
                response = self.get_response(request)
        if is_api:
            patch_vary_headers(response, ["Origin", "X-School"])
            origins.allow(request, response, getattr(request, "school", None))
        return response

    def _find(self, request: HttpRequest, *, slug: str) -> CurrentSchool | None:
        request.school = None  # type: ignore[attr-defined]
        request.school_from = ""  # type: ignore[attr-defined]
        if request.path.startswith(HEALTH):
            return None
        host, _, _ = request.get_host().rpartition(":")
        # A name may end in a dot, and means the same (RFC 1034, section 3.1).
        host = (host or request.get_host()).lower().rstrip(".")
        # A preflight cannot carry the header; what it asks for is checked when it comes.
        school = find_school(host=host, port=int(request.get_port()), slug=slug)
        request.school = school  # type: ignore[attr-defined]
        if school is not None:
            request.school_from = "host" if school.host == host else "header"  # type: ignore[attr-defined]
        return school
