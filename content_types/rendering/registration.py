"""Telling the platform of the page types."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from content_types.models import LessonPrerequisite
from content_types.rendering import blocks, courses, exercises, lessons, schemas, sections
from content_types.rendering.lesson_schemas import LessonBody
from lyceum.plugin.content import ContentType, content_types

TYPES = (
    ContentType(
        name="category",
        plural="categories",
        model="content_types.category",
        card=sections.category_card,
        body=sections.nothing_more,
        card_schema=schemas.CategoryCard,
        body_schema=schemas.CategoryBody,
    ),
    ContentType(
        name="subcategory",
        plural="subcategories",
        model="content_types.subcategory",
        card=sections.subcategory_card,
        body=sections.nothing_more,
        card_schema=schemas.SubcategoryCard,
        body_schema=schemas.SubcategoryBody,
        filters={"duration_max": "subcategory__duration__lte"},
        within={"category": "categories"},
    ),
    ContentType(
        name="lesson",
        plural="lessons",
        model="content_types.lesson",
        card=lessons.lesson_card,
        body=lessons.lesson_body,
        words=lessons.lesson_words,
        card_schema=schemas.LessonCard,
        body_schema=LessonBody,
        requires=lambda: Exists(LessonPrerequisite.objects.filter(lesson_id=OuterRef("pk"))),
        filters={"duration_max": "lesson__duration__lte"},
        within={"category": "categories", "subcategory": "subcategories"},
    ),
    ContentType(
        name="course",
        plural="courses",
        model="content_types.course",
        card=courses.course_card,
        body=courses.course_body,
        card_schema=schemas.CourseCard,
        body_schema=schemas.CourseBody,
    ),
    ContentType(
        name="exercise",
        plural="exercises",
        model="content_types.exercise",
        card=exercises.exercise_card,
        body=exercises.exercise_body,
        card_schema=schemas.ExerciseCard,
        body_schema=schemas.ExerciseBody,
        listed=False,
        page_size=10,
    ),
    ContentType(
        name="bank",
        plural="banks",
        model="content_types.bank",
        card=exercises.bank_card,
        body=sections.nothing_more,
        card_schema=schemas.BankCard,
        body_schema=schemas.BankBody,
        listed=False,
        detailed=False,
        private=True,
    ),
)


def register() -> None:
    """Add the page types to the platform's registries. Called when the app is ready."""
    for kind in TYPES:
        content_types.register(kind.plural, kind)
    blocks.register()
