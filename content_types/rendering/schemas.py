"""The shape of what each page type tells, for the API's document and for `fields`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

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


class Recording(Answer):
    """A sound or a film. `captions` is an address; it and `transcript` are "" without any."""

    id: UUID
    src: str
    seconds: float = Field(description="0 where it is unknown.")
    captions: str
    transcript: str


class Card(Answer):
    """What every page tells."""

    id: UUID
    type: str
    slug: str
    title: str
    description: str
    level: str = Field(description="One of the school's levels, or MIXED.")
    tags: list[str]
    languages: list[str] = Field(description="Those in which it has a title, by code.")
    created_at: datetime
    updated_at: datetime


class CategoryCard(Card):
    type: Literal["category"]
    colour: str
    icon: str
    image: Image | None
    lessons_count: int
    exercises_count: int


class CategoryBody(CategoryCard):
    pass


class SubcategoryCard(Card):
    type: Literal["subcategory"]
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
    type: Literal["lesson"]
    category: CategoryLink
    subcategory: Link
    duration: int = Field(description="In minutes.")
    exercises_count: int
    image: Image | None = Field(description="The first picture of its body.")
    audio: Recording | None = Field(description="The first sound of its body.")


class CourseCard(Card):
    type: Literal["course"]
    cover: Image | None
    lessons_count: int


class CourseBody(CourseCard):
    lessons: list[LessonLink]


class ExerciseCard(Card):
    type: Literal["exercise"]
    kind: str = Field(description="As in `multiple_choice`; see `GET /content/exercise-kinds`.")
    points: int
    time_limit: int | None = Field(description="In seconds; null without one.")
    max_attempts: int | None = Field(description="Null for as many as one likes.")
    hints_count: int


class ExerciseBody(ExerciseCard):
    lesson: Link | None
    instructions: str
    task: dict[str, Any]


class BankCard(Card):
    type: Literal["bank"]
    exercises_count: int


class BankBody(BankCard):
    pass
