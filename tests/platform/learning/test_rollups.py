"""Figures: what events add up to is what a rebuild finds."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from lyceum.events import relay
from lyceum.events.consumers import News
from lyceum.events.models import Delivery
from lyceum.events.services import Fact, publish
from lyceum.kernel.errors import DomainError
from lyceum.kernel.identity import new_uuid
from lyceum.learning import rollups
from lyceum.learning.activity import (
    ActivityKind,
    activity_kinds,
    log_activity,
    register_activity_kind,
)
from lyceum.learning.models import ActivityEntry, Attempt, ExerciseTally, SchoolDay
from lyceum.learning.services.giving_up import give_up
from lyceum.learning.services.studying import Report, report_progress
from tests.exercises import an_exercise
from tests.learners import MONDAY, answer, as_learner, send
from tests.pages import a_lesson
from tests.people import a_learner, a_school

pytestmark = pytest.mark.django_db(transaction=True)


def figures() -> list[Any]:
    return [
        sorted(model.objects.values_list(*fields))
        for model, fields in (
            (
                ExerciseTally,
                ("school", "exercise", "attempts", "marked", "correct", "score_total"),
            ),
            (SchoolDay, ("school", "day", "attempts", "correct", "lessons_completed")),
        )
    ]


def live_at_random(chance: random.Random) -> None:
    """Let a few learners of two schools answer, give up, and finish lessons for some days."""
    schools = [a_school(), a_school()]
    lessons = {school.id: [a_lesson(school) for _ in range(3)] for school in schools}
    exercises = {
        school.id: [an_exercise(lesson) for lesson in lessons[school.id][:2] for _ in range(3)]
        for school in schools
    }
    learners = [as_learner(a_learner(school), school) for school in schools for _ in range(2)]
    sent: list[tuple[Any, ...]] = []
    for _ in range(80):
        learner = chance.choice(learners)
        own = learner.school.id
        at = MONDAY + timedelta(hours=chance.randrange(96))
        deed = chance.random()
        if deed < 0.7:
            given = (learner, chance.choice(exercises[own]), chance.choice(["dog", "cat", "horse"]))
            sent.append((*given, new_uuid(), at))
            send(*given, client_id=sent[-1][3], at=at)
        elif deed < 0.8 and sent:
            *given, client_id, at = chance.choice(sent)
            send(*given, client_id=client_id, at=at)
        elif deed < 0.9:
            exercise = chance.choice(exercises[own])
            give_up(learner=learner, exercise_id=exercise.uuid, at=at)
        else:
            try:
                report_progress(
                    learner=learner,
                    lesson_id=chance.choice(lessons[own]).uuid,
                    report=Report(done=True),
                    at=at,
                    moment=at,
                )
            except DomainError:
                continue


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_kept_by_events_equal_a_rebuild(seed: int) -> None:
    live_at_random(random.Random(seed))
    kept = figures()

    told = StringIO()
    call_command("rollups", "rebuild", stdout=told)

    assert figures() == kept
    assert sum(day[2] for day in kept[1]) == Attempt.objects.count() > 30
    assert "exercises" in told.getvalue()


def test_a_rebuild_takes_in_what_is_still_on_its_way() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    exercise = an_exercise(a_lesson(school))
    with transaction.atomic():
        answer(learner, exercise, "dog")
        rollups.rebuild()
        before = figures()

    relay.deliver()

    assert figures() == before
    assert ExerciseTally.objects.get().attempts == 1
    assert not Delivery.objects.exists()


def test_a_day_is_that_of_the_answer_in_utc_not_of_its_arrival() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    late = datetime(2026, 3, 2, 23, 59, 59, 999999, tzinfo=UTC)

    answer(learner, an_exercise(a_lesson(school)), "dog", at=late)

    day = SchoolDay.objects.get()
    assert (str(day.day), day.attempts, day.correct, day.lessons_completed) == (
        "2026-03-02",
        1,
        1,
        1,
    )


def test_the_activity_log_tells_what_was_done() -> None:
    school = a_school()
    user = a_learner(school)
    lesson = a_lesson(school)

    answer(as_learner(user, school), an_exercise(lesson), "dog")

    log = ActivityEntry.objects.filter(person=user.uuid, school=school.uuid)
    assert set(log.values_list("kind", flat=True)) == {
        "lesson_attempted",
        "exercise_completed",
        "lesson_completed",
    }
    assert log.get(kind="lesson_completed").subject == lesson.uuid


def test_telling_the_log_twice_changes_nothing() -> None:
    news = News(
        uuid=new_uuid(),
        type="lesson_completed",
        school=new_uuid(),
        actor=new_uuid(),
        subject=new_uuid(),
        data={},
        at=MONDAY,
    )

    log_activity([news])
    log_activity([news, news])

    assert ActivityEntry.objects.count() == 1


def test_a_kind_that_a_plugin_adds_is_logged_for_whom_it_names() -> None:
    author, school = new_uuid(), new_uuid()
    register_activity_kind(
        "like_received",
        ActivityKind(
            event="zoo.lion_liked", person=lambda news: author, data=lambda news: {"n": 1}
        ),
    )
    try:
        with transaction.atomic():
            publish(Fact(type="zoo.lion_liked", at=MONDAY, school=school, actor=new_uuid()))
    finally:
        del activity_kinds._things["like_received"]

    entry = ActivityEntry.objects.get()
    assert (entry.person, entry.kind, entry.data) == (author, "like_received", {"n": 1})
