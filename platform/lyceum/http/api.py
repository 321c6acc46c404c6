"""ninja's API object, with our errors and our document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as BadInput
from ninja.openapi.schema import get_schema
from ninja.operation import Operation
from pydantic import ValidationError as BadModel

from lyceum.http import openapi
from lyceum.http.idempotency import is_replay
from lyceum.http.outages import answer_to
from lyceum.http.parsing import StrictParser
from lyceum.http.plugins import InForce, plugin_of
from lyceum.http.problems import Malformed, problem_of, problem_of_status
from lyceum.kernel.errors import DomainError, Forbidden, Invalid, NotAuthenticated, NotFound
from lyceum.schools.scope import current_school


# ninja's types offer a handler the class as well as the instance; only instances come.
class LyceumAPI(NinjaAPI):
    """An API that answers every refusal as problem+json, and tells of it in its document."""

    # Functions that add to the document what others serve, such as allauth's endpoints.
    document_parts: Sequence[Callable[[dict[str, Any]], dict[str, Any]]] = ()

    def __init__(self, **options: Any) -> None:
        super().__init__(parser=StrictParser(), **options)
        self._documents: dict[tuple[str, frozenset[str]], Any] = {}

    def get_openapi_schema(
        self,
        *,
        path_prefix: str | None = None,
        path_params: dict[str, Any] | None = None,
    ) -> Any:
        """Return the document of the request's school: with the plugins in force there."""
        school = current_school()
        in_force = school.plugins if school else frozenset()
        prefix = path_prefix or self.get_root_path(path_params or {})
        if (prefix, in_force) not in self._documents:
            self._documents[prefix, in_force] = self._document(prefix, in_force)
        return self._documents[prefix, in_force]

    def _document(self, prefix: str, in_force: frozenset[str]) -> Any:
        seen: Any = InForce(self, in_force)
        document = openapi.complete(get_schema(seen, path_prefix=prefix))
        for extend in self.document_parts:
            document = extend(document)
        return document

    def get_openapi_operation_id(self, operation: Operation) -> str:
        slug = plugin_of(operation.view_func.__module__)
        name = operation.view_func.__name__
        return f"{slug}_{name}" if slug else name

    def set_default_exception_handlers(self) -> None:
        self.add_exception_handler(DomainError, _domain_error)
        self.add_exception_handler(BadInput, _bad_input)
        self.add_exception_handler(BadModel, _bad_input)
        self.add_exception_handler(AuthenticationError, _not_authenticated)
        self.add_exception_handler(HttpError, _http_error)
        self.add_exception_handler(Http404, _not_found)
        self.add_exception_handler(PermissionDenied, _forbidden)
        self.add_exception_handler(Exception, _crash)


def _domain_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_of(error)


def _bad_input(request: HttpRequest, error: Any) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    rows: Any = error.errors if isinstance(error, BadInput) else error.errors(include_url=False)
    for row in rows:
        fields.setdefault(_path_of(row["loc"]), []).append(_sentence(row["msg"]))
    return problem_of(Invalid(fields=fields))


def _path_of(location: tuple[Any, ...]) -> str:
    """
    Return a field's path as a client writes it: without where ninja looked for it.

    What is wrong with the whole of it is told of `body`, or where else it should have been.
    """
    parts = [str(part) for part in location]
    whole = parts[0] if parts else "body"
    if parts and parts[0] in {"body", "query", "path", "form", "header", "file", "cookie"}:
        # A body is named after the endpoint's parameter, which no client knows.
        parts = parts[2:] if parts[0] in {"body", "form"} and len(parts) > 1 else parts[1:]
    return ".".join(parts) or whole


def _sentence(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message if message.endswith((".", "?", "!")) else message + "."


def _not_authenticated(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_of(NotAuthenticated())


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    if error.status_code == 400:
        return problem_of(Malformed())
    return problem_of_status(request, error.status_code)


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_of(NotFound())


def _forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_of(Forbidden())


def _crash(request: HttpRequest, error: Any) -> HttpResponse:
    if is_replay(error):
        raise error
    return problem_of(answer_to(error, request))
