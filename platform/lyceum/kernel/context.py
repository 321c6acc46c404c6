"""What is known about the request being served, for logs and the audit, wherever code runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RequestContext:
    """
    A request's id, as answered in `X-Request-Id`, and the address it came from ("" if none).

    `memo` is what was read once for this request and holds until its end; it stays empty outside.
    """

    request_id: str = ""
    address: str = ""
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


NO_REQUEST = RequestContext()
_current: ContextVar[RequestContext] = ContextVar("lyceum_request", default=NO_REQUEST)


def current() -> RequestContext:
    """Return the context of the request being served; an empty one in commands and tasks."""
    return _current.get()


@contextmanager
def serving(context: RequestContext) -> Iterator[None]:
    """Make `context` the current one for the length of a block."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)
