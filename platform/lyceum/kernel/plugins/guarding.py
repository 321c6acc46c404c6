"""Calling a plugin's function that is no hook, where nothing can stand for its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from lyceum.kernel.errors import DomainError
from lyceum.kernel.plugins.hooks import BUDGET, SchoolOfHooks, hooks, refuse_transaction
from lyceum.kernel.plugins.watchdog import watchdog

T = TypeVar("T")


class PluginBroke(Exception):
    """A plugin's code broke, or took too long; `__cause__` says how. `noting` awaits it."""

    def __init__(self, slug: str, doing: str, school_id: int) -> None:
        self.slug, self.doing, self.school_id = slug, doing, school_id
        super().__init__(f"{slug} broke in {doing} at school {school_id}.")


def called(
    slug: str,
    doing: str,
    function: Callable[[], T],
    *,
    school: SchoolOfHooks,
    budget: float = BUDGET,
    in_transaction: bool = False,
) -> T:
    """
    Call a plugin's function, guarded as a hook is; the house's errors pass. Within `noting`.

    :param budget: in seconds
    :param in_transaction: that there may be one, which a failure has to undo
    :raises PluginBroke: if it breaks, or takes too long
    """
    if not in_transaction:
        refuse_transaction(doing)
    value, error = watchdog.watch().run((slug, doing, school.id), function, {}, budget)
    if isinstance(error, DomainError):
        raise error
    if error is not None:
        raise PluginBroke(slug, doing, school.id) from error
    result: T = value
    return result


@contextmanager
def noting(refusal: type[DomainError]) -> Iterator[None]:
    """
    Tell the host of what breaks in `called`, and refuse instead.

    Put it round a transaction, not within: what undoes all else would undo the note.

    :raises DomainError: the `refusal`, if a plugin broke
    """
    try:
        yield
    except PluginBroke as broke:
        error = broke.__cause__
        assert error is not None
        hooks.on_failure(broke.slug, broke.doing, broke.school_id, error)
        raise refusal from error
