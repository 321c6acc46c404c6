"""Lessons as readers see them."""

from __future__ import annotations

from typing import Any

from content_types.models import Lesson, Subcategory
from content_types.rendering.pages import above, card_of, link_to
from content_types.rendering.sections import category_link
from content_types.rendering.words import words_in
from lyceum.plugin.content import Rendering, render_blocks


def lesson_card(page: Any, rendering: Rendering) -> dict[str, Any]:
    subcategory = above(rendering, Subcategory)
    return {
        **card_of(page, "lesson", rendering),
        "category": category_link(rendering),
        "subcategory": subcategory and link_to(subcategory, "subcategory", rendering),
        "duration": page.duration,
        "exercises_count": page.exercises_count,
        "image": first_in(page, "image", rendering),
        "audio": first_in(page, "audio", rendering),
    }


def first_in(page: Any, type_: str, rendering: Rendering) -> dict[str, Any] | None:
    """Return the first picture or sound that is a block of a lesson's body; None without one."""
    told = (block[type_] for block in blocks_of(page, rendering) if block["type"] == type_)
    return next(filter(None, told), None)


def lesson_body(page: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        "objectives": [str(child.value) for child in rendering.value(page, "objectives") or ()],
        "prerequisites": [
            lesson_link(lesson, rendering) for lesson in required_by(page, rendering)
        ],
        "body": blocks_of(page, rendering),
    }


def lesson_words(page: Any, rendering: Rendering) -> str:
    objectives = [str(child.value) for child in rendering.value(page, "objectives") or ()]
    return " ".join([*objectives, words_in(blocks_of(page, rendering))])


def blocks_of(page: Any, rendering: Rendering) -> list[dict[str, Any]]:
    """Return the body's blocks, rendered once for the readers and for the search."""
    return rendering.once(
        ("body", page.pk, rendering.language),
        lambda: render_blocks(rendering.value(page, "body"), rendering),
    )


def lesson_link(lesson: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        **link_to(lesson, "lesson", rendering),
        "level": lesson.level,
        "duration": lesson.duration,
    }


def required_by(page: Any, rendering: Rendering) -> list[Any]:
    """Return the published lessons that come before a lesson, in the creator's order."""
    rows = page.prerequisites.order_by("sort_order", "pk")
    order = list(rows.values_list("required_id", "required__uuid"))
    for _, uuid in order:
        rendering.shows_page(uuid)
    found = Lesson.objects.filter(pk__in=[pk for pk, _ in order]).published().in_bulk()
    return [found[pk] for pk, _ in order if pk in found]
