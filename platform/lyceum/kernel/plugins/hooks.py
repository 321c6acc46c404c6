"""
Hooks: where the platform asks plugins, and the only way in which their code is called for it.

Three kinds are called within a request: contributions are collected, filters pass a value on from
one to the next, vetoes may refuse. Each implementation is guarded: what it raises costs its own
result alone, and it has a budget (see `watchdog`). News, which come after the commit, are events of
the spine: `lyceum.kernel.plugins.news`.

Implementations are found by pluggy; calling them is ours, since there one failure ends them all.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any, NamedTuple, Protocol, TypeVar

import pluggy
from django.db import connection

from lyceum.kernel.plugins.deprecation import Deprecation
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.kernel.plugins.watchdog import Watch, watchdog

PROJECT = "lyceum"
BUDGET = 1.0  # seconds, where a specification names none

logger = logging.getLogger(__name__)
hookimpl = pluggy.HookimplMarker(PROJECT)
_hookspec = pluggy.HookspecMarker(PROJECT)

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


class SchoolOfHooks(Protocol):
    """What the caller needs to know of a school: which plugins are in force there."""

    @property
    def id(self) -> int: ...
    @property
    def plugins(self) -> frozenset[str]: ...


class Kind(StrEnum):
    """How the results of a hook's implementations become one answer."""

    CONTRIBUTION = "contribution"
    FILTER = "filter"
    VETO = "veto"


@dataclass(frozen=True)
class Specification:
    """
    A hook: its name, kind and signature, as the reference shows it.

    `budget` is in seconds. A veto that `fails_closed` refuses where an implementation breaks.
    What is `deprecated` is asked like any other until it is gone.
    """

    name: str
    kind: Kind
    function: Callable[..., Any]
    budget: float = BUDGET
    fails_closed: bool = False
    since: str = "1.0"
    deprecated: Deprecation | None = None

    @property
    def signature(self) -> str:
        # Annotations are text in our modules, which Python would show in quotes.
        return f"{self.name}{inspect.signature(self.function)}".replace("'", "")


class Contribution(NamedTuple):
    """What one plugin contributed. A tuple, since many are made."""

    slug: str
    value: Any


@dataclass(frozen=True)
class Refusal:
    """Why a plugin refuses: a stable `code` (a-z, _) and a sentence for the person."""

    code: str
    detail: str
    slug: str = ""


BROKEN_VETO = "not_checked"

Implementation = tuple[str, Callable[..., Any], tuple[str, ...]]


def hookspec(
    kind: Kind,
    *,
    budget: float = BUDGET,
    fails_closed: bool = False,
    since: str = "1.0",
    deprecated: Deprecation | None = None,
) -> Callable[[F], F]:
    """Declare a function to be a hook's specification; its docstring is the reference's text."""

    def declare(function: F) -> F:
        function.specification = Specification(  # type: ignore[attr-defined]
            function.__name__, kind, function, budget, fails_closed, since, deprecated
        )
        marked: F = _hookspec(function)
        return marked

    return declare


