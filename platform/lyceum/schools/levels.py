"""Level scales: which levels a school has, easiest first, and which lie at or below one."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.kernel.errors import Invalid

MIXED = "MIXED"

LEVELS: dict[str, tuple[str, ...]] = {
    "cefr": ("A1", "A2", "B1", "B2", "C1", "C2"),
    "kg": ("KG1", "KG2", "KG3"),
    "none": (),
}


class UnknownLevel(Invalid):
    """The level is none of the school's scale. `GET /school` tells the scale."""

    code = "unknown_level"
    detail = _("The school has no such level.")


def levels_of(scale: str) -> tuple[str, ...]:
    """Return what a page of a school with this scale may carry: its levels, and MIXED."""
    return (*LEVELS[scale], MIXED)


def check_level(level: str, *, scale: str) -> None:
    """
    Refuse a person's level that a scale does not have; "" is no level.

    :raises UnknownLevel: naming the levels there are
    """
    if level and level not in LEVELS[scale]:
        levels = ", ".join(LEVELS[scale]) or "none"
        raise UnknownLevel(
            fields={"level": [gettext("The school's levels are: %(levels)s.") % {"levels": levels}]}
        )


def up_to(level: str, *, scale: str) -> tuple[str, ...]:
    """Return the levels at or below one; all of the scale where the level is not on it."""
    levels = LEVELS[scale]
    return levels[: levels.index(level) + 1] if level in levels else levels
