"""Which lessons are open to a reader, and how far the reader is with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField

from lyceum.content.facts import PageKey, PrerequisiteMissing
from lyceum.content.visibility import STEP, Reader
from lyceum.kernel.prepared import ManySlot, Slot, fetch
from lyceum.learning import catalogue
from lyceum.learning.catalogue import PageRef
from lyceum.learning.learners import Learner
from lyceum.learning.models import ExerciseState, LessonProgress
from lyceum.learning.results import exercise_summary, lesson_summary

LESSONS, EXERCISES = "lessons", "exercises"

USER, PAGES = Slot("user", BigIntegerField()), ManySlot("pages", BigIntegerField())

Required = Mapping[str, Sequence[PageRef]]


def tell_of_lessons(reader: Reader, pages: Sequence[PageKey]) -> dict[int, dict[str, Any]]:
    """
    Return what a page of a list tells this reader of lessons: `locked`, `missing`, `progress`.

    Two queries, whatever the number of lessons. `progress` is told to those who have any.
    """
    lessons = [page for page in pages if page.type == LESSONS]
    if not lessons:
        return {}
    required = _required_by(reader, {lesson.path for lesson in lessons if lesson.requires})
    rows = _progress_of(reader, {lesson.id for lesson in lessons} | _ids_in(required))
    told = {}
    for lesson in lessons:
        told[lesson.id] = _lock(required.get(lesson.path, ()), rows)
        if lesson.id in rows:
            told[lesson.id]["progress"] = lesson_summary(rows[lesson.id], str(lesson.uuid))
    return told


def tell_of_exercises(reader: Reader, pages: Sequence[PageKey]) -> dict[int, dict[str, Any]]:
    """
    Return what exercises tell this reader: `locked` and `missing` of their lesson, `progress`.

    Three queries at most, whatever the number of exercises.
    """
    exercises = [page for page in pages if page.type == EXERCISES]
    if not exercises:
        return {}
    required = _required_by(reader, {exercise.path[:-STEP] for exercise in exercises})
    rows = _progress_of(reader, _ids_in(required))
    states = _states_of(reader, [exercise.id for exercise in exercises])
    told = {}
    for exercise in exercises:
        told[exercise.id] = _lock(required.get(exercise.path[:-STEP], ()), rows)
        if exercise.id in states:
            told[exercise.id]["progress"] = exercise_summary(states[exercise.id])
    return told


def stand_before(reader: Reader, page: PageKey, facts: Mapping[str, Any]) -> None:
    """
    Keep a reader out of a lesson whose prerequisites are not done, and out of its exercises.

    :raises PrerequisiteMissing: with the lessons that are still to be done
    """
    if facts.get("locked"):
        raise PrerequisiteMissing(fields=_fields(facts["missing"]))


def check_open(learner: Learner, lesson: PageRef | None) -> None:
    """
    Let a learner work in a lesson that is open to them. Two queries at most.

    :raises PrerequisiteMissing: with the lessons that are still to be done
    """
    if lesson is None:
        return
    required = _required_by(learner, {lesson.path})
    locked = _lock(required.get(lesson.path, ()), _progress_of(learner, _ids_in(required)))
    if locked["locked"]:
        raise PrerequisiteMissing(fields=_fields(locked["missing"]))


def _required_by(reader: Reader, lesson_paths: Collection[str]) -> Required:
    # Who makes lessons reads them all.
    if reader.is_staff or not lesson_paths:
        return {}
    return catalogue.prerequisites(reader, lesson_paths)


def _ids_in(required: Required) -> set[int]:
    return {lesson.id for several in required.values() for lesson in several}


def _lock(required: Sequence[PageRef], rows: Mapping[int, LessonProgress]) -> dict[str, Any]:
    missing = [one for one in required if not _is_done(rows.get(one.id))]
    return {
        "locked": bool(missing),
        "missing": [{"id": str(one.uuid), "title": one.title} for one in missing],
    }


def _progress_of(reader: Reader, lesson_ids: set[int]) -> dict[int, LessonProgress]:
    if reader.user_id is None or not lesson_ids:
        return {}
    rows = fetch(
        "progress_of",
        lambda: LessonProgress.objects.filter(user_id=USER, lesson_id__in=PAGES),
        user=reader.user_id,
        pages=lesson_ids,
    )
    return {row.lesson_id: row for row in rows}


def _states_of(reader: Reader, exercise_ids: Sequence[int]) -> dict[int, ExerciseState]:
    if reader.user_id is None:
        return {}
    states = fetch(
        "states_of",
        lambda: ExerciseState.objects.filter(user_id=USER, exercise_id__in=PAGES),
        user=reader.user_id,
        pages=exercise_ids,
    )
    return {state.exercise_id: state for state in states}


def _is_done(progress: LessonProgress | None) -> bool:
    return progress is not None and progress.completed_at is not None


def _fields(missing: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    return {f"missing.{one['id']}": [f"Complete “{one['title']}” first."] for one in missing}
