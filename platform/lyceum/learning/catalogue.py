"""What learning reads of content: exercises with their tasks, and lessons in their order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from lyceum.content.exercises.kinds import ExerciseKind, kind_at
from lyceum.content.queries import exercise_for_attempt, lessons_exercises
from lyceum.content.visibility import STEP, Reader
from lyceum.kernel.errors import Conflict, NotFound
from lyceum.kernel.registries import Registry


class KindUnavailable(Conflict):
    """
    The exercise is of a kind that is not there at present: its plugin is switched off, or gone.

    It can be answered again when the school has switched the plugin on; nothing of it is lost.
    """

    code = "kind_unavailable"
    detail = "Exercises of this kind cannot be answered at the moment."


@dataclass(frozen=True)
class PageRef:
    """A page of content as learning knows it; its title is in the reader's language."""

    id: int
    uuid: UUID
    path: str
    title: str = ""


@dataclass(frozen=True)
class ExerciseTask:
    """
    An exercise as it is answered: its task holds the solution, and is never shown as it is.

    `lesson` is None for one that lies in a bank. Texts are in the reader's language.
    """

    id: int
    uuid: UUID
    lesson: PageRef | None
    kind: ExerciseKind[Any]
    task: Mapping[str, Any]
    seed: str
    points: int
    time_limit: int | None
    max_attempts: int | None
    marking: Mapping[str, str]
    hints: Sequence[str]
    explanation: str


@dataclass(frozen=True)
class OutlineEntry:
    """A published exercise of a lesson; `available` unless its kind is not there."""

    id: int
    uuid: UUID
    points: int
    available: bool


class Curriculum(Protocol):
    """How the page types hang together. Each call is one query, whatever the numbers."""

    def page(self, reader: Reader, type: str, uuid: UUID) -> PageRef | None:
        """Return a `lesson` or `course` that the reader may read."""

    def prerequisites(
        self, reader: Reader, lesson_paths: Collection[str]
    ) -> Mapping[str, Sequence[PageRef]]:
        """Return the published lessons that each of some lessons requires, by its path."""

    def courses_with(self, lesson_id: int) -> Sequence[int]:
        """Return the ids of the courses that hold a lesson."""

    def course_lessons(self, reader: Reader, course: PageRef) -> Sequence[PageRef]:
        """Return a course's published lessons, in its order."""


# Who has the page types registers one, under `pages`.
curricula: Registry[Curriculum] = Registry("curricula")


def find_exercise(reader: Reader, uuid: UUID) -> ExerciseTask:
    """
    Return an exercise that the reader may read.

    :raises NotFound: if there is none, or none for this reader
    :raises KindUnavailable: if the plugin that brought its kind is not in force
    """
    found = exercise_for_attempt(reader, uuid)
    kind = kind_at(reader.school, found.kind)
    if kind is None:
        raise KindUnavailable if found.kind else NotFound
    lesson = None
    if found.lesson_id is not None and found.lesson_uuid is not None:
        lesson = PageRef(id=found.lesson_id, uuid=found.lesson_uuid, path=found.path[:-STEP])
    return ExerciseTask(
        id=found.id,
        uuid=found.uuid,
        lesson=lesson,
        kind=kind,
        task=found.task,
        seed=found.seed,
        points=found.points,
        time_limit=found.time_limit,
        max_attempts=found.max_attempts,
        marking=found.marking,
        hints=found.hints,
        explanation=found.explanation,
    )


def find_page(reader: Reader, type: str, uuid: UUID) -> PageRef:
    """
    Return a page of a type (`lesson`, `course`) that the reader may read.

    :raises NotFound: if there is none, or none for this reader
    """
    page = _pages().page(reader, type, uuid)
    if page is None:
        raise NotFound
    return page


def outline(reader: Reader, lesson: PageRef) -> Sequence[OutlineEntry]:
    """Return the published exercises of a lesson, in their order."""
    return [
        OutlineEntry(
            id=found.id,
            uuid=found.uuid,
            points=found.points,
            available=kind_at(reader.school, found.kind) is not None,
        )
        for found in lessons_exercises(lesson.id)
    ]


def prerequisites(reader: Reader, lesson_paths: Collection[str]) -> Mapping[str, Sequence[PageRef]]:
    """Return the published lessons that each of some lessons requires, by its path."""
    return _pages().prerequisites(reader, lesson_paths)


def courses_with(lesson_id: int) -> Sequence[int]:
    """Return the ids of the courses that hold a lesson."""
    return _pages().courses_with(lesson_id)


def course_lessons(reader: Reader, course: PageRef) -> Sequence[PageRef]:
    """Return a course's published lessons, in its order."""
    return _pages().course_lessons(reader, course)


def _pages() -> Curriculum:
    return curricula["pages"]
