"""What a learner is told after an answer: the mark, and as much of the solution as is earned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from lyceum.content.exercises import asking
from lyceum.learning.learners import Learner
from lyceum.learning.models import Attempt, ExerciseState, LessonProgress
from lyceum.learning.scoring import PLACES

if TYPE_CHECKING:
    from lyceum.learning.catalogue import ExerciseTask
    from lyceum.learning.services.attempts import MarkedAnswer
    from lyceum.learning.services.workbook import Workbook

Key = Callable[[], dict[str, Any]]


def attempt_result(
    *,
    attempt: Attempt,
    marked: MarkedAnswer,
    state: ExerciseState,
    workbook: Workbook | None,
) -> dict[str, Any]:
    """
    Return an attempt's answer, in JSON types, as it is stored and told again to a resend.

    `correct` and `score` are absent while it waits for review; `solution` and the rest of what
    gives it away until the learner has it coming.
    """
    exercise, graded = marked.exercise, marked.graded
    result: dict[str, Any] = {
        "id": str(attempt.uuid),
        "exercise": str(exercise.uuid),
        "number": attempt.number,
        "status": attempt.status,
        "points": attempt.points,
        "reasons": [asdict(reason) for reason in graded.reasons],
        "feedback": list(graded.feedback),
        "explanation": "",
        "answered_at": as_text(attempt.answered_at),
        "attempts_left": attempts_left(exercise, state),
        "exercise_progress": exercise_summary(state),
        "lesson_progress": None,
    }
    if workbook is not None:
        result["lesson_progress"] = lesson_summary(workbook.progress, str(workbook.lesson.uuid))
    if marked.is_marked:
        result |= {"correct": attempt.correct, "score": attempt.score}
        if state.solution_shown_at is not None:
            result |= marked.key()
        elif not attempt.correct and (hint := hint_after(exercise, state)):
            result["hint"] = hint
    return result


def told_again(attempt: Attempt) -> dict[str, Any]:
    """Return what was answered to an attempt, with what such answers did not hold then."""
    reasons = [{"severity": "mistake", **reason} for reason in attempt.result["reasons"]]
    return {**attempt.result, "reasons": reasons}


def attempts_left(exercise: ExerciseTask, state: ExerciseState) -> int | None:
    """Return how many attempts are left; None for as many as the learner likes."""
    if exercise.max_attempts is None:
        return None
    return max(exercise.max_attempts - state.attempts, 0)


def hint_after(exercise: ExerciseTask, state: ExerciseState) -> str:
    """Return the hint that the latest wrong answer earned: the third earns the third."""
    place = state.wrong_answers - 1
    return exercise.hints[place] if 0 <= place < len(exercise.hints) else ""


def key_of(exercise: ExerciseTask, learner: Learner) -> Key:
    """
    Return what tells all that gives an exercise away, to be called within the transaction.

    A plugin is asked at once, since it is not asked within one. An answer that it could mark is
    kept even if it has no solution to tell.
    """
    if not asking.is_asked_outside(exercise.kind):
        return partial(solution_of, exercise, learner)
    try:
        told = solution_of(exercise, learner)
    except asking.KindFailed:
        told = {"explanation": exercise.explanation}
    return lambda: told


def solution_of(exercise: ExerciseTask, learner: Learner) -> dict[str, Any]:
    """
    Return all that gives an exercise away, for one who may know it.

    :raises KindFailed: if its kind is a plugin's, which broke or took too long
    """
    told = asking.given_away(
        exercise.kind,
        exercise.task,
        seed=exercise.seed,
        language=learner.language,
        school=learner.school,
    )
    return {"explanation": exercise.explanation, **told}


def exercise_summary(state: ExerciseState) -> dict[str, Any]:
    """Return where a learner stands with an exercise, in JSON types."""
    return {
        "attempts": state.attempts,
        "best_score": state.best_score,
        "points": state.best_points,
        "solved": state.solved_at is not None,
        "waiting_for_review": state.waiting,
        "solution_shown": state.solution_shown_at is not None,
    }


def lesson_summary(progress: LessonProgress, lesson: str) -> dict[str, Any]:
    """Return where a learner stands with a lesson, in JSON types."""
    return {
        "lesson": lesson,
        "score": round(progress.score, PLACES),
        "points": progress.points,
        "attempts": progress.attempts,
        "seconds": progress.seconds,
        "position": progress.position,
        "done": progress.completed_at is not None,
        "completed_at": as_text(progress.completed_at),
        "first_attempted_at": as_text(progress.first_attempted_at),
        "last_attempted_at": as_text(progress.last_attempted_at),
    }


def as_text(moment: datetime | None) -> str | None:
    """Return a moment as RFC 3339 in UTC."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None
