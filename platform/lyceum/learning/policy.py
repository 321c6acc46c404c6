"""How strictly an exercise is marked: the school's rules, then its kind's, then its own."""

from __future__ import annotations

from collections.abc import Mapping

from lyceum.schools.current import CurrentSchool


def resolve_policy(
    school: CurrentSchool, *, kind: str, exercise: Mapping[str, str]
) -> dict[str, str]:
    """
    Return the marking rules in force, a rule to strict, warn or ignore.

    Of the school, the school for this kind, and the exercise, the last that names a rule decides.
    Rules that nobody names are left to the marking engine's defaults.
    """
    return {**school.marking, **school.marking_by_kind.get(kind, {}), **exercise}
