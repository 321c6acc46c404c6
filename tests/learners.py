"""Learners at work, for tests: they answer, and what they are told comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from content_types.models import Exercise
from lyceum.accounts.models import User
from lyceum.learning.learners import Learner
from lyceum.learning.services.attempts import Given, record_attempt
from lyceum.learning.services.once import Outcome
from lyceum.schools.current import CurrentSchool
from lyceum.schools.standing import standing_of

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def as_learner(user: User, school: CurrentSchool, *, language: str = "en") -> Learner:
    """Return a person as they learn in a school."""
    return Learner(
        school=school,
        language=language,
        user_id=user.pk,
        user_uuid=user.uuid,
        standing=standing_of(user_id=user.pk, school_id=school.id),
    )


def send(
    learner: Learner,
    exercise: Exercise,
    text: str,
    *,
    client_id: UUID | None = None,
    at: datetime = MONDAY,
    **given: Any,
) -> Outcome:
    """Answer an exercise of one word."""
    return record_attempt(
        learner=learner,
        exercise_id=exercise.uuid,
        given=Given(answer={"text": text}, answered_at=at, client_id=client_id, **given),
        at=at,
    )


def answer(learner: Learner, exercise: Exercise, text: str, **given: Any) -> dict[str, Any]:
    """Answer an exercise of one word; return what the learner is told."""
    return send(learner, exercise, text, **given).body
