"""What it means that a service we rest on is away: come again soon, nothing is half done."""

from __future__ import annotations

import logging
import sqlite3
import sys
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from lyceum.accounts.models import User
from lyceum.http.problems import ServerError, problem_of
from lyceum.kernel.errors import DomainError, NotAuthenticated, Unavailable

SECONDS = 5  # after which to come again

# By name, and of what the error's class descends from: an instance without S3 does not load its
# SDK, nor one without Redis its client.
OUTAGES = frozenset(
    {
        "django.db.utils.OperationalError",
        "django.db.utils.InterfaceError",  # a connection that died in one's hands
        "redis.exceptions.RedisError",  # the limits cannot be counted: nobody may try
        "botocore.exceptions.HTTPClientError",
        "botocore.exceptions.ConnectionError",
    }
)
REFUSAL_BY_S3 = "botocore.exceptions.ClientError"
PROBLEMS = ("/api/", "/_allauth/", "/accounts/")

logger = logging.getLogger(__name__)


def outage_of(error: BaseException | None) -> Unavailable | None:
    """Return what to answer where an error says that a service is away; None for any other."""
    if error is None:
        return None
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if REFUSAL_BY_S3 in names:
        is_outage = _status_by_s3(error) >= 500
    else:
        is_outage = bool(names & OUTAGES) and not _is_wrong_sql(error)
    return Unavailable(retry_after=SECONDS) if is_outage else None


def answer_to(error: Exception, request: HttpRequest) -> DomainError:
    """Return what to tell of an error that nobody expected, and log it."""
    outage = outage_of(error)
    if outage is None and was_erased_meanwhile(error, request):
        return NotAuthenticated()
    if outage is None:
        logger.error("%s %s broke", request.method, request.path, exc_info=error)
        return ServerError()
    logger.warning("%s %s met an outage: %s", request.method, request.path, error)
    return outage


def crashed(request: HttpRequest) -> HttpResponse:
    """
    Answer what broke outside of any view, and in the admin (Django's `handler500`).

    An outage is a page that a person can read, and a problem to a program. Nothing of it asks a
    service.
    """
    raised = sys.exc_info()[1]
    error: DomainError = outage_of(raised) or ServerError()
    if raised is not None and was_erased_meanwhile(raised, request):
        error = NotAuthenticated()
    answer = problem_of(error)
    if not request.path.startswith(PROBLEMS):
        page = render_to_string("http/unavailable.html", {"error": error})
        answer.content = page.encode()
        answer["Content-Type"] = "text/html; charset=utf-8"
    return answer


def was_erased_meanwhile(error: BaseException, request: HttpRequest) -> bool:
    """Whether something is not there because the account of who asked is not, since they asked."""
    if not isinstance(error, IntegrityError | ObjectDoesNotExist) or connection.needs_rollback:
        return False
    user = getattr(request, "user", None)
    return isinstance(user, User) and not User.objects.filter(pk=user.pk).exists()


def _is_wrong_sql(error: BaseException) -> bool:
    """Whether SQLite, which has one class for both, complains of the statement, not of itself."""
    code: int | None = getattr(error.__cause__, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_ERROR


def _status_by_s3(error: BaseException) -> int:
    response: dict[str, Any] = getattr(error, "response", {})
    return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
