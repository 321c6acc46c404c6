"""The router of every endpoint: each declares at its door who may come in, or does not exist."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, cast

from django.http import HttpRequest
from ninja import Router as NinjaRouter
from ninja.decorators import decorate_view
from ninja.security.base import AuthBase
from ninja.signature import ViewSignature

from lyceum.access.permissions import can
from lyceum.accounts.models import User
from lyceum.http import idempotency, uploads
from lyceum.http.authentication import (
    ANY_TOKEN,
    NO_TOKEN,
    demand_recent_proof,
    identify,
)
from lyceum.http.requests import Request, school_of
from lyceum.http.throttling import Limit
from lyceum.http.viewing import DESCRIPTION, PARAMETER, NotAMember, enter_catalogue, see_as
from lyceum.kernel.clock import now
from lyceum.kernel.errors import Forbidden, Invalid, NotAuthenticated

View = TypeVar("View", bound=Callable[..., Any])


class UnknownParameter(Invalid):
    """
    The query names a parameter that this address does not know.

    Nothing is ignored here, so that a misspelt filter does not answer everything.
    """

    code = "invalid"
    detail = "The query names a parameter that is not known here."


@dataclass(frozen=True)
class Access:
    """
    Who may come in at a door. Of the fields, each True demands more.

    `catalogue` lets anyone in where the school's catalogue is public, else members only. `recent`
    asks for a log-in, or a confirmation of it, within the last minutes. At what is `viewable`,
    creators may read as another.
    """

    name: str
    school: bool = True
    signed_in: bool = False
    member: bool = False
    catalogue: bool = False
    permission: str = ""
    recent: bool = False
    viewable: bool = False
    operator: bool = False

    @property
    def is_open(self) -> bool:
        """Whether anyone may come in, whoever they are."""
        return not (self.signed_in or self.catalogue)


PUBLIC = Access("public", school=False)
SCHOOL = Access("school")
CATALOGUE = Access("catalogue", catalogue=True)
CONTENT = Access("catalogue", catalogue=True, viewable=True)
SIGNED_IN = Access("signed_in", school=False, signed_in=True)
SIGNED_IN_ANEW = Access("signed_in_anew", school=False, signed_in=True, recent=True)
SIGNED_IN_AT_SCHOOL = Access("signed_in_at_school", signed_in=True)
OPERATOR = Access("operator", school=False, signed_in=True, operator=True)
MEMBER = Access("member", signed_in=True, member=True)
MEMBER_ANEW = Access("member_anew", signed_in=True, member=True, recent=True)


def permitted(permission: str, *, anew: bool = False) -> Access:
    """
    Return the access of those members (and operators) who hold a permission in the school.

    With `anew`, only of those who have logged in, or confirmed it, lately.
    """
    name = f"permission:{permission}" + (" anew" if anew else "")
    return Access(name, signed_in=True, permission=permission, recent=anew)


_VIEW_AS = {
    "name": PARAMETER,
    "in": "query",
    "required": False,
    "description": DESCRIPTION,
    "schema": {"type": "string", "title": "View As", "maxLength": 20},
}


class Door(AuthBase):
    """What ninja calls first: identifies the caller, and lets them in or raises."""

    openapi_type: ClassVar[str] = "http"
    openapi_scheme: ClassVar[str] = "bearer"
    openapi_name: ClassVar[str] = "Bearer"

    def __init__(self, access: Access, scope: str) -> None:
        self.access = access
        self.scope = ANY_TOKEN if access.is_open else scope

    def __call__(self, http_request: HttpRequest) -> bool:
        request = cast(Request, http_request)
        access = self.access
        if access.school:
            school_of(request)
        caller = identify(request, scope=self.scope)
        request.user, request.standing = caller.user, caller.standing
        self._let_in(request)
        if PARAMETER in request.GET and (access.viewable or request.method != "GET"):
            see_as(request, school_of(request))
        return True

    def _let_in(self, request: Request) -> None:
        access, standing, user = self.access, request.standing, request.user
        if access.signed_in and not isinstance(user, User):
            raise NotAuthenticated
        is_operator = isinstance(user, User) and user.is_superuser
        if access.operator and not is_operator:
            raise Forbidden
        is_member = standing.is_member or is_operator
        if access.catalogue:
            is_signed_in = isinstance(user, User)
            enter_catalogue(school_of(request), is_signed_in=is_signed_in, is_member=is_member)
        if access.member and not is_member:
            raise NotAMember
        if access.permission and not can(user, access.permission, school_of(request)):
            raise Forbidden
        if access.recent:
            demand_recent_proof(request)


class Router(NinjaRouter):
    """
    ninja's router, closed: an endpoint without `access` is an error at start-up.

    Query parameters that the endpoint does not declare are refused, and those sent twice. `scope`
    is what a personal token must be made for to come in; without it none does, but at doors that
    are open to anyone; a plugin's is its slug with `:read` or `:write`. `repeatable` is for a POST
    that makes something: it takes an `Idempotency-Key`. Its answer is kept for a day: none that
    tells a token or a code may be. `limit` counts the calls of those let in. `upload` is for one
    that takes a file: of how many bytes at most.
    """

    def api_operation(
        self,
        methods: list[str],
        path: str,
        *,
        access: Access | None = None,
        scope: str = NO_TOKEN,
        repeatable: bool = False,
        limit: Limit | None = None,
        upload: int = 0,
        **kwargs: Any,
    ) -> Callable[[View], View]:
        if access is None:
            raise TypeError(f"{methods} {path}: say who may come in (access=…).")
        declared = access
        kwargs["auth"] = Door(access, scope)
        kwargs.setdefault("exclude_none", False)
        told = _told(access, scope, repeatable=repeatable, upload=upload)
        kwargs["openapi_extra"] = {**(kwargs.get("openapi_extra") or {}), **told}

        def decorator(view: View) -> View:
            known, lists = _query_parameters(path, view)
            known |= {PARAMETER} if declared.viewable else frozenset()

            @functools.wraps(view)
            def strict(request: HttpRequest, *args: Any, **values: Any) -> Any:
                _check_query(request, known, lists)
                if limit is not None:
                    limit.count(request, at=now())
                file = uploads.take_file(request, limit=upload) if upload else None
                if repeatable:
                    # A form is written anew each time it is sent: it is the file that is the same.
                    body = file.read() if file else request.body
                    idempotency.claim(request, body=body, at=now())
                if file:
                    file.seek(0)
                return view(request, *args, **values)

            # ninja would look up the names of the view's annotations in this module.
            strict.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
            strict.access, strict.scope = declared, scope  # type: ignore[attr-defined]
            if repeatable:
                decorate_view(idempotency.once)(strict)
            register = super(Router, self).api_operation(methods, path, **kwargs)
            register(strict)
            return view

        return decorator

    def _method(self, method: str, path: str, **kwargs: Any) -> Callable[[View], View]:
        return self.api_operation([method], path, **kwargs)

    def get(self, path: str, **kwargs: Any) -> Callable[[View], View]:
        return self._method("GET", path, **kwargs)

    def post(self, path: str, **kwargs: Any) -> Callable[[View], View]:
        return self._method("POST", path, **kwargs)

    def put(self, path: str, **kwargs: Any) -> Callable[[View], View]:
        return self._method("PUT", path, **kwargs)

    def patch(self, path: str, **kwargs: Any) -> Callable[[View], View]:
        return self._method("PATCH", path, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> Callable[[View], View]:
        return self._method("DELETE", path, **kwargs)


def _told(access: Access, scope: str, *, repeatable: bool, upload: int) -> dict[str, Any]:
    """Return what the document says of an operation beside what its view says."""
    return {
        "x-access": access.name,
        **({"x-scope": scope} if scope else {}),
        **({"x-repeatable": True} if repeatable else {}),
        **(uploads.form_with_file() if upload else {}),
        **({"parameters": [_VIEW_AS]} if access.viewable else {}),
    }


def _check_query(request: HttpRequest, known: frozenset[str], lists: frozenset[str]) -> None:
    unknown = sorted(set(request.GET) - known)
    if unknown:
        raise UnknownParameter(fields={name: ["There is no such parameter."] for name in unknown})
    # Of two values, one would be ignored.
    doubled = sorted(
        name for name, given in request.GET.lists() if len(given) > 1 and name not in lists
    )
    if doubled:
        raise Invalid(fields={name: ["Send it once."] for name in doubled})


def _query_parameters(path: str, view: Callable[..., Any]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of a view's query parameters, and of those that may come several times."""
    names: set[str] = set()
    lists: set[str] = set()
    for model in ViewSignature(path, view).models:
        if model.__ninja_param_source__ == "query":
            names.update(model.__ninja_flatten_map__)
            lists.update(model.__ninja_collection_fields__)
    return frozenset(names), frozenset(lists)
