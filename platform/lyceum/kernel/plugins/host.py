"""
The plugin host of this process: finds, checks and loads plugins, and knows which can be in force.

`deploy.settings` calls `host.find_plugins` before Django loads its apps; each plugin's own
`AppConfig` (see `lyceum.kernel.plugins.apps`) then loads itself through `host.load`. What a room
takes from plugins (routers, permissions, tasks…) it asks for by a `Part`.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from lyceum.kernel.plugins import discovery, schema
from lyceum.kernel.plugins.manifest import InvalidManifest, read_manifest
from lyceum.kernel.plugins.plugins import Plugin, State
from lyceum.kernel.plugins.resolution import resolve
from lyceum.kernel.plugins.versions import HOST_API
from lyceum.kernel.registries import Registry

logger = logging.getLogger(__name__)


class NotInStrictMode(Exception):
    """`PLUGINS_STRICT=1`, and a plugin did not load."""


@dataclass(frozen=True)
class Part:
    """
    What one room takes from every plugin.

    `check` looks at the plugin's file and raises `BadPart` where it cannot be taken; `add` takes
    it, when all parts of the plugin are sound, so that a plugin is loaded whole or not at all.
    """

    file: str
    check: Callable[[Plugin, ModuleType | None], Any]
    add: Callable[[Plugin, ModuleType | None], None]


# A room's name for it to what it takes; filled in `AppConfig.ready()`.
parts: Registry[Part] = Registry("parts of plugins")


class Host:
    """All plugins of this process, by slug."""

    def __init__(self) -> None:
        self.plugins: dict[str, Plugin] = {}
        self.order: list[Plugin] = []
        self.strict = False
        self.shelves: tuple[Path, ...] = ()
        self._migrated: set[str] = set()

    def find_plugins(
        self, shelves: Sequence[Path], *, labels: Collection[str], strict: bool
    ) -> list[str]:
        """
        Find plugins on shelves and among distributions; return the apps for INSTALLED_APPS.

        :param labels: of the apps that are there already, which no plugin may take
        :param strict: whether nothing starts while one of them cannot be loaded
        :raises NotInStrictMode: if one cannot be loaded, and all must be
        """
        self.strict = strict
        self.shelves = tuple(shelves)
        self.plugins.clear()
        self._migrated.clear()
        for found in discovery.find(shelves):
            self._take(found, labels)
        for plugin in resolve(self.plugins, host_api=HOST_API):
            _import_first_file(plugin)
        # Those that require one whose first file broke follow it.
        self.order = resolve(self.plugins, host_api=HOST_API)
        aside = [plugin for plugin in self.plugins.values() if plugin.state is not State.DISCOVERED]
        if strict and aside:
            raise NotInStrictMode("\n".join(map(_sentence, aside)))
        return [plugin.package for plugin in self.order]

    def of_package(self, package: str) -> Plugin:
        """Return the plugin that is this package, of those that Django was told of."""
        return next(plugin for plugin in self.order if plugin.package == package)

    def load(self, plugin: Plugin) -> None:
        """
        Import a plugin's files, check them against its manifest, and add them, all or none.

        :raises NotInStrictMode: if it cannot be loaded, and all must be
        """
        if plugin.state is State.DISCOVERED:
            self._load(plugin)
        if self.strict and not plugin.is_loaded:
            raise NotInStrictMode(_sentence(plugin))

    def _load(self, plugin: Plugin) -> None:
        missing = [slug for slug in plugin.told.requires if not self.plugins[slug].is_loaded]
        if missing:
            plugin.set_aside(State.BLOCKED, f"It requires {missing[0]}, which did not load.")
            return
        doing = "migrations/"
        try:
            schema.import_migrations(plugin)
            modules: dict[str, ModuleType | None] = {}
            for part in parts:
                doing = f"{part.file}.py"
                modules[part.file] = plugin.module(part.file)
                part.check(plugin, modules[part.file])
            for part in parts:
                doing = f"{part.file}.py"
                part.add(plugin, modules[part.file])
        except (Exception, SystemExit) as error:
            self.broke(plugin, doing, error)
            return
        plugin.state = State.LOADED

    def broke(self, plugin: Plugin, doing: str, error: BaseException) -> None:
        """Set a plugin aside for what it raised, and say so in the log."""
        plugin.broke(doing, error)
        schema.leave_out_migrations(plugin)
        logger.error("The plugin %s is broken (%s).\n%s", plugin.slug, doing, plugin.trace)

    def loaded(self) -> list[Plugin]:
        """Return the plugins that are loaded, each after those it requires."""
        return [plugin for plugin in self.order if plugin.is_loaded]

    def is_ready(self, slug: str) -> bool:
        """Return whether a plugin is loaded, and its tables are as its code expects."""
        plugin = self.plugins.get(slug)
        if plugin is None or not plugin.is_loaded:
            return False
        if slug not in self._migrated and schema.is_migrated(plugin):
            self._migrated.add(slug)
        return slug in self._migrated

    def in_force(self, switched_on: Collection[str]) -> frozenset[str]:
        """Return which of the plugins that a school switched on are in force in this process."""
        held: set[str] = set()
        for plugin in self.order:
            is_on = plugin.slug in switched_on and self.is_ready(plugin.slug)
            if is_on and not self.lacking(plugin, held):
                held.add(plugin.slug)
        return frozenset(held)

    def lacking(self, plugin: Plugin, held: Collection[str]) -> dict[str, str]:
        """
        Return what a loaded plugin requires and is not among `held`: slugs to ranges of versions.

        That the version is right was seen when it was loaded.
        """
        return {
            slug: versions for slug, versions in plugin.told.requires.items() if slug not in held
        }

    def _take(self, found: discovery.Found, labels: Collection[str]) -> None:
        first = self.plugins.get(found.name)
        if first is not None:
            first.reasons.append("Another one of the same slug was left out.")
            told = "Two plugins are called %s: %s is used, and %s left out."
            logger.warning(told, found.name, first.folder, found.folder)
            return
        plugin = Plugin(found.name, found.folder, found.package, found.origin)
        self.plugins[found.name] = plugin
        try:
            plugin.manifest = read_manifest(found.folder)
        except InvalidManifest as error:
            plugin.set_aside(State.BROKEN, *error.messages)
            return
        if plugin.manifest.slug != found.name:
            told = f"plugin.toml: slug: write {found.name!r}, the name it is found by"
            plugin.set_aside(State.BROKEN, told)
        elif found.name in labels:
            told = f"plugin.toml: slug: {found.name!r} is the label of an app that is there"
            plugin.set_aside(State.BROKEN, told)


def _sentence(plugin: Plugin) -> str:
    return f"PLUGINS_STRICT: {plugin.slug} is {plugin.state}. {' '.join(plugin.reasons)}"


def _import_first_file(plugin: Plugin) -> None:
    """Import the file that Django will import, where it can still be left out."""
    try:
        importlib.import_module(f"{plugin.package}.apps")
    except (Exception, SystemExit) as error:
        plugin.broke("apps.py", error)


host = Host()
