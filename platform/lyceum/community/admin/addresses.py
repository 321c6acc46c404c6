"""Which addresses of the admin are this room's, and open to a school's staff."""

from __future__ import annotations

from lyceum.content.admin.addresses import staff_addresses

NAMESPACE = "lyceum_moderation"


def open_to_moderators() -> None:
    """Say that these addresses are for a school's staff; each looks for its things itself."""
    for name in ("queue", "case", "bin", "restore", "filters"):
        staff_addresses.register(f"{NAMESPACE}:{name}", {})
