"""What must hold between the files of a folder, and between the folder and its school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from content_types.exchange.folders import Folder, Node
from content_types.exchange.school_tree import Found, Path
from lyceum.plugin.blocks import blocks_at
from lyceum.plugin.exercises import kind_at, kinds_at
from lyceum.plugin.marking import RULES
from lyceum.plugin.pages import normal_tags
from lyceum.plugin.schools import CurrentSchool, levels_of


def check_folder(
    folder: Folder,
    *,
    school: CurrentSchool,
    existing: Mapping[Path, Found],
    required: Mapping[int, list[int]],
) -> None:
    """Complain of everything that is wrong between the folder's pages and the school's."""
    check_addresses(folder, existing)
    check_levels(folder, school)
    check_tags(folder)
    for exercise in folder.walk("exercise"):
        check_exercise(exercise, school)
    for lesson in folder.walk("lesson"):
        check_inline_exercises(lesson)
        check_blocks(lesson, school)
    check_lessons_named(folder, existing)
    check_circles(folder, existing, required)


def check_addresses(folder: Folder, existing: Mapping[Path, Found]) -> None:
    """Complain of two pages at one address, in the folder or between it and the school."""
    seen: dict[Path, Node] = {}
    for node in folder.walk():
        place = ("slug",) if node.kind == "exercise" else ()
        first = seen.setdefault(node.path, node)
        if first is not node:
            node.complain(
                f"The slug “{node.slug}” is taken here by the {first.kind} before it.", *place
            )
        there = existing.get(node.path)
        if there and there.kind != node.kind:
            what = f"a {there.kind}" if there.kind else "another sort of page"
            node.complain(f"The school has {what} with the slug “{node.slug}” here.", *place)


def check_levels(folder: Folder, school: CurrentSchool) -> None:
    """Complain of levels that are not on the school's scale."""
    levels = levels_of(school.level_scale)
    for node in folder.walk("lesson", "exercise", "course"):
        level = node.fields.level
        if (level or node.kind == "lesson") and level not in levels:
            known = ", ".join(levels)
            node.complain(f"“{level}” is not a level of this school; these are: {known}.", "level")


def check_tags(folder: Folder) -> None:
    """Complain of tags that a page may not have."""
    for node in folder.walk("lesson", "exercise", "course"):
        try:
            normal_tags(list(node.fields.tags))
        except ValidationError as error:
            for message in error.messages:
                node.complain(message, "tags")


def check_exercise(node: Node, school: CurrentSchool) -> None:
    """Complain of a kind or marking rules that are not there."""
    if kind_at(school, node.fields.kind) is None:
        known = ", ".join(kind.name for kind in kinds_at(school))
        node.complain(f"There is no kind “{node.fields.kind}”; these are: {known}.", "kind")
    for rule in node.fields.marking:
        if rule not in RULES:
            known = ", ".join(RULES)
            node.complain(f"There is no such rule; the rules are: {known}.", "marking", rule)


def check_inline_exercises(lesson: Node) -> None:
    """Complain of exercises in the body that the lesson does not have, or shows twice."""
    own = {exercise.slug for exercise in lesson.children}
    for language, blocks in lesson.fields.body.items():
        shown: set[Any] = set()
        for at, block in enumerate(blocks):
            slug = block.get("exercise")
            if "exercise" not in block or len(block) != 1:
                continue
            place = ("body", language, at, "exercise")
            if slug not in own:
                lesson.complain(f"The lesson has no exercise “{slug}”.", *place)
            elif slug in shown:
                lesson.complain(f"“{slug}” is shown twice.", *place)
            shown.add(slug)


def check_blocks(lesson: Node, school: CurrentSchool) -> None:
    """Complain of blocks in the body whose plugin is not in force in the school."""
    off = {kind.name for kind in blocks_at(None)} - {kind.name for kind in blocks_at(school)}
    for language, blocks in lesson.fields.body.items():
        for at, block in enumerate(blocks):
            for name in off & set(block):
                lesson.complain(f"There is no block “{name}” here.", "body", language, at)


def check_lessons_named(folder: Folder, existing: Mapping[Path, Found]) -> None:
    """Complain of prerequisites and courses that name lessons which are nowhere."""
    known = folder.lessons | {path for path, found in existing.items() if found.kind == "lesson"}
    for field, kind in (("prerequisites", "lesson"), ("lessons", "course")):
        for node in folder.walk(kind):
            named = [path_of(text) for text in getattr(node.fields, field)]
            for at, path in enumerate(named):
                if path not in known:
                    node.complain(f"There is no lesson “{'/'.join(path)}”.", field, at)
                elif path in named[:at]:
                    node.complain("This lesson is named twice.", field, at)


def check_circles(
    folder: Folder, existing: Mapping[Path, Found], required: Mapping[int, list[int]]
) -> None:
    """Complain of lessons that would have to be completed before themselves."""
    paths = {found.id: path for path, found in existing.items()}
    needs: dict[Path, list[Path]] = {
        paths[lesson]: [paths[one] for one in needed if one in paths]
        for lesson, needed in required.items()
    }
    lessons = list(folder.walk("lesson"))
    for lesson in lessons:
        needs[lesson.path] = [path_of(text) for text in lesson.fields.prerequisites]
    for lesson in lessons:
        for at, needed in enumerate(needs[lesson.path]):
            if lesson.path in reachable(needed, needs):
                lesson.complain(
                    "This goes in a circle: that lesson requires this one.", "prerequisites", at
                )


def reachable(start: Path, needs: Mapping[Path, Iterable[Path]]) -> set[Path]:
    """Return a lesson with all that must come before it."""
    seen: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting.extend(needs.get(path, ()))
    return seen


def path_of(text: str) -> Path:
    """Return a lesson's path as its slugs."""
    return tuple(text.split("/"))
