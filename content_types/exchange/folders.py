"""A content folder, read into a tree of what each file says. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from content_types.exchange.complaints import Complaints, Place
from content_types.exchange.formats import (
    SLUG,
    BankFile,
    CategoryFile,
    CourseFile,
    FileModel,
    LessonFile,
    SubcategoryFile,
    message_of,
)
from content_types.exchange.sources import Source, read_source

MOST_FILES = 5000
RESERVED = {"courses", "banks", "media"}


@dataclass
class Node:
    """
    One page that the folder describes.

    `path` leads to it by slugs; `place` is where in its file it stands, () for the whole file.
    """

    kind: str
    path: tuple[str, ...]
    source: Source
    fields: Any
    place: Place = ()
    children: list[Node] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.path[-1]

    def complain(self, message: str, *place: str | int) -> None:
        """Note something to mend at a place within this page's part of the file."""
        self.source.complain(message, *self.place, *place)

    def walk(self) -> Iterator[Node]:
        """Yield this page and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Folder:
    """
    What a content folder holds: its top pages, in order.

    `lessons` are the paths of all its lessons, those included whose files have faults.
    """

    root: Path
    complaints: Complaints
    pages: list[Node] = field(default_factory=list)
    lessons: set[tuple[str, ...]] = field(default_factory=set)

    def walk(self, *kinds: str) -> Iterator[Node]:
        """Yield every page of these kinds, or of all, parents first."""
        for page in self.pages:
            yield from (node for node in page.walk() if not kinds or node.kind in kinds)


def read_folder(root: Path, *, languages: Sequence[str], complaints: Complaints) -> Folder:
    """Return what a content folder says for a school of these languages."""
    folder = Folder(root, complaints)
    if not root.is_dir():
        complaints.add(str(root), "There is no such folder.")
        return folder
    reader = _Reader(root, languages, complaints)
    categories = [page for path in reader.folders(()) if (page := reader.category(path))]
    folder.lessons = reader.lessons
    folder.pages = [
        *in_order(categories),
        *in_order(reader.flat("course", "courses", CourseFile)),
        *in_order(reader.flat("bank", "banks", BankFile)),
    ]
    if not folder.pages and not complaints.items:
        complaints.add(str(root), "There is no <category>/category.yaml in this folder.")
    return folder


def in_order(nodes: list[Node]) -> list[Node]:
    """Return siblings in the order that their files give them; equal ones by slug."""
    return sorted(nodes, key=lambda node: (node.fields.order, node.slug))


class _Reader:
    """Walks one folder, staying inside it."""

    def __init__(self, root: Path, languages: Sequence[str], complaints: Complaints) -> None:
        self.root = root.resolve()
        self.languages = languages
        self.complaints = complaints
        self.count = 0
        self.lessons: set[tuple[str, ...]] = set()

    def category(self, path: tuple[str, ...]) -> Node | None:
        node = self.page("category", path, CategoryFile, "/".join((*path, "category.yaml")))
        children = [page for inner in self.folders(path) if (page := self.subcategory(inner))]
        self.refuse_other_files(path, {"category.yaml"})
        if node:
            node.children = in_order(children)
        return node

    def subcategory(self, path: tuple[str, ...]) -> Node | None:
        here = "/".join(path)
        node = self.page("subcategory", path, SubcategoryFile, f"{here}/subcategory.yaml")
        lessons = []
        for slug in self.yaml_files(path, besides={"subcategory.yaml"}):
            self.lessons.add((*path, slug))
            lesson = self.page("lesson", (*path, slug), LessonFile, f"{here}/{slug}.yaml")
            if lesson:
                lessons.append(lesson)
        for inner in self.folders(path):
            self.complaints.add("/".join(inner), "Lessons are files; no folder belongs here.")
        if node:
            node.children = in_order(lessons)
        return node

    def flat(self, kind: str, name: str, model: type[FileModel]) -> list[Node]:
        """Return the pages of a folder in which each file is one."""
        if not (self.root / name).is_dir():
            return []
        pages = []
        for slug in self.yaml_files((name,), besides=set()):
            page = self.page(kind, (slug,), model, f"{name}/{slug}.yaml")
            if page:
                pages.append(page)
        return pages

    def page(
        self, kind: str, path: tuple[str, ...], model: type[FileModel], name: str
    ) -> Node | None:
        """Return a page as its file, `name` below the folder, describes it."""
        if not re.fullmatch(SLUG, path[-1]) or len(path[-1]) > 100:
            self.complaints.add(
                name, f"“{path[-1]}” is no slug: small letters and digits, single hyphens between."
            )
        target = self.root / name
        if not target.is_file():
            self.complaints.add(name, "This file is missing.")
            return None
        if not self.is_inside(target, name) or not self.may_read_more(name):
            return None
        source = read_source(target, name=name, complaints=self.complaints)
        if source is None:
            return None
        fields = self.fields(model, source)
        if fields is None:
            return None
        node = Node(kind, path, source, fields)
        node.children = [
            Node("exercise", (*path, entry.slug), source, entry, ("exercises", at))
            for at, entry in enumerate(getattr(fields, "exercises", []))
        ]
        return node

    def fields(self, model: type[FileModel], source: Source) -> Any:
        try:
            return model.model_validate(source.data, context={"languages": self.languages})
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                source.complain(message_of(problem), *problem["loc"])
            return None

    def folders(self, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the folders of pages below a path."""
        here = self.root.joinpath(*path)
        reserved = set() if path else RESERVED
        return [
            (*path, entry.name)
            for entry in sorted(here.iterdir())
            if entry.is_dir()
            and not entry.name.startswith(".")
            and entry.name not in reserved
            and self.is_inside(entry, "/".join((*path, entry.name)))
        ]

    def yaml_files(self, path: tuple[str, ...], *, besides: set[str]) -> list[str]:
        """Return the names, without ending, of the files of pages in a folder."""
        here = self.root.joinpath(*path)
        self.refuse_other_files(path, {entry.name for entry in here.glob("*.yaml")} | besides)
        return [
            entry.name.removesuffix(".yaml")
            for entry in sorted(here.glob("*.yaml"))
            if entry.name not in besides and not entry.name.startswith(".")
        ]

    def refuse_other_files(self, path: tuple[str, ...], known: set[str]) -> None:
        """Complain of files that would otherwise be left out in silence."""
        for entry in sorted(self.root.joinpath(*path).iterdir()):
            ordinary = entry.name.startswith(".") or entry.name.lower() == "readme.md"
            if not entry.is_dir() and entry.name not in known and not ordinary:
                self.complaints.add("/".join((*path, entry.name)), "This file has no place here.")

    def is_inside(self, entry: Path, name: str) -> bool:
        if entry.resolve().is_relative_to(self.root):
            return True
        self.complaints.add(name, "This links to something outside the folder.")
        return False

    def may_read_more(self, name: str) -> bool:
        self.count += 1
        if self.count == MOST_FILES + 1:
            self.complaints.add(name, f"There are more than {MOST_FILES} files in this folder.")
        return self.count <= MOST_FILES
