"""Progress: a lesson's score, when it is done, the time spent, and what opens by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from content_types.models import Lesson
from lyceum.content.facts import PageKey, PrerequisiteMissing
from lyceum.content.visibility import Reader
from lyceum.events.models import Event
from lyceum.kernel.identity import new_uuid
from lyceum.learning.learners import Learner
from lyceum.learning.models import Enrolment, LessonProgress
from lyceum.learning.prerequisites import (
    stand_before,
    tell_of_exercises,
    tell_of_lessons,
)
from lyceum.learning.queries import course_progress, lesson_progress
from lyceum.learning.scoring import Standing, lesson_score
from lyceum.learning.services import courses
from lyceum.learning.services.attempts import Given, record_attempt
from lyceum.learning.services.studying import (
    CompletedByExercises,
    Report,
    countable,
    report_progress,
)
from tests.exercises import a_recording, an_exercise, require
from tests.learners import MONDAY, answer, as_learner
from tests.pages import a_course, a_lesson
from tests.people import a_learner, a_member, a_school

pytestmark = pytest.mark.django_db


def report(learner: Learner, lesson: Lesson, after: int = 0, **told: Any) -> dict[str, Any]:
    """Report on a lesson so many seconds after Monday began."""
    moment = MONDAY + timedelta(seconds=after)
    return report_progress(
        learner=learner, lesson_id=lesson.uuid, report=Report(**told), at=moment, moment=moment
    )


def done(learner: Learner, lesson: Lesson) -> datetime | None:
    return LessonProgress.objects.get(user_id=learner.user_id, lesson=lesson).completed_at


def key(lesson: Lesson) -> PageKey:
    return PageKey(id=lesson.pk, uuid=lesson.uuid, path=lesson.path, type="lessons")


@pytest.mark.parametrize(
    ("standings", "score", "points", "out_of"),
    [
        ([], 0.0, 0, 0),
        ([Standing(10)], 0.0, 0, 10),
        ([Standing(10, 1.0), Standing(30)], 0.25, 10, 40),
        ([Standing(10, 1.0), Standing(10, waiting=True)], 1.0, 10, 10),
        ([Standing(10, 0.5, waiting=True)], 0.5, 5, 10),
        ([Standing(10, 1.0), Standing(10, 0.0, available=False)], 1.0, 10, 10),
        ([Standing(3, 0.3333), Standing(3, 0.6667)], 0.5, 3, 6),
        ([Standing(0, 1.0)], 0.0, 0, 0),
    ],
)
def test_a_lessons_score_is_weighted_by_points_over_what_counts(
    standings: list[Standing], score: float, points: int, out_of: int
) -> None:
    told = lesson_score(standings)

    assert (told.score, told.points, told.out_of) == (score, points, out_of)


def test_the_best_attempt_of_each_exercise_counts_and_the_pass_mark_completes() -> None:
    school = a_school(pass_mark=75)
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    heavy, light = an_exercise(lesson, points=30), an_exercise(lesson, points=10)

    assert answer(learner, heavy, "cat")["lesson_progress"]["score"] == 0.375
    assert answer(learner, heavy, "horse")["lesson_progress"]["score"] == 0.375
    told = answer(learner, heavy, "dog")["lesson_progress"]
    assert (told["score"], told["points"], told["attempts"], told["done"]) == (0.75, 30, 3, True)
    assert done(learner, lesson) == MONDAY
    assert answer(learner, light, "dog")["lesson_progress"]["score"] == 1.0


def test_what_waits_for_review_leaves_the_denominator() -> None:
    school = a_school()
    user = a_learner(school)
    learner = as_learner(user, school)
    lesson = a_lesson(school)
    spoken, written = an_exercise(lesson, kind="aloud"), an_exercise(lesson)

    assert answer(learner, written, "dog")["lesson_progress"]["score"] == 0.5
    given = Given(answer={"recording": str(a_recording(school, user).uuid)}, answered_at=MONDAY)
    told = record_attempt(learner=learner, exercise_id=spoken.uuid, given=given, at=MONDAY).body

    assert told["lesson_progress"]["score"] == 1.0
    assert told["lesson_progress"]["done"]


def test_a_completed_lesson_stays_so_when_an_exercise_is_added() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    answer(learner, an_exercise(lesson), "dog")

    told = answer(learner, an_exercise(lesson), "cow")["lesson_progress"]

    assert (told["score"], told["done"]) == (0.75, True)
    assert Event.objects.filter(type="lesson_completed").count() == 1


def test_a_draft_exercise_does_not_count() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    an_exercise(lesson, published=False)

    assert answer(learner, an_exercise(lesson), "dog")["lesson_progress"]["done"]


def test_a_lesson_without_marked_exercises_is_done_when_its_learner_says_so() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)

    assert not report(learner, lesson, done=False)["done"]
    assert report(learner, lesson, done=True)["done"]
    assert report(learner, lesson, after=60, done=True)["done"]
    assert done(learner, lesson) == MONDAY
    assert Event.objects.filter(type="lesson_completed").count() == 1


def test_a_lesson_with_marked_exercises_is_not_the_learners_to_call_done() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    exercise = an_exercise(lesson)

    with pytest.raises(CompletedByExercises):
        report(learner, lesson, done=True, session_id=new_uuid(), seconds=30)
    assert not LessonProgress.objects.exists()

    answer(learner, exercise, "dog")
    assert report(learner, lesson, done=True)["done"]


@pytest.mark.parametrize(
    ("total", "counted", "wall", "believed"),
    [
        (30, 0, 30.0, 30),
        (30, 0, 29.9, 29),
        (300, 0, 3600.0, 90),
        (100, 90, 3600.0, 100),
        (50, 90, 3600.0, 90),
        (86_400, 90, 100.0, 100),
        (30, 0, -5.0, 0),
    ],
)
def test_reported_time_is_believed_within_bounds(
    total: int, counted: int, wall: float, believed: int
) -> None:
    assert countable(total, counted=counted, wall=wall) == believed


def test_seconds_are_a_sittings_total_and_the_highest_wins() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    sitting: UUID = new_uuid()

    def after(wall: int, seconds: int, session: UUID = sitting) -> int:
        told: int = report(learner, lesson, wall, session_id=session, seconds=seconds)["seconds"]
        return told

    assert after(0, 500) == 0
    assert after(30, 30) == 30
    assert after(60, 10_000) == 60
    assert after(61, 20) == 60
    assert after(1000, 1000) == 150
    other = new_uuid()
    assert after(1000, 0, other) == 150
    assert after(1020, 20, other) == 170


def test_the_place_in_a_lesson_is_kept_until_another_is_told() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)

    assert report(learner, lesson, position="block-3")["position"] == "block-3"
    assert report(learner, lesson, session_id=new_uuid(), seconds=0)["position"] == "block-3"
    assert report(learner, lesson, position="")["position"] == ""


def test_a_locked_lesson_takes_no_report() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    first, second = a_lesson(school), a_lesson(school)
    require(second, first)

    with pytest.raises(PrerequisiteMissing):
        report(learner, second, done=True)
    report(learner, first, done=True)
    assert report(learner, second, done=True)["done"]


def test_a_lesson_is_told_as_locked_with_what_is_missing(
    django_assert_num_queries: Any,
) -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    first, second, third = (a_lesson(school, title=f"Lesson {n}") for n in "ABC")
    require(third, first)
    require(third, second)
    report(learner, first, done=True)
    stranger = Reader(school=school, language="en")
    teacher = as_learner(a_member(school, "teacher"), school)

    with django_assert_num_queries(2):
        told = tell_of_lessons(learner, [key(first), key(second), key(third)])

    assert told[first.pk]["progress"]["done"]
    assert (told[second.pk]["locked"], "progress" in told[second.pk]) == (False, False)
    assert told[third.pk]["locked"]
    assert told[third.pk]["missing"] == [{"id": str(second.uuid), "title": "Lesson B"}]
    with pytest.raises(PrerequisiteMissing):
        stand_before(learner, key(third), told[third.pk])
    assert len(tell_of_lessons(stranger, [key(third)])[third.pk]["missing"]) == 2
    assert not tell_of_lessons(teacher, [key(third)])[third.pk]["locked"]


def test_a_draft_locks_nothing() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    draft, lesson = a_lesson(school, published=False), a_lesson(school)
    require(lesson, draft)

    assert report(learner, lesson, done=True)["done"]


def test_a_course_is_completed_with_the_last_of_its_published_lessons() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    first, second, draft = a_lesson(school), a_lesson(school), a_lesson(school, published=False)
    course = a_course(school, lessons=[first, draft, second])
    courses.enrol(learner=learner, course_id=course.uuid, at=MONDAY)
    courses.enrol(learner=learner, course_id=course.uuid, at=MONDAY + timedelta(days=1))

    report(learner, first, done=True)
    told = course_progress(learner, course_id=course.uuid)
    assert [entry["done"] for entry in told["lessons"]] == [True, False]
    assert (told["share"], told["next_lesson"], told["completed_at"]) == (0.5, second.uuid, None)

    report(learner, second, after=60, done=True)
    told = course_progress(learner, course_id=course.uuid)
    assert told["completed_at"] == MONDAY + timedelta(seconds=60)
    assert told["next_lesson"] is None
    assert Event.objects.filter(type="course_enrolled").count() == 1
    assert Event.objects.filter(type="course_completed", subject=course.uuid).count() == 1


def test_a_course_of_which_all_is_done_is_completed_when_it_is_taken() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    course = a_course(school, lessons=[lesson])
    report(learner, lesson, done=True)

    courses.enrol(learner=learner, course_id=course.uuid, at=MONDAY)

    assert Enrolment.objects.get().completed_at == MONDAY


def test_leaving_a_course_keeps_what_was_learnt() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    course = a_course(school, lessons=[lesson])
    courses.enrol(learner=learner, course_id=course.uuid, at=MONDAY)
    report(learner, lesson, done=True)

    for _ in range(2):
        courses.leave(learner=learner, course_id=course.uuid, at=MONDAY)

    told = course_progress(learner, course_id=course.uuid)
    assert (told["enrolled"], told["lessons_done"]) == (False, 1)
    assert Event.objects.filter(type="course_left").count() == 1


def test_a_lessons_progress_tells_of_each_exercise() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    lesson = a_lesson(school)
    tried, untouched = an_exercise(lesson), an_exercise(lesson)
    answer(learner, tried, "cat")

    told = lesson_progress(learner, lesson_id=lesson.uuid)

    assert [entry["id"] for entry in told["exercises"]] == [tried.uuid, untouched.uuid]
    assert [entry["attempts"] for entry in told["exercises"]] == [1, 0]
    assert told["score"] == 0.25


def test_exercises_tell_the_lock_of_their_lesson_and_ones_own_standing() -> None:
    school = a_school()
    learner = as_learner(a_learner(school), school)
    first, second = a_lesson(school), a_lesson(school)
    require(second, first)
    tried, locked = an_exercise(first), an_exercise(second)
    answer(learner, tried, "cat")

    told = tell_of_exercises(
        learner,
        [
            PageKey(id=one.pk, uuid=one.uuid, path=one.path, type="exercises")
            for one in (tried, locked)
        ],
    )

    assert (told[tried.pk]["locked"], told[tried.pk]["progress"]["attempts"]) == (False, 1)
    assert told[locked.pk]["missing"] == [{"id": str(first.uuid), "title": first.title}]
    assert "progress" not in told[locked.pk]
