"""Which addresses of the admin are this room's, and open to a school's staff."""

from __future__ import annotations

from lyceum.content.admin.addresses import staff_addresses
from lyceum.content.models import BasePage

NAMESPACE = "lyceum_learning"


def open_to_staff() -> None:
    """Say that these addresses are for a school's staff, and what their arguments are ids of."""
    for name in ("index", "index_results", "answers"):
        staff_addresses.register(f"{NAMESPACE}:{name}", {"page_id": BasePage})
