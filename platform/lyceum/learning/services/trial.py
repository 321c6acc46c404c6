"""Trying an unsaved exercise: marked as it would be, and written down nowhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.content.exercises import asking
from lyceum.content.exercises.kinds import Graded, Marking, find_task
from lyceum.content.preview.services import previewed_page
from lyceum.kernel.errors import Conflict
from lyceum.learning.policy import resolve_policy
from lyceum.schools.current import CurrentSchool


class NothingToTry(Conflict):
    """The preview is of no exercise, or of one without a task yet. Preview the exercise itself."""

    code = "nothing_to_try"
    detail = "This preview has no task that could be answered."


def try_answer(
    *,
    token: str,
    school: CurrentSchool,
    answer: Any,
    language: str,
    at: datetime,
    exercise: UUID | None = None,
) -> Graded:
    """
    Return the mark of an answer to a previewed exercise, or to one of a previewed lesson.

    :raises PreviewNotFound: if the token is no good here
    :raises NothingToTry: if what is previewed has no task
    :raises InvalidAnswer: if the answer is not in the shape that the exercise asks for
    :raises KindFailed: if its kind is a plugin's, which broke or took too long
    """
    page = previewed_page(token=token, school=school, at=at, exercise=exercise)
    stream = getattr(page, "task", None)
    task = find_task(stream) if stream is not None else None
    if task is None:
        raise NothingToTry
    given, _ = asking.read_answer(task.kind, answer, task.value, school=school)
    policy = resolve_policy(school, kind=task.kind.name, exercise=page.marking)
    marking = Marking(policy=policy, reader_language=language or school.language)
    return asking.grade(
        task.kind, task.value, given, seed=page.seed, marking=marking, school=school
    )
