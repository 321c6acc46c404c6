"""
News to plugins: which of their functions are told of which events.

A plugin listens by functions in its `hooks.py`, and names in its manifest what it listens to:

    @on("lesson_completed")
    def count_the_lesson(school, news): ...

They run in the worker, after the commit, in a process that may be killed when it takes too long.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeVar

from lyceum.kernel.plugins.plugins import BadPart, Plugin

Listener = Callable[..., Any]
F = TypeVar("F", bound=Listener)

GIVEN = ("school", "news")


def on(*types: str) -> Callable[[F], F]:
    """Mark a function to be told of events of `types`: a platform's `noun_past`, or `slug.type`."""

    def mark(function: F) -> F:
        function.listens_to = types  # type: ignore[attr-defined]
        return function

    return mark


class Listeners:
    """The functions of all loaded plugins, by plugin and by the type of event."""

    def __init__(self) -> None:
        self._functions: dict[str, dict[str, list[Listener]]] = {}

    def check(self, plugin: Plugin, module: ModuleType | None) -> None:
        """
        Look at a plugin's functions before any is taken.

        :raises BadPart: if one takes other things than `school` and `news`, or the manifest's
            `listens` does not name what they listen to
        """
        found = _functions_in(module)
        for function in (each for several in found.values() for each in several):
            if tuple(inspect.signature(function).parameters) != GIVEN:
                told = f"{function.__name__}({', '.join(GIVEN)})"
                raise BadPart(f"It is told of news as {told}, with these names.")
        if set(found) != set(plugin.told.listens):
            told = f"plugin.toml listens to {sorted(plugin.told.listens)}; the functions here to"
            raise BadPart(f"{told} {sorted(found)}.")

    def add(self, plugin: Plugin, module: ModuleType | None) -> None:
        """Take a plugin's functions, which `check` found sound."""
        self._functions[plugin.slug] = _functions_in(module)

    def types(self, slug: str) -> frozenset[str]:
        """Return what a plugin listens to."""
        return frozenset(self._functions.get(slug, {}))

    def functions(self, slug: str, type: str) -> list[Listener]:
        """Return a plugin's functions that are told of a type, as they stand in its file."""
        return self._functions.get(slug, {}).get(type, [])


def _functions_in(module: ModuleType | None) -> dict[str, list[Listener]]:
    found: dict[str, list[Listener]] = {}
    for function in vars(module).values() if module else ():
        for type in getattr(function, "listens_to", ()):
            found.setdefault(type, []).append(function)
    return found


listeners = Listeners()
