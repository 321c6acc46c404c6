"""A guard before allauth: what would be a crash or a web page there is a problem here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse

from lyceum.accounts.managed.guard import may_change_own
from lyceum.http.outages import answer_to
from lyceum.http.problems import Malformed, TooLarge, problem_of, problem_of_status
from lyceum.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from lyceum.schools.roles import ManagedBySchool

# Where providers send people back to is allauth's too.
ADDRESSES = ("/_allauth/", "/accounts/")

# What allauth does not expect, and what it means.
MEANINGS: tuple[tuple[type[Exception], type[DomainError]], ...] = (
    (Http404, NotFound),
    (PermissionDenied, Forbidden),  # whose address nobody can tell cannot be counted
    (RequestDataTooBig, TooLarge),
    (RecursionError, Malformed),  # lists in lists in lists
    (UnicodeEncodeError, Malformed),  # half a character, as in "\ud800"
    (OverflowError, Malformed),  # a number beyond what a database counts to
    (DataError, Malformed),
    (IntegrityError, Conflict),  # two did the same at once, and the other one was first
)


class AllauthMiddleware:
    """
    Stands before `/_allauth/`, and where providers send people back to.

    allauth's own answers, refusals included, pass as they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADDRESSES):
            return self.get_response(request)
        # Its views break on TRACE, which nobody needs.
        if request.method == "TRACE":
            return problem_of_status(request, 405)
        response = self.get_response(request)
        if response.status_code == 429:
            # allauth counts by the minute, and does not say so.
            response.headers.setdefault("Retry-After", "60")
        if response.status_code < 400 or "json" in response.headers.get("Content-Type", ""):
            return response
        answer = problem_of_status(request, response.status_code)
        if "Allow" in response.headers:
            answer["Allow"] = response["Allow"]
        return answer

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Keep managed accounts from what is their school's to change."""
        return None if may_change_own(request) else problem_of(ManagedBySchool())

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path.startswith(ADDRESSES):
            return None
        if isinstance(exception, DomainError):
            return problem_of(exception)
        for kind, error in MEANINGS:
            if isinstance(exception, kind):
                return problem_of(error())
        return problem_of(answer_to(exception, request))
