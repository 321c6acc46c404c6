"""Where the files of plugins lie: apart by plugin and school, under names that tell nothing."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.utils.deconstruct import deconstructible

from lyceum.kernel.identity import new_uuid

FOLDER = "plugins"  # in the default storage


def folder_of(slug: str, school: object = "") -> str:
    """Return the folder of a plugin's files; with a school's UUID, of those at that school."""
    return f"{FOLDER}/{slug}/{school}" if school else f"{FOLDER}/{slug}"


@deconstructible(path="lyceum.plugin.files.Shelf")
class Shelf:
    """
    The `upload_to` of a plugin's file fields, in models with a `school`.

    A file's name keeps nothing of the one it was uploaded under but its ending.
    """

    def __init__(self, slug: str) -> None:
        self.slug = slug

    def __call__(self, row: Any, name: str) -> str:
        folder = folder_of(self.slug, row.school.uuid)
        return f"{folder}/{new_uuid().hex}{PurePosixPath(name).suffix.lower()}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelf) and other.slug == self.slug

    def __hash__(self) -> int:
        return hash(self.slug)
