"""The probe's page type: a leaflet, below the school, a category or a subcategory."""

from __future__ import annotations

from typing import Any, Literal

from lyceum.plugin.content import ContentType, Rendering
from lyceum.plugin.http import Answer


class LeafletCard(Answer):
    """A leaflet in a list."""

    id: str
    type: Literal["probe_leaflet"]
    slug: str
    title: str
    sheets: int


class LeafletBody(LeafletCard):
    """A leaflet in full."""

    text: str


def card(page: Any, rendering: Rendering) -> dict[str, Any]:
    if page.text == "break":
        raise ValueError("The probe was told to break.")
    return {
        "id": str(page.uuid),
        "type": "probe_leaflet",
        "slug": page.slug,
        "title": rendering.text(page, "title"),
        "sheets": page.sheets,
    }


def body(page: Any, rendering: Rendering) -> dict[str, Any]:
    return {"text": page.text}


PAGES = (
    ContentType(
        name="probe_leaflet",
        plural="probe_leaflets",
        model="probe.leaflet",
        card=card,
        body=body,
        words=lambda page, rendering: page.text,
        card_schema=LeafletCard,
        body_schema=LeafletBody,
        filters={"sheets_max": "leaflet__sheets__lte"},
        within={"category": "categories"},
    ),
)
