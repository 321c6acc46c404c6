"""Categories and subcategories as readers see them."""

from __future__ import annotations

from typing import Any

from content_types.models import Category
from content_types.rendering.pages import above, card_of, link_to
from lyceum.plugin.content import Rendering, image_document


def category_card(page: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        **card_of(page, "category", rendering),
        "colour": page.colour,
        "icon": page.icon,
        "image": image_document(page.image, rendering) if page.image else None,
        **counts_of(page),
    }


def subcategory_card(page: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        **card_of(page, "subcategory", rendering),
        "category": category_link(rendering),
        "difficulty": page.difficulty,
        "duration": page.duration,
        **counts_of(page),
    }


def nothing_more(page: Any, rendering: Rendering) -> dict[str, Any]:
    """The detail of a type whose card says it all."""
    return {}


def category_link(rendering: Rendering) -> dict[str, Any] | None:
    category = above(rendering, Category)
    if category is None:
        return None
    return {**link_to(category, "category", rendering), "colour": category.colour}


def counts_of(page: Any) -> dict[str, int]:
    return {"lessons_count": page.lessons_count, "exercises_count": page.exercises_count}
