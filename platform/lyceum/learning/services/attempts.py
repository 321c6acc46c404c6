"""Taking an answer: marked once, and counted in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.content.exercises import asking
from lyceum.content.exercises.asking import KindFailed
from lyceum.content.exercises.kinds import Graded, Marking
from lyceum.events.services import Fact, publish
from lyceum.http.idempotency import IdempotencyMismatch
from lyceum.learning import catalogue, news
from lyceum.learning.catalogue import ExerciseTask
from lyceum.learning.learners import Learner
from lyceum.learning.models import Attempt, ExerciseState
from lyceum.learning.policy import resolve_policy
from lyceum.learning.prerequisites import check_open
from lyceum.learning.results import Key, attempt_result, attempts_left, key_of, told_again
from lyceum.learning.scoring import PLACES, points_for
from lyceum.learning.services.once import Outcome, once
from lyceum.learning.services.recordings import check_recording
from lyceum.learning.services.timing import check_attempts, check_time
from lyceum.learning.services.workbook import Workbook, new_state, open_workbook


@dataclass(frozen=True)
class Given:
    """
    An answer as a client sends it.

    `seconds` is how long it took, by the client's own clock; `answered_at`, when it was given.
    """

    answer: Any
    answered_at: datetime
    seconds: int = 0
    client_id: UUID | None = None


@dataclass(frozen=True)
class MarkedAnswer:
    """An answer read and marked, ready to be written down; `key` tells what gives it away."""

    exercise: ExerciseTask
    given: Given
    answer: dict[str, Any]
    graded: Graded
    key: Key

    @property
    def is_marked(self) -> bool:
        return self.graded.status == "marked"


def record_attempt(
    *,
    learner: Learner,
    exercise_id: UUID,
    given: Given,
    at: datetime,
    faulty: set[str] | None = None,
) -> Outcome:
    """
    Mark an answer and write it down with all that follows from it; the same one only once.

    :param faulty: kinds that failed in this batch and are not asked again; a new one is added
    :raises NotFound: if the exercise is not there for this reader
    :raises PrerequisiteMissing: if its lesson is locked
    :raises InvalidAnswer: if the answer is not in the shape that the exercise asks for
    :raises KindFailed: if its kind is a plugin's, which broke or took too long
    :raises UnknownRecording: if it names a recording that is not the learner's own
    :raises AttemptsUsedUp: if no attempt is left
    :raises TimeIsUp: if the school enforces time, and it came late
    :raises IdempotencyMismatch: if its client id came before with another answer
    """
    exercise = catalogue.find_exercise(learner, exercise_id)
    check_open(learner, exercise.lesson)
    if exercise.kind.name in (faulty or ()):
        raise KindFailed
    try:
        marked = _mark(learner, exercise, given)
    except KindFailed:
        if faulty is not None:
            faulty.add(exercise.kind.name)
        raise
    return once(lambda: _record(learner, marked, at), stored=lambda: _stored(learner, marked))


def _mark(learner: Learner, exercise: ExerciseTask, given: Given) -> MarkedAnswer:
    kind, task, school = exercise.kind, exercise.task, learner.school
    answer, plain = asking.read_answer(kind, given.answer, task, school=school)
    if kind.answered_by_voice:
        check_recording(learner, plain)
    policy = resolve_policy(school, kind=kind.name, exercise=exercise.marking)
    marking = Marking(policy=policy, reader_language=learner.language)
    graded = asking.grade(kind, task, answer, seed=exercise.seed, marking=marking, school=school)
    key = key_of(exercise, learner)
    return MarkedAnswer(exercise=exercise, given=given, answer=plain, graded=graded, key=key)


def _stored(learner: Learner, marked: MarkedAnswer) -> Outcome | None:
    """Return what was answered when this came before, if it did."""
    if marked.given.client_id is None:
        return None
    attempt = Attempt.objects.filter(
        user_id=learner.user_id, client_id=marked.given.client_id
    ).first()
    if attempt is None:
        return None
    if attempt.exercise_id != marked.exercise.id or attempt.answer != marked.answer:
        raise IdempotencyMismatch(
            "This client_id was used for another answer.",
            fields={"client_id": ["It was used for another answer."]},
        )
    return Outcome(body=told_again(attempt), replayed=True)


def _record(learner: Learner, marked: MarkedAnswer, at: datetime) -> Outcome:
    exercise = marked.exercise
    workbook = None
    if exercise.lesson is not None:
        workbook = open_workbook(learner, exercise.lesson, exercise=exercise)
        state = workbook.state_of(exercise)
    else:
        state = _state_alone(learner, exercise)
    check_attempts(exercise, state)
    check_time(learner, exercise, state, at)
    attempt, facts = _count(learner, marked, state, at)
    state.save()
    if workbook is not None:
        facts.extend(_count_in_lesson(workbook, attempt, at))
    attempt.result = attempt_result(attempt=attempt, marked=marked, state=state, workbook=workbook)
    attempt.save(force_insert=True)
    publish(*facts)
    return Outcome(body=attempt.result)


def _state_alone(learner: Learner, exercise: ExerciseTask) -> ExerciseState:
    """Return the row of an exercise that is under no lesson, as those of a bank."""
    states = ExerciseState.objects.select_for_update()
    found = states.filter(user_id=learner.user_id, exercise_id=exercise.id).first()
    return found or new_state(learner, exercise)


def _count(
    learner: Learner, marked: MarkedAnswer, state: ExerciseState, at: datetime
) -> tuple[Attempt, list[Fact]]:
    """Change the exercise's row by one answer; return the attempt, unsaved, and the news."""
    graded, exercise, given = marked.graded, marked.exercise, marked.given
    counts = state.solution_shown_at is None
    state.attempts += 1
    score = None if graded.score is None else round(graded.score, PLACES)
    attempt = Attempt(
        school_id=learner.school.id,
        user_id=learner.user_id,
        exercise_id=exercise.id,
        lesson_id=exercise.lesson.id if exercise.lesson else None,
        kind=exercise.kind.name,
        client_id=given.client_id,
        number=state.attempts,
        answer=marked.answer,
        status=graded.status,
        correct=graded.correct,
        score=score,
        points=points_for(score or 0, exercise.points) if counts else 0,
        seconds=_seconds(given, state, at),
        answered_at=given.answered_at,
        received_at=at,
    )
    state.started_at = None
    first_right = bool(graded.correct) and counts and state.solved_at is None
    if not marked.is_marked:
        state.waiting = True
    elif counts:
        _improve(state, attempt)
    if marked.is_marked and not graded.correct:
        state.wrong_answers += 1
    if first_right:
        state.solved_at = given.answered_at
    if counts and marked.is_marked and _reveals(learner, exercise, state, graded):
        state.solution_shown_at = given.answered_at
    return attempt, _facts(learner, exercise, attempt, first_right=first_right)


