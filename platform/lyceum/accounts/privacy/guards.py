"""
What plugins do of themselves for privacy, watched: none holds up an export or an erasure for good.

Who hung once is not asked again for a day: what is declared is enough to erase a person, and an
archive says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from django.core.cache import cache

from lyceum.kernel.plugins.watchdog import Overran, Watch, watchdog
from lyceum.kernel.privacy import Part, Person

SECONDS = 30.0  # for a function of a plugin, and for each part or row that it yields
NOT_AGAIN_FOR = 24 * 60 * 60
DOING = "privacy"

T = TypeVar("T")
_END: Any = object()


class ProviderHung(Exception):
    """A plugin's provider took too long, now or within the last day."""


def called(plugin: str, function: Callable[[], T]) -> T:
    """
    Call a plugin's function.

    :raises ProviderHung: if it takes too long, or did lately
    :raises Exception: what the function raised
    """
    if cache.get(_key(plugin)):
        raise ProviderHung(f"{plugin} hung within the last day, and is not asked.")
    return _step(plugin, function)


def parts(
    plugin: str, export: Callable[[Person], Iterable[Part]], person: Person
) -> Iterator[Part]:
    """
    Yield what a plugin's function tells of a person, each step watched.

    :raises ProviderHung: as `called`
    """
    made = called(plugin, partial(export, person))
    for part in _steps(plugin, made):
        yield Part(
            part.name,
            rows=_steps(plugin, part.rows),
            open=None if part.open is None else partial(_step, plugin, part.open),
        )


def remember(watch: Watch) -> None:
    """Ask a plugin no more whose code hangs and cannot be interrupted. For the watchdog."""
    plugin, doing, _ = watch.doing
    if doing == DOING:
        cache.set(_key(plugin), True, NOT_AGAIN_FOR)


def connect() -> None:
    """Be told by the watchdog. Called in `AppConfig.ready()`."""
    watchdog.on_stuck.append(remember)


def _steps(plugin: str, things: Iterable[T]) -> Iterator[T]:
    iterator = _step(plugin, partial(iter, things))
    while (thing := _step(plugin, partial(next, iterator, _END))) is not _END:
        yield thing


def _step(plugin: str, function: Callable[[], T]) -> T:
    nothing: Mapping[str, Any] = {}
    value, error = watchdog.watch().run((plugin, DOING, None), function, nothing, SECONDS)
    if isinstance(error, Overran):
        cache.set(_key(plugin), True, NOT_AGAIN_FOR)
        raise ProviderHung(f"{plugin} took more than {SECONDS:g} seconds.") from error
    if error is not None:
        raise error
    result: T = value
    return result


def _key(plugin: str) -> str:
    return f"lyceum.accounts.privacy.hung:{plugin}"
