"""The shape of what each page type tells, for the API's document and for `fields`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.plugin.http import Answer


class Link(Answer):
    """Another page, as far as a link to it needs."""

    id: UUID
    type: str
    slug: str
    title: str


class CategoryLink(Link):
    colour: str


class Rendition(Answer):
    width: int
    height: int
    src: str


class Image(Answer):
    id: UUID
    alt: str
    width: int
    height: int
    src: str
    renditions: list[Rendition]


class Card(Answer):
    """What every page tells. `languages` are those in which it has a title."""

    id: UUID
    type: str
    slug: str
    title: str
    description: str
    level: str
    tags: list[str]
    languages: list[str]
    created_at: datetime
    updated_at: datetime


class CategoryCard(Card):
    colour: str
    icon: str
    image: Image | None
    lessons_count: int
    exercises_count: int


class CategoryBody(CategoryCard):
    pass


class SubcategoryCard(Card):
    category: CategoryLink
    difficulty: str
    duration: int
    lessons_count: int
    exercises_count: int


class SubcategoryBody(SubcategoryCard):
    pass


class LessonLink(Link):
    level: str
    duration: int


class LessonCard(Card):
    category: CategoryLink
    subcategory: Link
    duration: int
    exercises_count: int


class LessonBody(LessonCard):
    objectives: list[str]
    prerequisites: list[LessonLink]
    body: list[dict[str, Any]]


class CourseCard(Card):
    cover: Image | None
    lessons_count: int


class CourseBody(CourseCard):
    lessons: list[LessonLink]


class ExerciseCard(Card):
    kind: str
    points: int
    time_limit: int | None
    max_attempts: int | None
    hints_count: int


class ExerciseBody(ExerciseCard):
    lesson: Link | None
    instructions: str
    task: dict[str, Any]


class BankCard(Card):
    exercises_count: int


class BankBody(BankCard):
    pass
