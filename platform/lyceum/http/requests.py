"""The request as our endpoints see it: with its school, its person and where they stand."""

from __future__ import annotations

from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from lyceum.accounts.models import User
from lyceum.schools.current import CurrentSchool, SchoolRequired
from lyceum.schools.standing import STRANGER, Standing


class Request(HttpRequest):
    """
    A request that has passed the middleware and its endpoint's door. For type checkers only.

    `school` is None on a neutral host without `X-School`; `school_from` says how it was found.
    `auth` is what the door's authentication returned.
    """

    school: CurrentSchool | None
    school_from: Literal["host", "header", ""]
    user: User | AnonymousUser
    standing: Standing
    auth: Any


def school_of(request: HttpRequest) -> CurrentSchool:
    """
    Return the request's school.

    :raises SchoolRequired: if it has none
    """
    school: CurrentSchool | None = getattr(request, "school", None)
    if school is None:
        raise SchoolRequired
    return school


def user_of(request: HttpRequest) -> User:
    """Return the person signed in; only behind a door that demands one."""
    user = request.user
    assert isinstance(user, User)
    return user


def standing_in(request: HttpRequest) -> Standing:
    """Return where the caller stands in the request's school, as its door found out."""
    standing: Standing = getattr(request, "standing", STRANGER)
    return standing


def person_with(request: HttpRequest, scope: str) -> User | AnonymousUser:
    """
    Return who asks, for what a door's own scope does not open; nobody if their token lacks `scope`.

    Who comes without a personal token has every scope.
    """
    scopes: frozenset[str] | None = getattr(request, "scopes", None)
    asking: User | AnonymousUser = request.user
    return asking if scopes is None or scope in scopes else AnonymousUser()
