"""Prerequisites without circles: no lesson may wait for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_for_circle(lesson: Any, required: Iterable[Any]) -> None:
    """
    Check that a lesson may require others, given what every lesson requires already. Two queries.

    :raises ValidationError: if it would wait for itself; the message names the way round
    """
    wanted = [other.pk for other in required]
    if not wanted or lesson.pk is None:
        return
    circle = find_circle(lesson.pk, {**_requirements(), lesson.pk: wanted})
    if circle:
        told = _("The prerequisites go round in a circle: %(way)s.")
        raise ValidationError(told % {"way": _way_in_words(circle, lesson)})


def circle_before(lesson: Any, required: Iterable[Any]) -> str:
    """
    Return, in words, the circle in which a lesson, or one that it waits for, waits for itself.

    "" if there is none. Two queries.
    """
    wanted = [other.pk for other in required]
    if not wanted:
        return ""
    requirements = {**_requirements(), lesson.pk: wanted}
    for step in _all_before(lesson.pk, requirements):
        if circle := find_circle(step, requirements):
            return _way_in_words(circle, lesson)
    return ""


def _all_before(start: Any, requirements: dict[Any, list[Any]]) -> list[Any]:
    """Return a thing and all that it requires, however far away."""
    found = [start]
    for step in found:
        found += [there for there in requirements.get(step, ()) if there not in found]
    return found


def _way_in_words(circle: list[Any], lesson: Any) -> str:
    model = apps.get_model("content_types", "Lesson")
    titles = {page.pk: page.title for page in model.objects.filter(pk__in=circle)}
    titles[lesson.pk] = lesson.title
    return " → ".join(f"“{titles[step]}”" for step in circle)


def find_circle(start: Any, requirements: dict[Any, list[Any]]) -> list[Any]:
    """
    Return a way from `start` over requirements back to itself, both ends included; [] if none.

    :param requirements: what each thing requires
    """
    came_from: dict[Any, Any] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for there in requirements.get(here, ()):
            if there == start:
                return _way_back(start, here, came_from)
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return []


def _way_back(start: Any, last: Any, came_from: dict[Any, Any]) -> list[Any]:
    way = [start]
    while last != start:
        way.append(last)
        last = came_from[last]
    return [start, *reversed(way)]


def _requirements() -> dict[Any, list[Any]]:
    rows = apps.get_model("content_types", "LessonPrerequisite").objects
    requirements: dict[Any, list[Any]] = defaultdict(list)
    for lesson, required in rows.values_list("lesson_id", "required_id"):
        requirements[lesson].append(required)
    return requirements
