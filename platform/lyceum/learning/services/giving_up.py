"""Giving up: the solution is shown, and the exercise's score stays as it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.events.services import publish
from lyceum.learning import catalogue, news
from lyceum.learning.catalogue import ExerciseTask
from lyceum.learning.learners import Learner
from lyceum.learning.models import ExerciseState
from lyceum.learning.prerequisites import check_open
from lyceum.learning.results import exercise_summary, solution_of
from lyceum.learning.services.once import in_one_transaction
from lyceum.learning.services.workbook import new_state


def give_up(*, learner: Learner, exercise_id: UUID, at: datetime) -> dict[str, Any]:
    """
    Show a learner the solution; what they answer from now on no longer improves the score.

    Giving up again shows it again.

    :raises NotFound: if the exercise is not there for this reader
    :raises PrerequisiteMissing: if its lesson is locked
    :raises KindFailed: if its kind is a plugin's, which broke or took too long
    """
    exercise = catalogue.find_exercise(learner, exercise_id)
    check_open(learner, exercise.lesson)
    # First: what cannot be shown must not cost the learner their score.
    told = solution_of(exercise, learner)
    state = in_one_transaction(lambda: _give_up(learner, exercise, at))
    return {
        "exercise": str(exercise.uuid),
        **told,
        "exercise_progress": exercise_summary(state),
    }


def _give_up(learner: Learner, exercise: ExerciseTask, at: datetime) -> ExerciseState:
    rows = ExerciseState.objects.select_for_update()
    state = rows.filter(user_id=learner.user_id, exercise_id=exercise.id).first()
    state = state or new_state(learner, exercise)
    if state.solution_shown_at is None:
        state.solution_shown_at = at
        state.started_at = None
        state.save()
        publish(
            news.fact(
                news.EXERCISE_GIVEN_UP,
                learner=learner,
                subject=exercise.uuid,
                at=at,
                lesson=exercise.lesson.uuid if exercise.lesson else None,
            )
        )
    return state
