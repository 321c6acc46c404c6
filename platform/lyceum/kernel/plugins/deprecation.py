"""What plugins build upon and will go: since when, until when, and what takes its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.version import Version

from lyceum.kernel.registries import Registry


@dataclass(frozen=True)
class Deprecation:
    """
    That something works still, and for how long: versions are of the host's API.

    :param since: the version that says so first
    :param removed_in: the version that has it no more: of another first number than `since`, since
        plugins name by that number what they run on
    :param instead: what to use, or to do, as in "Use veto_contact instead."
    """

    since: str
    removed_in: str
    instead: str

    def __post_init__(self) -> None:
        if Version(self.removed_in).major <= Version(self.since).major:
            told = f"Deprecated in {self.since}, it can go in a version of another first number"
            raise ValueError(f"{told}, and not in {self.removed_in}.")

    def __str__(self) -> str:
        return f"deprecated since {self.since}, gone in {self.removed_in}. {self.instead}"

    def is_gone_in(self, version: str) -> bool:
        return Version(version) >= Version(self.removed_in)


# Names of the public door, as `lyceum.plugin.hooks.News`. Filled in `ready()` of the room that the
# name comes from.
deprecated_names: Registry[Deprecation] = Registry("deprecated names")


def names_imported_by(folder: Path) -> Iterator[str]:
    """Yield the names of the public door that the files of a folder import; nothing is run."""
    for file in sorted(folder.rglob("*.py")):
        try:
            tree = ast.parse(file.read_bytes())
        except (SyntaxError, ValueError):
            continue  # it says so itself, where it is loaded
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
