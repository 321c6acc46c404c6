"""What is read of learning: one's own attempts, progress, courses and activity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from lyceum.http.pagination import Paging, paginate
from lyceum.kernel.errors import Invalid
from lyceum.learning import catalogue
from lyceum.learning.activity import kinds_in
from lyceum.learning.learners import Learner
from lyceum.learning.models import (
    ActivityEntry,
    Attempt,
    Enrolment,
    ExerciseState,
    LessonProgress,
)
from lyceum.learning.prerequisites import check_open
from lyceum.learning.results import as_text, exercise_summary, lesson_summary, told_again
from lyceum.learning.services.workbook import new_progress

# Of what was answered to an attempt, what may be read again: nothing that gives it away.
RETOLD = ("reasons", "feedback", "hint")


class UnknownActivityKind(Invalid):
    """The log has no entries of this kind. The kinds that there are, are told in `errors`."""

    code = "invalid"
    detail = "There is no such kind of activity."


def own_attempts(reader: Learner, *, exercise_id: UUID, paging: Paging) -> dict[str, Any]:
    """
    Return one's own attempts at an exercise, newest first.

    :raises NotFound: if the exercise is not there for this reader
    """
    exercise = catalogue.find_exercise(reader, exercise_id)
    rows = Attempt.objects.filter(user_id=reader.user_id, exercise_id=exercise.id)

    def view(attempt: Attempt) -> dict[str, Any]:
        result = told_again(attempt)
        told = {name: result[name] for name in RETOLD if name in result}
        if attempt.status == Attempt.Status.MARKED:
            told |= {"correct": attempt.correct, "score": attempt.score}
        return {
            "id": attempt.uuid,
            "exercise": exercise.uuid,
            "number": attempt.number,
            "status": attempt.status,
            "points": attempt.points,
            "answer": attempt.answer,
            "seconds": attempt.seconds,
            "answered_at": attempt.answered_at,
            **told,
        }

    return paginate(rows, order=("-number",), paging=paging, view=view)


def own_progress(reader: Learner, *, paging: Paging) -> dict[str, Any]:
    """Return one's progress by lesson, latest first, with a summary of all of it."""
    rows = LessonProgress.objects.filter(
        user_id=reader.user_id, school_id=reader.school.id
    ).select_related("lesson")
    page = paginate(
        rows,
        order=("-updated_at", "-lesson__uuid"),
        paging=paging,
        view=lambda row: lesson_summary(row, str(row.lesson.uuid)),
    )
    return {**page, "summary": _summary(reader)}


def _summary(reader: Learner) -> dict[str, int]:
    own = Q(user_id=reader.user_id, school_id=reader.school.id)
    return LessonProgress.objects.filter(own).aggregate(
        lessons_started=Count("id"),
        lessons_completed=Count("id", filter=Q(completed_at__isnull=False)),
        points=Coalesce(Sum("points"), 0),
        attempts=Coalesce(Sum("attempts"), 0),
        seconds=Coalesce(Sum("seconds"), 0),
    )


def lesson_progress(reader: Learner, *, lesson_id: UUID) -> dict[str, Any]:
    """
    Return where one stands with a lesson, and with each of its exercises in their order.

    :raises NotFound: if the lesson is not there for this reader
    :raises PrerequisiteMissing: if it is locked
    """
    lesson = catalogue.find_page(reader, "lesson", lesson_id)
    check_open(reader, lesson)
    own = {"user_id": reader.user_id}
    progress = LessonProgress.objects.filter(**own, lesson_id=lesson.id).first()
    outline = catalogue.outline(reader, lesson)
    states = {
        state.exercise_id: state
        for state in ExerciseState.objects.filter(
            **own, exercise_id__in=[entry.id for entry in outline]
        )
    }
    return {
        **lesson_summary(progress or new_progress(reader, lesson), str(lesson.uuid)),
        "exercises": [
            {"id": entry.uuid, **exercise_summary(states.get(entry.id) or ExerciseState())}
            for entry in outline
        ],
    }


def course_progress(reader: Learner, *, course_id: UUID) -> dict[str, Any]:
    """
    Return where one stands with a course: its lessons in order, and which comes next.

    :raises NotFound: if the course is not there for this reader
    """
    course = catalogue.find_page(reader, "course", course_id)
    enrolment = Enrolment.objects.filter(user_id=reader.user_id, course_id=course.id).first()
    lessons = catalogue.course_lessons(reader, course)
    rows = {
        row.lesson_id: row
        for row in LessonProgress.objects.filter(
            user_id=reader.user_id, lesson_id__in=[lesson.id for lesson in lessons]
        )
    }
    told: list[dict[str, Any]] = []
    for lesson in lessons:
        row = rows.get(lesson.id)
        told.append(
            {
                "id": lesson.uuid,
                "title": lesson.title,
                "done": bool(row and row.completed_at),
                "score": row.score if row else 0.0,
                "completed_at": as_text(row.completed_at) if row else None,
            }
        )
    done = sum(bool(entry["done"]) for entry in told)
    return {
        "course": course.uuid,
        "enrolled": enrolment is not None,
        "enrolled_at": enrolment.enrolled_at if enrolment else None,
        "completed_at": enrolment.completed_at if enrolment else None,
        "lessons_done": done,
        "lessons_count": len(told),
        "share": round(done / len(told), 4) if told else 0.0,
        "next_lesson": next((entry["id"] for entry in told if not entry["done"]), None),
        "lessons": told,
    }


def own_activity(reader: Learner, *, kinds: Sequence[str], paging: Paging) -> dict[str, Any]:
    """
    Return what one did in this school, newest first; of some kinds only, if any are named.

    :raises UnknownActivityKind: if one of them is none
    """
    known = kinds_in(reader.school)
    if any(kind not in known for kind in kinds):
        told = f"The kinds are: {', '.join(known)}."
        raise UnknownActivityKind(fields={"kinds": [told]})
    rows = ActivityEntry.objects.filter(
        person=reader.user_uuid, school=reader.school.uuid, kind__in=kinds or known
    )
    return paginate(rows, order=("-at", "-event", "-kind"), paging=paging, view=_entry)


def _entry(entry: ActivityEntry) -> dict[str, Any]:
    return {
        "id": entry.event,
        "kind": entry.kind,
        "subject": entry.subject,
        "data": entry.data,
        "at": entry.at,
    }
