"""Badges beside the platform: what learners really do comes to points, badges and moments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lyceum.schools.current import CurrentSchool
from lyceum.testing.news import tell_plugins
from lyceum.testing.people import a_learner, a_member, a_school, signed_in
from lyceum.testing.plugins import switch_on
from tests.exercises import an_exercise, simple_kinds
from tests.learners import answer, as_learner
from tests.pages import a_category, a_lesson, a_subcategory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with simple_kinds():
        yield


@pytest.fixture
def toto() -> CurrentSchool:
    school = a_school("toto")
    for plugin in ("badges", "moments"):
        school = switch_on(plugin, school)
    return school


def read(user: Any, path: str) -> Any:
    return signed_in(user, "toto").get(f"/api/v1/{path}").json()


def test_a_lesson_that_is_learnt_gives_points_badges_and_a_moment(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    exercise = an_exercise(a_lesson(toto), points=7)

    for word in ("cat", "dog", "dog"):
        answer(as_learner(sam, toto), exercise, word)
    tell_plugins()

    own = read(sam, "badges/me")
    assert own["points"] == 7 + 20
    assert [badge["name"] for badge in own["badges"]] == ["First lesson", "First step"]
    assert own["streak"]["longest"] == 1
    told = [moment["kind"] for moment in read(sam, "moments")["items"]]
    assert sorted(told) == ["achievement", "achievement", "lesson_completed"]


def test_a_badge_of_a_category_is_earned_by_what_is_in_it(toto: CurrentSchool) -> None:
    sam, manager = a_learner(toto), signed_in(a_member(toto, "manager"), "toto")
    animals = a_category(toto)
    exercises = [
        an_exercise(a_lesson(a_subcategory(parent))) for parent in (a_category(toto), animals)
    ]
    rule = {
        "name": {"en": "Zoologist"},
        "measure": "count",
        "kind": "exercise_completed",
        "category": str(animals.uuid),
        "threshold": 1,
    }
    made = manager.post("/api/v1/badges/rules", rule, content_type="application/json")
    assert made.status_code == 201, made.content

    for exercise, earned in zip(exercises, (False, True), strict=True):
        answer(as_learner(sam, toto), exercise, "dog")
        tell_plugins()
        names = [badge["name"] for badge in read(sam, "badges/me")["badges"]]
        assert ("Zoologist" in names) is earned
