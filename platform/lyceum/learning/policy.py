"""How strictly an exercise is marked: the school's rules, then its kind's, then its own."""

from __future__ import annotations

from collections.abc import Mapping

from lyceum.content.exercises.kinds import exercise_kinds, kinds_here
from lyceum.kernel.errors import Invalid
from lyceum.learning.marking.policy import InvalidPolicy, Policy
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import School


def resolve_policy(
    school: CurrentSchool, *, kind: str, exercise: Mapping[str, str]
) -> dict[str, str]:
    """
    Return the marking rules in force, a rule to strict, warn or ignore.

    Of the school, the school for this kind, and the exercise, the last that names a rule decides.
    Rules that nobody names are left to the marking engine's defaults.
    """
    return {**school.marking, **school.marking_by_kind.get(kind, {}), **exercise}


def check_marking(school: School) -> None:
    """
    Refuse a school's marking rules that there are not, or that are for no kind.

    :raises Invalid: naming the rule or kind, and those there are
    """
    _check_rules("marking", school.marking)
    for kind, rules in school.marking_by_kind.items():
        if kind not in exercise_kinds:
            kinds = ", ".join(kind.name for kind in kinds_here())
            message = f"There is no kind {kind!r}. The kinds are: {kinds}."
            raise Invalid(fields={"marking_by_kind": [message]})
        _check_rules(f"marking_by_kind.{kind}", rules)


def _check_rules(field: str, rules: Mapping[str, str]) -> None:
    try:
        Policy.default().merged(rules)
    except InvalidPolicy as error:
        raise Invalid(fields={field: [str(error)]}) from error
