"""The pages that a school has already, by the slugs that lead to them."""

from __future__ import annotations

from dataclasses import dataclass

from content_types.models import Bank, Category, Course, Exercise, Lesson, Subcategory
from lyceum.plugin.pages import BasePage
from lyceum.plugin.schools import CurrentSchool

Path = tuple[str, ...]

MODELS: dict[str, type[BasePage]] = {
    "category": Category,
    "subcategory": Subcategory,
    "lesson": Lesson,
    "exercise": Exercise,
    "course": Course,
    "bank": Bank,
}


@dataclass(frozen=True)
class Found:
    """A page of the school: its primary key, its kind ("" of one that folders do not hold)."""

    id: int
    kind: str
    live: bool


def pages_of(school: CurrentSchool) -> dict[Path, Found]:
    """Return all pages of a school, in the order of its tree. One query."""
    rows = (
        BasePage.objects.filter(path__startswith=school.root_path)
        .exclude(path=school.root_path)
        .order_by("path")
        .values_list("path", "slug", "pk", "live", "content_type__app_label", "content_type__model")
    )
    slugs: dict[str, Path] = {school.root_path: ()}
    found: dict[Path, Found] = {}
    for path, slug, pk, live, app, model in rows:
        place = slugs[path] = (*slugs[path[: -BasePage.steplen]], slug)
        kind = model if app == "content_types" and model in MODELS else ""
        found[place] = Found(pk, kind, live)
    return found


def prerequisites_of(school: CurrentSchool) -> dict[int, list[int]]:
    """Return which lessons the school's lessons require, by primary key. One query."""
    required: dict[int, list[int]] = {}
    rows = Lesson.objects.filter(path__startswith=school.root_path, prerequisites__isnull=False)
    for lesson, needed in rows.values_list("pk", "prerequisites__required_id"):
        required.setdefault(lesson, []).append(needed)
    return required