class Hooks:
    """All specifications and implementations of this process."""

    def __init__(self) -> None:
        self.on_failure: Callable[[str, str, int, BaseException], None] = _log_failure
        self.specifications: dict[str, Specification] = {}
        self._manager = pluggy.PluginManager(PROJECT)
        self._kept: dict[tuple[str, frozenset[str]], list[Implementation]] = {}

    def specify(self, module: ModuleType) -> None:
        """Take the specifications of a room's `hookspecs` module. Call it in `ready()`."""
        for function in vars(module).values():
            specification = getattr(function, "specification", None)
            if isinstance(specification, Specification):
                self.specifications[specification.name] = specification
        self._manager.add_hookspecs(module)

    def check(self, plugin: Plugin, module: ModuleType | None) -> None:
        """
        Look at a plugin's implementations before any is taken.

        :raises BadPart: if one is of no hook, takes what its hook does not give, or is not named
            in the manifest, or the manifest names one that is not there
        """
        found = dict(_implementations_in(module))
        for name, function in found.items():
            specification = self.specifications.get(name)
            if specification is None:
                raise BadPart(f"There is no hook {name}.")
            given = set(inspect.signature(specification.function).parameters)
            strange = set(inspect.signature(function).parameters) - given
            if strange:
                raise BadPart(f"{name} gives no {', '.join(sorted(strange))}.")
        if set(found) != set(plugin.told.hooks):
            told = f"plugin.toml names the hooks {sorted(plugin.told.hooks)}; here are"
            raise BadPart(f"{told} {sorted(found)}.")

    def add(self, plugin: Plugin, module: ModuleType | None) -> None:
        """Take a plugin's implementations, which `check` found sound."""
        if module is not None:
            self._manager.register(module, name=plugin.slug)
            self._kept.clear()

    def contributions(self, hook: str, *, school: SchoolOfHooks, **data: Any) -> list[Contribution]:
        """Return what each plugin in force contributes, in the plugins' order; no None."""
        collected = []
        for slug, value, error in self._results(hook, school, data):
            if error is None and value is not None:
                collected.append(Contribution(slug, value))
        return collected

    def filtered(self, hook: str, value: T, *, school: SchoolOfHooks, **data: Any) -> T:
        """Return `value` as the plugins in force change it, one after the other."""
        watch, specification = self._enter(hook)
        for slug, function, names in self._implementations(hook, school.plugins):
            given = {"school": school, "value": value, **data}
            changed, error = self._run(watch, specification, school, slug, function, names, given)
            if error is None and changed is not None:
                value = changed
        return value

    def refusal(self, hook: str, *, school: SchoolOfHooks, **data: Any) -> Refusal | None:
        """Return the first refusal of a plugin in force; None if none objects."""
        for slug, value, error in self._results(hook, school, data):
            if value is None and error is None:
                continue
            if isinstance(value, Refusal):
                return Refusal(value.code, str(value.detail), slug)
            if error is None:
                error = TypeError(f"It returned a {type(value).__name__}, which refuses nothing.")
                self.on_failure(slug, hook, school.id, error)
            if self.specifications[hook].fails_closed:
                told = "This could not be checked at the moment, and is refused to be safe."
                return Refusal(BROKEN_VETO, told, slug)
        return None

    def answering(self, hook: str, *, school: SchoolOfHooks) -> list[str]:
        """Return the plugins that a hook is asked of at a school, in their order."""
        return [slug for slug, _, _ in self._implementations(hook, school.plugins)]

    def guarded(
        self,
        slug: str,
        doing: str,
        function: Callable[..., Any],
        arguments: dict[str, Any],
        *,
        school: SchoolOfHooks,
        budget: float = BUDGET,
    ) -> Any:
        """Call a plugin's function that is no hook, guarded as one; None where it breaks."""
        value, error = watchdog.watch().run((slug, doing, school.id), function, arguments, budget)
        if error is not None:
            self.on_failure(slug, doing, school.id, error)
        return value

    def _results(
        self, hook: str, school: SchoolOfHooks, data: dict[str, Any]
    ) -> Iterator[tuple[str, Any, BaseException | None]]:
        watch, specification = self._enter(hook)
        data["school"] = school
        for slug, function, names in self._implementations(hook, school.plugins):
            value, error = self._run(watch, specification, school, slug, function, names, data)
            yield slug, value, error

    def _enter(self, hook: str) -> tuple[Watch, Specification]:
        refuse_transaction(hook)
        return watchdog.watch(), self.specifications[hook]

    def _run(
        self,
        watch: Watch,
        specification: Specification,
        school: SchoolOfHooks,
        slug: str,
        function: Callable[..., Any],
        names: tuple[str, ...],
        data: dict[str, Any],
    ) -> tuple[Any, BaseException | None]:
        doing = (slug, specification.name, school.id)
        # `check` saw that it takes nothing else: as many are all.
        arguments = data if len(names) == len(data) else {name: data[name] for name in names}
        result = watch.run(doing, function, arguments, specification.budget)
        if result[1] is not None:
            self.on_failure(slug, specification.name, school.id, result[1])
        return result

    def _implementations(self, hook: str, in_force: frozenset[str]) -> list[Implementation]:
        key = (hook, in_force)
        kept = self._kept.get(key)
        if kept is None:
            # In the plugins' own order; it is pluggy's calls that turn it round.
            found = getattr(self._manager.hook, hook).get_hookimpls()
            kept = self._kept[key] = [
                (each.plugin_name, each.function, tuple(each.argnames))
                for each in found
                if each.plugin_name in in_force
            ]
        return kept


def _implementations_in(module: ModuleType | None) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, function in vars(module).items() if module else ():
        options = getattr(function, f"{PROJECT}_impl", None)
        if options is not None:
            yield options.get("specname") or name, function


def refuse_transaction(doing: str) -> None:
    """Make sure that a plugin is asked outside of any transaction."""
    # A plugin that takes its time must not keep rows locked. Tests run in a block of their own.
    if any(not block._from_testcase for block in connection.atomic_blocks):  # type: ignore[attr-defined]
        raise RuntimeError(f"{doing} was called inside a transaction.")


def _log_failure(slug: str, hook: str, school_id: int, error: BaseException) -> None:
    logger.error("%s failed in %s at school %s", slug, hook, school_id, exc_info=error)


hooks = Hooks()
