"""Writing a checked folder into a school's tree: new pages made, changed ones published anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from content_types.exchange.contents import INLINE, Block, Contents
from content_types.exchange.describing import Describer
from content_types.exchange.exporting import file_names, library_of
from content_types.exchange.folders import Folder, Node
from content_types.exchange.school_tree import MODELS, Found, Path
from content_types.models import CourseLesson, LessonPrerequisite
from lyceum.plugin.content import publish_outright
from lyceum.plugin.pages import BasePage, normal_tags
from lyceum.plugin.schools import CurrentSchool


class Placing:
    """One folder on its way into a school's tree."""

    def __init__(
        self,
        folder: Folder,
        contents: Contents,
        *,
        school: CurrentSchool,
        existing: dict[Path, Found],
        actor: Any,
    ) -> None:
        self.folder, self.contents, self.school = folder, contents, school
        self.existing = existing
        self.actor = actor
        self.ids: dict[Path, int] = {path: found.id for path, found in existing.items()}
        self.parents = {node.path: node for node in folder.walk("lesson", "bank")}
        self.made: set[Path] = set()
        self.changed: set[Path] = set()

    def place(self) -> None:
        """Make what is missing, then fill and publish each page whose contents differ."""
        root = BasePage.objects.get(pk=self.school.root_page_id).specific
        for node in self.folder.pages:
            self._make(node, root)
        lessons = {self.ids[n.path]: "/".join(n.path) for n in self.folder.walk("lesson")}
        lessons |= {f.id: "/".join(p) for p, f in self.existing.items() if f.kind == "lesson"}
        names = file_names({str(item.uuid): item for item in library_of(self.school)})
        self.describer = Describer(self.school.languages, names, lessons)
        for node in bottom_up(self.folder):
            self._fill(node)
        self._order(self.folder.pages, ())

    def _make(self, node: Node, parent: BasePage) -> None:
        """Add a page that the school does not have yet, as a draft, and those below it."""
        found = self.existing.get(node.path)
        if found is None:
            page = self._add(node, parent)
            self.ids[node.path] = page.pk
            self.made.add(node.path)
        elif any(child.path not in self.existing for child in node.walk()):
            page = MODELS[node.kind].objects.get(pk=found.id)
        else:
            return
        for child in node.children:
            self._make(child, page)

    def _add(self, node: Node, parent: BasePage) -> Any:
        """Add a page as a draft; an exercise, which points to no page, as it is to stay."""
        page = MODELS[node.kind](slug=node.slug, live=False, owner=self.actor)
        self._write(page, node, links=False)
        with told_of(node):
            if node.kind == "exercise":
                publish_outright(page, below=parent, actor=self.actor)
                self.changed.add(node.path)
            else:
                parent.add_child(instance=page)
        return page

    def _fill(self, node: Node) -> None:
        """Publish a page with what the folder says, unless it says so already."""
        if node.path in self.changed:
            return
        page = MODELS[node.kind].objects.get(pk=self.ids[node.path])
        before = self.describer.describe(page) if page.live else None
        self._write(page, node, links=True)
        if before is not None and before == self.describer.describe(page):
            return
        with told_of(node):
            page.full_clean()
            # It is clean: what else a revision checks is checked once more when it is published.
            page.save_revision(user=self.actor, changed=True, clean=False).publish(user=self.actor)
        self.changed.add(node.path)

    def _write(self, page: Any, node: Node, *, links: bool) -> None:
        """Set a page's fields; those that point to other pages only with `links`."""
        fields = node.fields
        self._write_texts(page, node)
        for name in ("colour", "icon", "difficulty", "duration", "points", "time_limit"):
            if hasattr(fields, name):
                setattr(page, name, getattr(fields, name))
        if node.kind in ("lesson", "course", "exercise"):
            page.level, page.tags = self._level(node), normal_tags(list(fields.tags))
        if node.kind == "exercise":
            page.max_attempts, page.marking = fields.max_attempts, dict(fields.marking)
            page.task = [self.contents.tasks[node.path]]
        if links and node.kind == "lesson":
            for language, blocks in self.contents.bodies[node.path].items():
                setattr(page, f"body_{language}", self._with_exercises(node, blocks))
            page.prerequisites = [
                LessonPrerequisite(required_id=pk, sort_order=place)
                for place, pk in enumerate(self._lessons(fields.prerequisites))
            ]
        if links and node.kind == "course":
            page.course_lessons = [
                CourseLesson(lesson_id=pk, sort_order=place)
                for place, pk in enumerate(self._lessons(fields.lessons))
            ]

    def _write_texts(self, page: Any, node: Node) -> None:
        for name in ("title", "description", "instructions", "explanation"):
            if hasattr(node.fields, name):
                texts = getattr(node.fields, name) or {}
                for language in self.school.languages:
                    setattr(page, f"{name}_{language}", texts.get(language, ""))
        page.draft_title = page.title
        for name, block in (("objectives", "objective"), ("hints", "hint")):
            if hasattr(node.fields, name):
                for language in self.school.languages:
                    lines = [(block, texts[language]) for texts in getattr(node.fields, name)]
                    setattr(page, f"{name}_{language}", lines)

    def _level(self, node: Node) -> str:
        if node.kind == "exercise" and not node.fields.level:
            return getattr(self.parents[node.path[:-1]].fields, "level", "")
        return str(node.fields.level)

    def _with_exercises(self, node: Node, blocks: Iterable[Block]) -> list[Block]:
        pages = MODELS["exercise"].objects.in_bulk(
            [self.ids[child.path] for child in node.children]
        )
        return [
            (name, pages[self.ids[(*node.path, value)]]) if name == INLINE else (name, value)
            for name, value in blocks
        ]

    def _lessons(self, paths: Iterable[str]) -> list[int]:
        return [self.ids[tuple(path.split("/"))] for path in paths]

    def _order(self, siblings: list[Node], parent: Path) -> None:
        """Put siblings of one kind in the folder's order, if they are in another."""
        for kind in dict.fromkeys(node.kind for node in siblings):
            wanted = [self.ids[node.path] for node in siblings if node.kind == kind]
            pages = BasePage.objects.filter(pk__in=wanted).order_by("path")
            if list(pages.values_list("pk", flat=True)) != wanted:
                for pk in wanted:
                    page = BasePage.objects.get(pk=pk)
                    page.move(page.get_parent(), pos="last-child", user=self.actor)
                self.changed.add((*parent, f"order of {kind}"))
        for node in siblings:
            self._order(node.children, node.path)


@contextmanager
def told_of(node: Node) -> Iterator[None]:
    """
    Tell what a page itself refuses as a fault of its file.

    :raises FolderRefused: if it refuses something
    """
    try:
        yield
    except ValidationError as error:
        for message in error.messages:
            node.complain(message)
        node.source.complaints.raise_if_any()


def bottom_up(folder: Folder) -> list[Node]:
    """Return all pages, each after those below it: a lesson shows its exercises."""
    return list(folder.walk())[::-1]
