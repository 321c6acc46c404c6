"""Prerequisites without circles: no lesson may wait for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError


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
        model = apps.get_model("content_types", "Lesson")
        titles = {page.pk: page.title for page in model.objects.filter(pk__in=circle)}
        titles[lesson.pk] = lesson.title
        way = " → ".join(f"“{titles[step]}”" for step in circle)
        raise ValidationError(f"The prerequisites go round in a circle: {way}.")


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
