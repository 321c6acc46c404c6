"""What all page types tell of themselves, and links from one to another."""

from __future__ import annotations

from typing import Any

from lyceum.plugin.content import Rendering


def card_of(page: Any, type_: str, rendering: Rendering) -> dict[str, Any]:
    """Return what every page tells in a list."""
    return {
        **named(page, type_, rendering),
        "description": rendering.text(page, "description"),
        "level": page.level,
        "tags": list(page.tags),
        "languages": rendering.languages_of(page, "title"),
        "created_at": moment(page.created_at),
        "updated_at": moment(page.last_published_at or page.created_at),
    }


def link_to(page: Any, type_: str, rendering: Rendering) -> dict[str, Any]:
    """Return a link to another page, and note that its title and slug are shown."""
    rendering.shows_page(page.uuid)
    return named(page, type_, rendering)


def named(page: Any, type_: str, rendering: Rendering) -> dict[str, Any]:
    return {
        "id": str(page.uuid),
        "type": type_,
        "slug": page.slug,
        "title": rendering.text(page, "title"),
    }


def moment(at: Any) -> str:
    """Return a moment as the API writes it: RFC 3339, UTC, to the second."""
    return f"{at:%Y-%m-%dT%H:%M:%S}Z"


def above(rendering: Rendering, model: type) -> Any:
    """Return the page of a type that this page lies below; None if there is none."""
    return next((page for page in rendering.ancestors if isinstance(page, model)), None)
