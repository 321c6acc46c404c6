"""A registry: the one way in which a lower room is told of a higher one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class AlreadyRegistered(Exception):
    """Two rooms claimed the same key. It is a programming error, told at start-up."""


class Registry(Generic[T]):
    """
    Things by key, in the order in which they were registered.

    Filled in `AppConfig.ready()` only, never at import: what is imported first must not matter.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._things: dict[str, T] = {}

    def register(self, key: str, thing: T) -> None:
        """
        Add a thing under a key of its own.

        :raises AlreadyRegistered: if the key is taken
        """
        if key in self._things:
            raise AlreadyRegistered(f"{self.name}: {key!r} is registered already.")
        self._things[key] = thing

    def get(self, key: str) -> T | None:
        return self._things.get(key)

    def __getitem__(self, key: str) -> T:
        return self._things[key]

    def __contains__(self, key: object) -> bool:
        return key in self._things

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def keys(self) -> list[str]:
        return list(self._things)

    def items(self) -> list[tuple[str, T]]:
        return list(self._things.items())
