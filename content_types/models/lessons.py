"""Lessons: what is read, and what must come before it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from content_types.admin.exercises_panel import ExercisesPanel
from content_types.blocks.lesson import LessonBody, objective_blocks
from content_types.fields import RegistryStreamField
from content_types.forms import LessonForm
from content_types.prerequisites import check_for_circle
from lyceum.plugin.editing import translated_fields, translated_panels
from lyceum.plugin.pages import BasePage


class Lesson(BasePage):
    """One sitting's worth of learning: a body to read, and exercises below it."""

    objectives = RegistryStreamField(objective_blocks(), blank=True, verbose_name=_("objectives"))
    duration = models.PositiveSmallIntegerField(
        default=15, help_text=_("In minutes."), verbose_name=_("duration")
    )
    body = RegistryStreamField(LessonBody(), blank=True, verbose_name=_("body"))
    exercises_count = models.PositiveIntegerField(default=0, editable=False)

    parent_page_types = ["content_types.Subcategory"]
    subpage_types = ["content_types.Exercise"]

    edit_handler = translated_panels(
        heading=_("Lesson"),
        shared=[
            "level",
            "duration",
            "tags",
            ExercisesPanel(heading=_("Exercises")),
            InlinePanel(
                "prerequisites",
                panels=[PageChooserPanel("required", "content_types.Lesson")],
                label=_("Lesson"),
                heading=_("Lessons to be completed first"),
            ),
        ],
        translated=["title", "description", "objectives", "body"],
        form=LessonForm,
    )
    api_fields = [
        *BasePage.api_fields,
        APIField("duration", writable=True),
        APIField("prerequisites", writable=True),
        *translated_fields("objectives", "body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self) -> None:
        super().clean()
        check_for_circle(self, [row.required for row in self.prerequisites.all()])


class LessonPrerequisite(Orderable):
    """A lesson that must be completed before this one opens."""

    lesson = ParentalKey(Lesson, on_delete=models.CASCADE, related_name="prerequisites")
    required = models.ForeignKey(
        Lesson, on_delete=models.CASCADE, related_name="required_by", verbose_name=_("lesson")
    )

    api_fields = [APIField("required", writable=True)]

    class Meta(Orderable.Meta):
        verbose_name = _("lesson to complete before")
        verbose_name_plural = _("lessons to complete before")
        constraints = [
            models.UniqueConstraint(fields=["lesson", "required"], name="one_prerequisite_a_lesson")
        ]
