"""Courses as readers see them."""

from __future__ import annotations

from typing import Any

from content_types.models import Lesson
from content_types.rendering.lessons import lesson_link
from content_types.rendering.pages import card_of
from lyceum.plugin.content import Rendering, image_document


def course_card(page: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        **card_of(page, "course", rendering),
        "cover": image_document(page.cover, rendering) if page.cover else None,
        "lessons_count": len(lessons_of(page, rendering)),
    }


def course_body(page: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        "lessons": [lesson_link(lesson, rendering) for lesson in lessons_of(page, rendering)],
    }


def lessons_of(page: Any, rendering: Rendering) -> list[Any]:
    """Return a course's published lessons in its order; those that are not are noted too."""
    rows = page.course_lessons.order_by("sort_order", "pk")
    order = list(rows.values_list("lesson_id", "lesson__uuid"))
    for _, uuid in order:
        # One that comes back must bring the course's documents up to date.
        rendering.shows_page(uuid)
    found = Lesson.objects.filter(pk__in=[pk for pk, _ in order]).published().in_bulk()
    return [found[pk] for pk, _ in order if pk in found]
