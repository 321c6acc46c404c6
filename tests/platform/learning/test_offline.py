"""What was given offline: taken once, in order, each for itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from content_types.models import Exercise, Lesson
from lyceum.kernel.identity import new_uuid
from lyceum.learning.learners import Learner
from lyceum.learning.models import Attempt, LessonProgress, OfflineReport
from lyceum.learning.services.offline import ItemOutcome, take_offline
from tests.exercises import an_exercise
from tests.learners import MONDAY, as_learner
from tests.pages import a_lesson
from tests.people import a_learner, a_school

pytestmark = pytest.mark.django_db


def an_attempt(exercise: Exercise, text: str, at: datetime = MONDAY, **more: Any) -> dict[str, Any]:
    return {
        "type": "attempt",
        "client_id": str(new_uuid()),
        "exercise": str(exercise.uuid),
        "answer": {"text": text},
        "answered_at": at.isoformat(),
        **more,
    }


def a_report(lesson: Lesson, at: datetime = MONDAY, **more: Any) -> dict[str, Any]:
    return {
        "type": "progress",
        "client_id": str(new_uuid()),
        "lesson": str(lesson.uuid),
        "answered_at": at.isoformat(),
        **more,
    }


def sync(learner: Learner, *items: Any) -> list[ItemOutcome]:
    return take_offline(learner=learner, items=items, at=MONDAY + timedelta(hours=1))


def codes(outcomes: list[ItemOutcome]) -> list[str]:
    return [outcome.error.code if outcome.error else "taken" for outcome in outcomes]


def test_items_are_taken_in_the_order_in_which_they_were_given() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school), max_attempts=2)
    late = an_attempt(exercise, "dog", MONDAY + timedelta(minutes=9))
    early = an_attempt(exercise, "cat", MONDAY + timedelta(minutes=1))
    middle = an_attempt(exercise, "cow", MONDAY + timedelta(minutes=5))

    outcomes = sync(learner, late, early, middle)

    assert codes(outcomes) == ["attempts_used_up", "taken", "taken"]
    assert [outcome.client_id for outcome in outcomes] == [
        one["client_id"] for one in (late, early, middle)
    ]
    assert list(Attempt.objects.order_by("number").values_list("answer__text", flat=True)) == [
        "cat",
        "cow",
    ]


def test_a_batch_sent_again_changes_nothing_and_is_answered_alike() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson, reading = a_lesson(school), a_lesson(school)
    exercise = an_exercise(lesson)
    sitting = str(new_uuid())
    batch = [
        an_attempt(exercise, "cat"),
        a_report(reading, session_id=sitting, seconds=0, position="a"),
        a_report(reading, MONDAY + timedelta(minutes=1), session_id=sitting, seconds=60, done=True),
    ]

    first = sync(learner, *batch)
    before = list(LessonProgress.objects.order_by("id").values())
    again = sync(learner, *batch)

    assert first == again
    assert before == list(LessonProgress.objects.order_by("id").values())
    assert (Attempt.objects.count(), OfflineReport.objects.count()) == (1, 2)
    told = first[2].body
    assert told is not None
    assert (told["seconds"], told["done"], told["position"]) == (60, True, "a")


def test_one_bad_item_stops_no_other() -> None:
    school, elsewhere = a_school(), a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    exercise = an_exercise(lesson)
    used = an_attempt(exercise, "cat")

    outcomes = sync(
        learner,
        "nonsense",
        {"client_id": "x"},
        an_attempt(an_exercise(a_lesson(elsewhere)), "dog"),
        an_attempt(exercise, "dog", answer={"text": 7}),
        an_attempt(exercise, "dog", unknown=1),
        an_attempt(exercise, "dog", seconds=10**9),
        a_report(lesson, done=True),
        a_report(lesson, seconds=5),
        used,
        {**used, "answer": {"text": "cow"}},
        an_attempt(exercise, "dog", MONDAY + timedelta(minutes=1)),
    )

    assert codes(outcomes) == [
        "invalid",
        "invalid",
        "not_found",
        "invalid_answer",
        "invalid",
        "invalid",
        "completed_by_exercises",
        "invalid",
        "taken",
        "idempotency_mismatch",
        "taken",
    ]
    assert Attempt.objects.count() == 2


def test_what_was_given_must_be_of_the_last_ninety_days_and_is_never_of_the_future() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school))
    now = MONDAY + timedelta(hours=1)

    outcomes = sync(
        learner,
        an_attempt(exercise, "cat", now - timedelta(days=91)),
        an_attempt(exercise, "cat", now + timedelta(minutes=6)),
        an_attempt(exercise, "cat", now + timedelta(minutes=4)),
        an_attempt(exercise, "cat", now, answered_at="2026-03-02T09:00:00"),
    )

    assert codes(outcomes) == ["implausible_time", "implausible_time", "taken", "invalid"]
    assert Attempt.objects.get().answered_at == now


def test_an_attempt_without_a_type_is_an_attempt() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    item = an_attempt(an_exercise(a_lesson(school)), "dog")
    del item["type"]

    assert codes(sync(learner, item)) == ["taken"]
