"""The facts that learning publishes, each in the transaction of the change it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.events.services import Fact
from lyceum.events.types import EventType, declare_events
from lyceum.learning.learners import Learner

EXERCISE_ATTEMPTED = "exercise_attempted"
EXERCISE_COMPLETED = "exercise_completed"
EXERCISE_GIVEN_UP = "exercise_given_up"
LESSON_STARTED = "lesson_started"
LESSON_COMPLETED = "lesson_completed"
COURSE_ENROLLED = "course_enrolled"
COURSE_LEFT = "course_left"
COURSE_COMPLETED = "course_completed"


def fact(type: str, *, learner: Learner, subject: UUID, at: datetime, **data: Any) -> Fact:
    """Return a fact about a learner and a page; UUIDs in `data` are written as text."""
    plain = {name: str(value) if isinstance(value, UUID) else value for name, value in data.items()}
    return Fact(
        type=type,
        at=at,
        school=learner.school.uuid,
        actor=learner.user_uuid,
        subject=subject,
        data=plain,
    )


LEARNER = "the learner"
LESSON = {"lesson": "the lesson it stands in; null outside of one"}
ANSWER = {
    **LESSON,
    "kind": "the exercise's, as `choice`",
    "number": "of the attempt, from 1",
    "points": "given for it; null while it waits to be marked",
    "score": "from 0 to 1; null while it waits to be marked",
}


def declare_news() -> None:
    """Say what this room publishes. Called in `AppConfig.ready()`."""
    declare_events(
        EventType(
            EXERCISE_ATTEMPTED,
            "An answer was given.",
            actor=LEARNER,
            subject="the exercise",
            data={
                **ANSWER,
                "attempt": "its id",
                "status": "of the attempt",
                "correct": "whether it is right; null while it waits to be marked",
            },
        ),
        EventType(
            EXERCISE_COMPLETED,
            "An exercise was answered right for the first time.",
            actor=LEARNER,
            subject="the exercise",
            data=ANSWER,
        ),
        EventType(
            EXERCISE_GIVEN_UP,
            "A learner asked for the solution instead of answering.",
            actor=LEARNER,
            subject="the exercise",
            data=LESSON,
        ),
        _of_lesson(LESSON_STARTED, "A learner began a lesson."),
        _of_lesson(
            LESSON_COMPLETED,
            "A learner completed a lesson, for the first time.",
            score="from 0 to 1; null where nothing in it is marked",
        ),
        _of_course(COURSE_ENROLLED, "A learner enrolled in a course."),
        _of_course(COURSE_LEFT, "A learner left a course."),
        _of_course(COURSE_COMPLETED, "A learner completed the last lesson of a course."),
    )


def _of_lesson(name: str, tells: str, **data: str) -> EventType:
    return EventType(name, tells, actor=LEARNER, subject="the lesson", data=data)


def _of_course(name: str, tells: str) -> EventType:
    return EventType(name, tells, actor=LEARNER, subject="the course")
