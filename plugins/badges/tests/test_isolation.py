"""What learners of one school earned, no other school reads."""

from __future__ import annotations

import pytest

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.isolation import assert_isolated
from lyceum.testing.people import a_class, a_learner
from plugins.badges.models import Earned
from plugins.badges.tests.learning import answer, solve
from plugins.badges.tests.test_admin import a_rule

pytestmark = pytest.mark.django_db


def fill(school: CurrentSchool) -> None:
    """Have a learner of a class earn what there is to earn."""
    rule = a_rule(school)
    rule.name = {"en": f"The badge of {school.slug}"}
    rule.save()
    sam = a_learner(school, first_name="Sam", last_name=f"of {school.slug}")
    a_class(school, sam)
    answer(school, sam)
    solve(school, sam, 500)
    assert Earned.objects.of(school).exists()


def test_what_is_earned_at_one_school_no_other_reads() -> None:
    assert_isolated("badges", fill=fill)
