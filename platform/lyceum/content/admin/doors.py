"""The door of the house's own pages in the editor: for whom of a school a view is open."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from lyceum.access.permissions import can
from lyceum.http.authentication import ReauthenticationRequired, demand_recent_proof
from lyceum.kernel.errors import NotFound
from lyceum.schools.scope import current_school

View = Callable[..., HttpResponseBase]


def open_to(permission: str, *, anew: str = "") -> Callable[[View], View]:
    """
    Open a view of a school to those who hold a permission there; nobody keeps what it shows.

    With `anew`, only to those who lately proved that it is them, as the API's doors ask it. It is
    the name of the page that leads here, with the same arguments, which itself is only looked at.
    """

    def around(view: View) -> View:
        @functools.wraps(view)
        @never_cache
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if current_school() is None:
                raise Http404
            if not can(request.user, permission):
                raise PermissionDenied
            try:
                if anew and not _looks_only(request, anew):
                    demand_recent_proof(request)
                return view(request, *args, **kwargs)
            except ReauthenticationRequired:
                return _ask_again(request, reverse(anew, args=args, kwargs=kwargs))
            except NotFound as error:
                raise Http404 from error

        return door

    return around


def sign_in_again(request: HttpRequest, back: str) -> HttpResponse:
    """Sign somebody out, and lead them through the log-in, with all its factors, back to a page."""
    logout(request)
    return redirect(f"{reverse('wagtailadmin_login')}?{urlencode({'next': back})}")


def is_proved(request: HttpRequest) -> bool:
    """Return whether somebody would be let in without signing in again."""
    try:
        demand_recent_proof(request)
    except ReauthenticationRequired:
        return False
    return True


def _looks_only(request: HttpRequest, page: str) -> bool:
    match = request.resolver_match
    return request.method in ("GET", "HEAD") and match is not None and match.view_name == page


def _ask_again(request: HttpRequest, back: str) -> HttpResponse:
    if request.method == "POST":
        return sign_in_again(request, back)
    # Not by a link alone: another site could have somebody follow it, and be signed out.
    messages.warning(request, gettext("Sign in again first."))
    return redirect(back)