def _seconds(given: Given, state: ExerciseState, at: datetime) -> int:
    """Return how long the answer took: by our clock where it ran, else as the client says."""
    if state.started_at is None:
        return given.seconds
    return max(int((at - state.started_at).total_seconds()), 0)


def _improve(state: ExerciseState, attempt: Attempt) -> None:
    if state.best_score is None or (attempt.score or 0) > state.best_score:
        state.best_score = attempt.score
        state.best_points = attempt.points


def _reveals(
    learner: Learner, exercise: ExerciseTask, state: ExerciseState, graded: Graded
) -> bool:
    """Return whether an answer's result may hold the solution."""
    return (
        bool(graded.correct)
        or attempts_left(exercise, state) == 0
        or learner.school.solution_at_once
    )


def _count_in_lesson(workbook: Workbook, attempt: Attempt, at: datetime) -> list[Fact]:
    progress, moment = workbook.progress, attempt.answered_at
    progress.attempts += 1
    progress.first_attempted_at = min(progress.first_attempted_at or moment, moment)
    progress.last_attempted_at = max(progress.last_attempted_at or moment, moment)
    return workbook.save(at=at, moment=moment)


def _facts(
    learner: Learner, exercise: ExerciseTask, attempt: Attempt, *, first_right: bool
) -> list[Fact]:
    said = {
        "lesson": exercise.lesson.uuid if exercise.lesson else None,
        "kind": attempt.kind,
        "number": attempt.number,
        "points": attempt.points,
        "score": attempt.score,
    }
    attempted = news.fact(
        news.EXERCISE_ATTEMPTED,
        learner=learner,
        subject=exercise.uuid,
        at=attempt.answered_at,
        attempt=attempt.uuid,
        status=attempt.status,
        correct=attempt.correct,
        **said,
    )
    if not first_right:
        return [attempted]
    completed = news.fact(
        news.EXERCISE_COMPLETED,
        learner=learner,
        subject=exercise.uuid,
        at=attempt.answered_at,
        **said,
    )
    return [attempted, completed]
