"""Writing a school's published content as a folder that `import_school` reads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Collection

from content_types.exchange.describing import Describer
from content_types.exchange.media import SORTS, model_of
from content_types.exchange.school_tree import MODELS, Found, pages_of
from content_types.exchange.school_tree import Path as Slugs
from content_types.exchange.yaml_style import as_yaml
from lyceum.plugin.errors import Conflict
from lyceum.plugin.library import ending_of
from lyceum.plugin.pages import BasePage
from lyceum.plugin.schools import CurrentSchool


class FolderNotEmpty(Conflict):
    """The folder to export to holds files already. Name a new or an empty one."""

    code = "folder_not_empty"
    detail = "The folder holds files already. Name a new or an empty one."


@dataclass(frozen=True)
class Exported:
    """What an export wrote, in numbers."""

    pages: int
    files: int


def export_folder(root: Path, *, school: CurrentSchool) -> Exported:
    """
    Write a school's published pages, and the files they show, below `root`.

    :raises FolderNotEmpty: if there is something in the folder
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise FolderNotEmpty(f"{root} is there already, and is not an empty folder.")
    export = _Export(root, school)
    return Exported(export.write_pages(), export.write_media())


class _Export:
    def __init__(self, root: Path, school: CurrentSchool) -> None:
        self.root = root
        found = pages_of(school)
        self.found = {path: page for path, page in found.items() if is_told(path, found)}
        self.library = {str(item.uuid): item for item in library_of(school)}
        self.names = file_names(self.library)
        lessons = {f.id: "/".join(path) for path, f in self.found.items() if f.kind == "lesson"}
        self.describer = Describer(school.languages, self.names, lessons)
        self.pages = {page.pk: page for kind in MODELS for page in self.pages_of_kind(kind)}
        self.exercises: dict[Slugs, list[Found]] = {}
        for path, page in self.found.items():
            if page.kind == "exercise":
                self.exercises.setdefault(path[:-1], []).append(page)
        self.shown: set[str] = set()

    def pages_of_kind(self, kind: str) -> QuerySet[BasePage]:
        return MODELS[kind].objects.filter(
            pk__in=[page.id for page in self.found.values() if page.kind == kind]
        )

    def write_pages(self) -> int:
        """Write a file for each page that has one; return how many pages they tell."""
        count = 0
        orders: dict[tuple[str, Slugs], int] = {}
        for path, found in self.found.items():
            count += 1
            if found.kind == "exercise":
                continue
            order = orders[found.kind, path[:-1]] = orders.get((found.kind, path[:-1]), 0) + 1
            file = self.root / file_of(found.kind, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(as_yaml(self.told(path, found, order)), encoding="utf-8", newline="\n")
        return count

    def told(self, path: Slugs, found: Found, order: int) -> dict[str, Any]:
        """Return what the file of a page says, with the exercises below it."""
        page = self.pages[found.id]
        fields = self.describer.describe(page)
        head = {name: fields.pop(name) for name in ("title", "description")}
        told = {**head, "order": order, **fields}
        if found.kind in ("lesson", "bank"):
            told["exercises"] = [
                self.describer.describe(self.pages[below.id], level=page.level)
                for below in self.exercises.get(path, [])
            ]
        self.shown.update(strings_in(told))
        return told

    def write_media(self) -> int:
        """Write the files that the pages show; return how many."""
        shown = [(uuid, name) for uuid, name in self.names.items() if name in self.shown]
        for uuid, name in sorted(shown, key=lambda pair: pair[1]):
            target = self.root / "media" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with self.library[uuid].file.open("rb") as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        return len(shown)


def is_told(path: Slugs, found: dict[Slugs, Found]) -> bool:
    """Whether a page is published, of a kind that folders hold, and all above it are."""
    above = (found[path[:depth]] for depth in range(1, len(path) + 1))
    return all(page.live and page.kind for page in above)


def file_of(kind: str, path: Slugs) -> str:
    """Return the file, below the folder, in which a page is written."""
    if kind in ("category", "subcategory"):
        return "/".join((*path, f"{kind}.yaml"))
    folder = f"{kind}s/" if kind in ("course", "bank") else ""
    return f"{folder}{'/'.join(path)}.yaml"


def library_of(school: CurrentSchool) -> Iterator[Any]:
    """Yield the items of a school's libraries, oldest first in each."""
    collections = Collection.objects.get(id=school.collection_id).get_descendants(inclusive=True)
    for library in ("image", "audio", "document"):
        yield from model_of(library).objects.filter(collection__in=collections).order_by("pk")


def file_names(library: dict[str, Any]) -> dict[str, str]:
    """Return a file name for each item, each once: its title where that is one, else its file's."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for uuid, item in library.items():
        stored = Path(item.file.name).name
        title = item.title
        is_name = Path(title).name == title and ending_of(title) in SORTS
        name = title if is_name and not title.startswith(".") else stored
        if name.casefold() in taken:
            name = f"{uuid[-6:]}-{stored}"
        taken.add(name.casefold())
        names[uuid] = name
    return names


def strings_in(value: Any) -> Iterator[str]:
    """Yield every text within plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings_in(part)
