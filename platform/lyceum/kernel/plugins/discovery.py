"""Where plugins are found: on shelves of folders, and among the installed distributions."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from lyceum.kernel.plugins.manifest import FILE

SHELF = "plugins"  # the package in which plugins of folders are imported
GROUP = "lyceum.plugins"  # the group of entry points: a slug to the package that is the plugin


@dataclass(frozen=True)
class Found:
    """A folder that holds a manifest: where it is, how it is imported, who brought it."""

    name: str
    folder: Path
    package: str
    origin: str


def find(shelves: Sequence[Path]) -> list[Found]:
    """
    Return what is there, folders first, each in the order of names. Nothing of it is imported.

    Later shelves are added to the package `plugins`, so that all are imported alike.
    """
    return [*_on_shelves(shelves), *_installed()]


def _on_shelves(shelves: Sequence[Path]) -> Iterator[Found]:
    for shelf in shelves:
        _open(shelf)
        for folder in sorted(path.parent for path in shelf.glob(f"*/{FILE}")):
            yield Found(folder.name, folder, f"{SHELF}.{folder.name}", str(shelf))


def _open(shelf: Path) -> None:
    package = importlib.import_module(SHELF)
    if str(shelf) not in package.__path__:
        package.__path__ = [*package.__path__, str(shelf)]


def _installed() -> Iterator[Found]:
    # Entry points come in no order of their own.
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        distribution = point.dist.name if point.dist else point.value
        # A package without a manifest is named as well: it was left out of the wheel.
        yield Found(point.name, _folder_of(point.module), point.module, distribution)


def _folder_of(package: str) -> Path:
    """Return where a package lies, without importing it, as `importlib.resources` would."""
    top, *below = package.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        spec = None
    places = (
        [Path(place, *below) for place in (spec.submodule_search_locations or [])] if spec else []
    )
    with_manifest = (place for place in places if (place / FILE).exists())
    return next(with_manifest, places[0] if places else Path(package))
