"""How the page types hang together, as learning asks: what comes before what, and in what order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import CharField, F

from content_types.models import Course, CourseLesson, Lesson
from lyceum.plugin.content import Reader
from lyceum.plugin.learning import PageRef, curricula
from lyceum.plugin.queries import ManySlot, fetch

MODELS: dict[str, Any] = {"lesson": Lesson, "course": Course}


class PageCurriculum:
    """The page types, as learning asks for them. One query a call."""

    def page(self, reader: Reader, type: str, uuid: UUID) -> PageRef | None:
        found = MODELS[type].objects.filter(uuid=uuid).visible_to(reader)
        row = found.values_list("pk", "uuid", "path", f"title_{reader.language}", "title").first()
        return PageRef(*row[:3], title=row[3] or row[4]) if row else None

    def prerequisites(
        self, reader: Reader, lesson_paths: Collection[str]
    ) -> Mapping[str, Sequence[PageRef]]:
        languages = tuple(dict.fromkeys((reader.language, *reader.school.languages)))
        rows = fetch(
            ("prerequisites", languages), lambda: _prerequisites(languages), paths=lesson_paths
        )
        found: dict[str, list[PageRef]] = {}
        for lesson_path, pk, uuid, path, *titles in rows:
            ref = PageRef(pk, uuid, path, next(filter(None, titles), ""))
            found.setdefault(lesson_path, []).append(ref)
        return found

    def courses_with(self, lesson_id: int) -> Sequence[int]:
        rows = CourseLesson.objects.filter(lesson_id=lesson_id)
        return list(rows.values_list("course_id", flat=True))

    def course_lessons(self, reader: Reader, course: PageRef) -> Sequence[PageRef]:
        rows = (
            CourseLesson.objects.filter(course_id=course.id, lesson__in=Lesson.objects.published())
            .order_by("sort_order", "pk")
            .values_list(
                "lesson_id",
                "lesson__uuid",
                "lesson__path",
                F(f"lesson__title_{reader.language}"),
                "lesson__title",
            )
        )
        return [PageRef(*row[:3], title=row[3] or row[4]) for row in rows]


def _prerequisites(languages: tuple[str, ...]) -> Any:
    lessons = Lesson.objects.published()
    return (
        lessons.filter(required_by__lesson__path__in=ManySlot("paths", CharField()))
        .order_by("required_by__sort_order", "required_by__pk")
        .values_list(
            *("required_by__lesson__path", "pk", "uuid", "path"),
            *(f"title_{language}" for language in languages),
        )
    )


def register() -> None:
    """Tell learning of the page types. Called when the app is ready."""
    curricula.register("pages", PageCurriculum())
