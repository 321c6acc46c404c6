"""Requests that change all they would, or nothing: where others write first and tell afterwards."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def whole(view: View, *, methods: frozenset[str] | None = None) -> View:
    """
    Make what a view writes one transaction.

    Not for views that mail, or that hash a password: SQLite has one writer, who would wait.

    :param methods: for these alone; else for all but the safe ones
    """

    @functools.wraps(view)
    def around(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        method = request.method or ""
        if method in SAFE if methods is None else method not in methods:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return around
