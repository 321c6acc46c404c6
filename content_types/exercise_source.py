"""The platform's way to exercises: what answering one needs, and which a lesson has."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Length, Substr

from content_types.models import Exercise, Lesson
from content_types.rendering.exercises import kind_of
from lyceum.plugin.content import (
    ExerciseSource,
    ExerciseToAnswer,
    LessonExercise,
    Rendering,
    exercise_sources,
)
from lyceum.plugin.exercises import find_task
from lyceum.plugin.queries import Question, Slot, fetch

STEP = Exercise.steplen


def for_attempt(page: Question, languages: tuple[str, ...]) -> ExerciseToAnswer | None:
    """
    Return an exercise, with its texts in the first language that has them.

    One query.
    """
    found = page.fetch(_with_lesson, "for_attempt")
    return _to_answer(found[0], languages) if found else None


def _with_lesson(pages: Any) -> Any:
    above = Lesson.objects.order_by().filter(
        path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - STEP)
    )
    return Exercise.objects.filter(pk__in=pages.values("pk")).annotate(
        lesson_pk=Subquery(above.values("pk")), lesson_uuid=Subquery(above.values("uuid"))
    )


def _to_answer(page: Any, languages: tuple[str, ...]) -> ExerciseToAnswer:
    task = find_task(page.task)
    rendering = Rendering(languages[0], languages)
    return ExerciseToAnswer(
        id=page.pk,
        uuid=page.uuid,
        path=page.path,
        lesson_id=page.lesson_pk,
        lesson_uuid=page.lesson_uuid,
        kind=kind_of(page),
        task=task.value if task else {},
        seed=page.seed,
        points=page.points,
        language=languages[0],
        time_limit=page.time_limit,
        max_attempts=page.max_attempts,
        hints=tuple(str(child.value) for child in rendering.value(page, "hints") or ()),
        explanation=rendering.text(page, "explanation"),
        marking=page.marking,
    )


def of_lesson(lesson_id: int) -> list[LessonExercise]:
    """Return a lesson's published exercises in their order. One query."""
    return [_told(page) for page in fetch("exercises_of", _right_below, lesson=lesson_id)]


def _right_below() -> Any:
    lesson = Lesson.objects.order_by().filter(pk=Slot("lesson", BigIntegerField()))
    above = Subquery(lesson.values("path"))
    # Exercises lie right below their lesson, so this is a range of the path's index.
    last = Concat(above, Value("Z" * STEP))
    return _live().filter(path__gt=above, path__lte=last)


def _live() -> Any:
    return Exercise.objects.filter(live=True).only("uuid", "path", "points", "task")


def _told(page: Exercise) -> LessonExercise:
    return LessonExercise(id=page.pk, uuid=page.uuid, points=page.points, kind=kind_of(page))


def register() -> None:
    exercise_sources.register(
        "content_types",
        ExerciseSource(for_attempt=for_attempt, of_lesson=of_lesson),
    )
