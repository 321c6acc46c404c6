"""What other rooms read of content: links between pages, and exercises to be answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import UUIDField

from lyceum.content.facts import PageKey
from lyceum.content.models import BasePage
from lyceum.content.types import types_at, types_of_the_house
from lyceum.content.visibility import (
    STEP,
    Reader,
    ancestor_paths,
    bounds_of,
    narrow,
    shape_of,
    type_id,
)
from lyceum.kernel.errors import NotFound
from lyceum.kernel.prepared import Put, Question
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool


@dataclass(frozen=True)
class ExerciseToAnswer:
    """
    All that marking an answer needs of an exercise, solutions included: never shown as it is.

    `task` is the kind's plain value. `lesson_id` is None for an exercise of a bank. Instructions
    are left out; `hints` and `explanation` are in the reader's `language`.
    """

    id: int
    uuid: UUID
    path: str
    lesson_id: int | None
    lesson_uuid: UUID | None
    kind: str
    task: Mapping[str, Any]
    seed: str
    points: int
    language: str
    time_limit: int | None = None
    max_attempts: int | None = None
    hints: tuple[str, ...] = ()
    explanation: str = ""
    marking: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> PageKey:
        return PageKey(id=self.id, uuid=self.uuid, path=self.path, type="exercises")


@dataclass(frozen=True)
class LessonExercise:
    """A published exercise of a lesson, as far as its progress needs."""

    id: int
    uuid: UUID
    points: int
    kind: str


@dataclass(frozen=True)
class ExerciseSource:
    """
    Where exercises come from: the app that has the page type says.

    :param for_attempt: gets the question for the page that a reader asks for, which has no row if
        it is not theirs to see, and the languages to tell it in; two queries at most
    :param of_lesson: gets a lesson's id, returns its published exercises, in one query
    """

    for_attempt: Callable[[Question, tuple[str, ...]], ExerciseToAnswer | None]
    of_lesson: Callable[[int], list[LessonExercise]]


exercise_sources: Registry[ExerciseSource] = Registry("exercise sources")


def exercise_for_attempt(reader: Reader, uuid: UUID) -> ExerciseToAnswer:
    """
    Return an exercise that a reader is about to answer. Two queries at most.

    Whether it is locked is not looked at: that is the gates' to say (`lyceum.content.facts`).

    :raises NotFound: if there is none that the reader may know of
    """

    def build(put: Put) -> Any:
        return narrow(
            BasePage.objects.order_by().filter(uuid=put("uuid", UUIDField())), reader, put
        )

    page = Question(shape_of(reader), build, {"uuid": uuid, **bounds_of(reader)})
    languages = tuple(dict.fromkeys((reader.language, *reader.school.languages)))
    for source in exercise_sources:
        found = source.for_attempt(page, languages)
        if found is not None:
            return found
    raise NotFound


def lessons_exercises(lesson_id: int) -> list[LessonExercise]:
    """Return a lesson's published exercises in their order. One query."""
    return [exercise for source in exercise_sources for exercise in source.of_lesson(lesson_id)]


def linked_page(page_id: int) -> tuple[UUID, str] | None:
    """
    Return the UUID of a page and, while readers can find it, its type's name, else "".

    None if there is no such page. One of a plugin is not found: a text does not know its switch.
    """
    kinds = {type_id(kind.model): kind for kind in types_of_the_house() if kind.detailed}
    page = BasePage.objects.filter(pk=page_id)
    row = page.values_list("content_type_id", "uuid").first()
    if row is None:
        return None
    type_, uuid = row
    is_found = type_ in kinds and page.published().exists()
    return uuid, kinds[type_].name if is_found else ""


@dataclass(frozen=True)
class PageAt:
    """A page that an address names: what the API calls it."""

    plural: str
    uuid: UUID


def page_at(school: CurrentSchool, path: str) -> PageAt | None:
    """
    Return the page to which slugs lead, as `category/subcategory/lesson`; None if there is none.

    One query. Whether one may read it, and whether it is published, is not looked at.
    """
    slugs = path.strip("/").split("/")
    kinds = {type_id(kind.model): kind for kind in types_at(school) if kind.detailed}
    pages = BasePage.objects.order_by().filter(
        path__startswith=school.root_path,
        depth=len(school.root_path) // STEP + len(slugs),
        slug=slugs[-1],
        url_path__endswith=f"/{'/'.join(slugs)}/",
        content_type_id__in=list(kinds),
    )
    row = pages.values_list("content_type_id", "uuid").first()
    return PageAt(kinds[row[0]].plural, row[1]) if row else None


def category_of(school: CurrentSchool, page: UUID) -> UUID | None:
    """Return the category that a page of the school is in; None outside of all. Two queries."""
    pages = BasePage.objects.filter(path__startswith=school.root_path)
    path = pages.filter(uuid=page).values_list("path", flat=True).first()
    kind = next((kind for kind in types_of_the_house() if kind.name == "category"), None)
    if path is None or kind is None:
        return None
    above = pages.filter(path__in=[*ancestor_paths(path), path], content_type=type_id(kind.model))
    return above.values_list("uuid", flat=True).first()


def categories_of(school: CurrentSchool) -> list[tuple[UUID, str]]:
    """Return the school's categories, as UUID and title, in their order. One query."""
    kind = next((kind for kind in types_of_the_house() if kind.name == "category"), None)
    if kind is None:
        return []
    pages = BasePage.objects.filter(path__startswith=school.root_path)
    found = pages.filter(content_type=type_id(kind.model)).order_by("path")
    return [(page.uuid, page.title) for page in found]
