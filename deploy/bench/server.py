"""What the benchmark's server serves: the product, which counts its queries where asked to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.bench.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.utils import override_settings

StartResponse = Callable[..., Any]

BARE = "/bench/bare"
ASKED = "HTTP_X_BENCH_COUNT"

product = get_wsgi_application()
with override_settings(MIDDLEWARE=[]):
    bare = WSGIHandler()


class QueryCount:
    """
    Counts what goes to the databases.

    Apart from the queries: what frames transactions, and what follows after the first commit.
    """

    def __init__(self) -> None:
        self.queries = self.framing = self.afterwards = 0
        self.is_begun = self.is_over = False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        connection = rest[-1]["connection"]
        is_framing = sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        self.is_over |= self.is_begun and (
            sql.startswith("BEGIN") or not connection.in_atomic_block
        )
        self.is_begun |= connection.in_atomic_block
        if self.is_over:
            self.afterwards += 1
        elif is_framing:
            self.framing += 1
        else:
            self.queries += 1
        return execute(sql, *rest)


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Serve a request; one that asks for it is told in headers what it cost the databases."""
    if environ["PATH_INFO"] == BARE:
        return bare(environ, start_response)
    if ASKED not in environ:
        return product(environ, start_response)
    count = QueryCount()

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        told = [
            ("X-Bench-Queries", str(count.queries)),
            ("X-Bench-Framing", str(count.framing)),
            ("X-Bench-Afterwards", str(count.afterwards)),
        ]
        return start_response(status, [*headers, *told], *rest)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(count))
        return product(environ, start)
