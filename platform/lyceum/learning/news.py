"""The facts that learning publishes, each in the transaction of the change it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.events.services import Fact
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
