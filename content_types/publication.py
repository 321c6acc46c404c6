"""What is checked of lessons before publication, beyond what is checked of every page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from content_types.inline_exercises import is_own, told_of_foreign
from content_types.models import Exercise, Lesson
from content_types.prerequisites import circle_before
from lyceum.plugin.editing import Remark, name_of_field, page_checks, streams
from lyceum.plugin.schools import CurrentSchool, levels_of

# The codes of what is wrong with what a lesson names.
CIRCLE = "circular_prerequisites"
UNPUBLISHED = "prerequisite_unpublished"
TOO_HIGH = "prerequisite_too_high"
FOREIGN_EXERCISE = "foreign_exercise"
HIDDEN_EXERCISE = "exercise_unpublished"

PREREQUISITES = "prerequisites"


def register() -> None:
    """Say what is checked. Called when the app is ready."""
    page_checks.register("prerequisites", _prerequisites)
    page_checks.register("inline exercises", _exercises)


def _prerequisites(page: Any, school: CurrentSchool) -> Iterator[Remark]:
    """Yield the lessons that must come first and cannot, or that nobody will look for."""
    if not isinstance(page, Lesson):
        return
    required = [row.required for row in page.prerequisites.all() if row.required_id]
    if not required:
        return
    if way := circle_before(page, required):
        told = _("The prerequisites go round in a circle: %(way)s.") % {"way": way}
        yield _about_prerequisites(CIRCLE, told, refuses=True)
    keys = [lesson.pk for lesson in required]
    open_ones = set(Lesson.objects.published().filter(pk__in=keys).values_list("pk", flat=True))
    levels = list(levels_of(school.level_scale))
    for lesson in required:
        if lesson.pk not in open_ones:
            told = _("“%(title)s” is not published: nobody is asked to complete it until it is.")
            yield _about_prerequisites(UNPUBLISHED, told % {"title": lesson.title})
        elif _is_above(lesson.level, page.level, levels):
            told = _("“%(title)s” is of a higher level than this lesson.")
            yield _about_prerequisites(TOO_HIGH, told % {"title": lesson.title})


def _is_above(level: str, own: str, levels: list[str]) -> bool:
    known = level in levels and own in levels
    # What is for everybody stands outside of the order.
    return known and "MIXED" not in (level, own) and levels.index(level) > levels.index(own)


def _about_prerequisites(code: str, told: str, *, refuses: bool = False) -> Remark:
    where = (_("Lessons to be completed first"),)
    return Remark(code, told, (PREREQUISITES,), where, refuses=refuses)


def _exercises(page: Any, school: CurrentSchool) -> Iterator[Remark]:
    """Yield the exercises in a body that are another lesson's, or that readers do not see."""
    if not isinstance(page, Lesson):
        return
    shown = [
        (child, name)
        for name, _language, value in streams(page, school.languages)
        for child in value
        if child.block_type == "exercise" and child.value
    ]
    if not shown:
        return
    keys = {child.value.pk for child, _name in shown}
    live = set(Exercise.objects.filter(pk__in=keys, live=True).values_list("pk", flat=True))
    for child, name in shown:
        where = (name_of_field(page, name), str(child.block.label))
        place = (name, str(child.id))
        about = {"title": child.value.title}
        if not is_own(page, child.value):
            told = told_of_foreign(child.value)
            yield Remark(FOREIGN_EXERCISE, told, place, where, refuses=True)
        elif child.value.pk not in live:
            told = _("“%(title)s” is not published: readers do not see it.") % about
            yield Remark(HIDDEN_EXERCISE, told, place, where)
