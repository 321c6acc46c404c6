"""The school of the running request, for code that no request is handed to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from lyceum.schools.current import CurrentSchool, school_by_id

_current: ContextVar[CurrentSchool | None] = ContextVar("lyceum_school", default=None)


def current_school() -> CurrentSchool | None:
    """Return the request's school; None in commands, tasks, and on a host that is no school's."""
    return _current.get()


def plugins_at(school_id: int) -> frozenset[str]:
    """Return the plugins in force at a school; no query for the request's own."""
    here = _current.get()
    return (here if here is not None and here.id == school_id else school_by_id(school_id)).plugins


@contextmanager
def within(school: CurrentSchool | None) -> Iterator[None]:
    """Make `school` the current one for the length of a block."""
    token = _current.set(school)
    try:
        yield
    finally:
        _current.reset(token)
