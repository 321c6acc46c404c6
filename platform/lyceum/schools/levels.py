"""The levels of each scale, easiest first, and what a level means for difficulty."""

from __future__ import annotations

MIXED = "MIXED"

LEVELS: dict[str, tuple[str, ...]] = {
    "cefr": ("A1", "A2", "B1", "B2", "C1", "C2"),
    "kg": ("KG1", "KG2", "KG3"),
    "none": (),
}


def levels_of(scale: str) -> tuple[str, ...]:
    """Return what a page of a school with this scale may carry: its levels, and MIXED."""
    return (*LEVELS[scale], MIXED)
