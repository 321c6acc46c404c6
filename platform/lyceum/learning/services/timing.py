"""Time limits, where a school enforces them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lyceum.kernel.errors import Conflict
from lyceum.learning import catalogue
from lyceum.learning.catalogue import ExerciseTask
from lyceum.learning.learners import Learner
from lyceum.learning.models import ExerciseState
from lyceum.learning.prerequisites import check_open
from lyceum.learning.results import attempts_left
from lyceum.learning.services.once import in_one_transaction
from lyceum.learning.services.workbook import new_state

# What an answer may take on its way without being late.
GRACE = timedelta(seconds=5)


class AttemptsUsedUp(Conflict):
    """
    The exercise allows only so many attempts, and all have been given.

    The solution can be read in the last attempt's answer, or by giving up.
    """

    code = "attempts_used_up"
    detail = "All attempts at this exercise are used up."


class TimeIsUp(Conflict):
    """The answer came after the exercise's time. Start another attempt, if there is one left."""

    code = "time_is_up"
    detail = "The time for this answer is over."


class NotStarted(Conflict):
    """
    This school enforces time limits, and the attempt was not started.

    `POST /learning/exercises/{id}/attempts/start` starts the clock.
    """

    code = "not_started"
    detail = "Start the attempt first: its time is limited."


@dataclass(frozen=True)
class Timer:
    """When an attempt began, and when it ends; None without a limit that is enforced."""

    started_at: datetime
    ends_at: datetime | None
    seconds: int | None


def start_attempt(*, learner: Learner, exercise_id: UUID, at: datetime) -> Timer:
    """
    Start the clock of an attempt; of one under way, tell when it ends.

    An attempt that was started and never answered in time is used up.

    :raises NotFound: if the exercise is not there for this reader
    :raises PrerequisiteMissing: if its lesson is locked
    :raises AttemptsUsedUp: if none is left
    """
    exercise = catalogue.find_exercise(learner, exercise_id)
    check_open(learner, exercise.lesson)
    if not is_timed(learner, exercise):
        return Timer(started_at=at, ends_at=None, seconds=exercise.time_limit)
    return in_one_transaction(lambda: _start(learner, exercise, at))


def is_timed(learner: Learner, exercise: ExerciseTask) -> bool:
    return learner.school.enforce_time and exercise.time_limit is not None


def check_time(
    learner: Learner, exercise: ExerciseTask, state: ExerciseState, at: datetime
) -> None:
    """
    Let an answer pass that came in time.

    :raises NotStarted: if the clock was not started
    :raises TimeIsUp: if it has run out
    """
    if not is_timed(learner, exercise):
        return
    if state.started_at is None:
        raise NotStarted
    if _is_over(exercise, state.started_at, at):
        raise TimeIsUp


def check_attempts(exercise: ExerciseTask, state: ExerciseState) -> None:
    """
    Let another attempt pass where there is one left.

    :raises AttemptsUsedUp: if there is none
    """
    if attempts_left(exercise, state) == 0:
        raise AttemptsUsedUp


def _start(learner: Learner, exercise: ExerciseTask, at: datetime) -> Timer:
    state = (
        ExerciseState.objects.select_for_update()
        .filter(user_id=learner.user_id, exercise_id=exercise.id)
        .first()
    ) or new_state(learner, exercise)
    if state.started_at is not None and _is_over(exercise, state.started_at, at):
        state.attempts += 1
        state.started_at = None
    if attempts_left(exercise, state) == 0:
        # The lapsed one counts, refused or not; saving it again later comes to the same.
        raise AttemptsUsedUp
    state.started_at = state.started_at or at
    state.save()
    return Timer(
        started_at=state.started_at,
        ends_at=state.started_at + _limit(exercise),
        seconds=exercise.time_limit,
    )


def _limit(exercise: ExerciseTask) -> timedelta:
    return timedelta(seconds=exercise.time_limit or 0)


def _is_over(exercise: ExerciseTask, started_at: datetime, at: datetime) -> bool:
    return at > started_at + _limit(exercise) + GRACE
