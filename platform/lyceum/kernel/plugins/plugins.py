"""A plugin as this process knows it: what was found, and what became of it."""

from __future__ import annotations

import importlib
import importlib.util
import traceback
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import ModuleType

from lyceum.kernel.plugins.manifest import Manifest


class BadPart(Exception):
    """A plugin's file does not hold what it must, or other things than its manifest says."""


class State(StrEnum):
    """How far a plugin came in this process. Only what is loaded can be in force anywhere."""

    DISCOVERED = "discovered"
    INCOMPATIBLE = "incompatible"
    BLOCKED = "blocked"
    BROKEN = "broken"
    LOADED = "loaded"


@dataclass
class Plugin:
    """
    One plugin of this process.

    `manifest` is None where the file cannot be used; `reasons` are sentences for people, and
    `trace` is for who mends it.
    """

    slug: str
    folder: Path
    package: str
    origin: str
    manifest: Manifest | None = None
    state: State = State.DISCOVERED
    reasons: list[str] = field(default_factory=list)
    trace: str = ""

    @property
    def is_loaded(self) -> bool:
        return self.state is State.LOADED

    @property
    def told(self) -> Manifest:
        """What the manifest says, of a plugin that has a sound one."""
        assert self.manifest is not None, f"{self.slug} has no manifest."
        return self.manifest

    @property
    def name(self) -> str:
        return self.manifest.name if self.manifest else self.slug

    @property
    def version(self) -> str:
        return self.manifest.version if self.manifest else ""

    def set_aside(self, state: State, *reasons: str) -> None:
        """Keep the plugin out of this process, and say why."""
        self.state = state
        self.reasons.extend(reasons)

    def broke(self, doing: str, error: BaseException) -> None:
        """Keep the plugin out of this process for what it raised; SystemExit counts as well."""
        told = f"{type(error).__name__}: {error}".rstrip(": ")
        self.set_aside(State.BROKEN, f"{doing}: {told}")
        self.trace = "".join(traceback.format_exception(error))

    def module(self, name: str) -> ModuleType | None:
        """
        Import one of the plugin's files; None where it has none of that name.

        :raises Exception: whatever the file raises
        """
        if not self.has(name):
            return None
        return importlib.import_module(f"{self.package}.{name}")

    def has(self, name: str) -> bool:
        """Return whether the plugin has a file or folder of this name, without importing it."""
        return (self.folder / f"{name}.py").exists() or (self.folder / name).is_dir()
