"""Lessons: what is read, and what must come before it."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from content_types.blocks.lesson import lesson_blocks, objective_blocks
from content_types.fields import RegistryStreamField
from lyceum.plugin.pages import BasePage


class Lesson(BasePage):
    """One sitting's worth of learning: a body to read, and exercises below it."""

    objectives = RegistryStreamField(objective_blocks(), blank=True)
    duration = models.PositiveSmallIntegerField(default=15, help_text="In minutes.")
    body = RegistryStreamField(lesson_blocks(), blank=True)
    exercises_count = models.PositiveIntegerField(default=0, editable=False)

    parent_page_types = ["content_types.Subcategory"]
    subpage_types = ["content_types.Exercise"]

    class Meta:
        verbose_name = "lesson"


class LessonPrerequisite(Orderable):
    """A lesson that must be completed before this one opens."""

    lesson = ParentalKey(Lesson, on_delete=models.CASCADE, related_name="prerequisites")
    required = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="required_by")

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["lesson", "required"], name="one_prerequisite_a_lesson")
        ]
