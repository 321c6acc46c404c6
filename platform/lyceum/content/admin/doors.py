"""The door of the house's own pages in the editor: for whom of a school a view is open."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from lyceum.access.permissions import can
from lyceum.kernel.errors import NotFound
from lyceum.schools.scope import current_school

View = Callable[..., HttpResponseBase]


def open_to(permission: str) -> Callable[[View], View]:
    """Open a view of a school to those who hold a permission there; nobody keeps what it shows."""

    def around(view: View) -> View:
        @functools.wraps(view)
        @never_cache
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if current_school() is None:
                raise Http404
            if not can(request.user, permission):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except NotFound as error:
                raise Http404 from error

        return door

    return around
