"""A learner's rows of one lesson: read under a lock, changed together, scored and saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, QuerySet

from lyceum.events.services import Fact
from lyceum.kernel.prepared import ManySlot, Slot, fetch
from lyceum.learning import catalogue, news
from lyceum.learning.catalogue import ExerciseTask, OutlineEntry, PageRef
from lyceum.learning.learners import Learner
from lyceum.learning.models import ExerciseState, LessonProgress
from lyceum.learning.scoring import Score, Standing, lesson_score
from lyceum.learning.services.courses import complete_courses

USER = Slot("user", BigIntegerField())


@dataclass
class Workbook:
    """
    Where a learner stands with a lesson and its exercises, while a service changes it.

    `is_new` until the lesson's row is saved for the first time.
    """

    learner: Learner
    lesson: PageRef
    outline: Sequence[OutlineEntry]
    progress: LessonProgress
    states: dict[int, ExerciseState]
    is_new: bool

    def state_of(self, exercise: ExerciseTask) -> ExerciseState:
        """Return the learner's row of an exercise; a new one, unsaved, where there is none."""
        state = self.states.get(exercise.id)
        if state is None:
            state = self.states[exercise.id] = new_state(self.learner, exercise)
        return state

    def score(self) -> Score:
        """Return the lesson's score as it stands."""
        return lesson_score(self._standing(entry) for entry in self.outline)

    def save(self, *, at: datetime, moment: datetime) -> list[Fact]:
        """
        Score the lesson, save its row, and return what happened by it.

        `at` is now; `moment` is when the learner did what changed it, offline or on.
        """
        score = self.score()
        self.progress.score, self.progress.points = score.score, score.points
        passed = score.reaches(self.learner.school.pass_mark)
        return self.save_as(done=passed, at=at, moment=moment)

    def save_as(self, *, done: bool, at: datetime, moment: datetime) -> list[Fact]:
        """Save the lesson's row, completed if `done`, and return what happened by it."""
        progress, facts = self.progress, []
        if self.is_new:
            facts.append(self._fact(news.LESSON_STARTED, moment))
        newly_done = done and progress.completed_at is None
        if newly_done:
            progress.completed_at = moment
            facts.append(self._fact(news.LESSON_COMPLETED, moment, score=progress.score))
        progress.updated_at = at
        progress.save(force_insert=self.is_new)
        if newly_done:
            facts.extend(complete_courses(self.learner, lesson_id=self.lesson.id, at=moment))
        self.is_new = False
        return facts

    def _fact(self, type: str, moment: datetime, **data: object) -> Fact:
        return news.fact(type, learner=self.learner, subject=self.lesson.uuid, at=moment, **data)

    def _standing(self, entry: OutlineEntry) -> Standing:
        state = self.states.get(entry.id)
        return Standing(
            points=entry.points,
            best_score=state.best_score if state else None,
            waiting=bool(state and state.waiting),
            available=entry.available,
        )


def open_workbook(
    learner: Learner, lesson: PageRef, *, exercise: ExerciseTask | None = None
) -> Workbook:
    """
    Return a learner's workbook of a lesson, its rows locked. Three queries.

    Two who open a lesson that has no row yet both make one, and the constraint refuses the
    second: callers try again.
    """
    found = fetch("progress_to_change", _progress, user=learner.user_id, lesson=lesson.id)
    progress: LessonProgress | None = found[0] if found else None
    outline = catalogue.outline(learner, lesson)
    wanted = {entry.id for entry in outline} | ({exercise.id} if exercise else set())
    states = fetch("states_to_change", _states, user=learner.user_id, exercises=wanted)
    return Workbook(
        learner=learner,
        lesson=lesson,
        outline=outline,
        progress=progress or new_progress(learner, lesson),
        states={state.exercise_id: state for state in states},
        is_new=progress is None,
    )


def _progress() -> QuerySet[LessonProgress]:
    rows = LessonProgress.objects.select_for_update()
    return rows.filter(user_id=USER, lesson_id=Slot("lesson", BigIntegerField()))


def _states() -> QuerySet[ExerciseState]:
    rows = ExerciseState.objects.select_for_update()
    wanted = ManySlot("exercises", BigIntegerField())
    return rows.filter(user_id=USER, exercise_id__in=wanted).order_by("exercise_id")


def new_state(learner: Learner, exercise: ExerciseTask) -> ExerciseState:
    """Return the first row of a learner and an exercise, unsaved."""
    return ExerciseState(
        school_id=learner.school.id,
        user_id=learner.user_id,
        exercise_id=exercise.id,
        lesson_id=exercise.lesson.id if exercise.lesson else None,
    )


def new_progress(learner: Learner, lesson: PageRef) -> LessonProgress:
    """Return the first row of a learner and a lesson, unsaved."""
    return LessonProgress(school_id=learner.school.id, user_id=learner.user_id, lesson_id=lesson.id)
