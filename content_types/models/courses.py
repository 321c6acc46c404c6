"""Courses: lessons in an order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from content_types.models.lessons import Lesson
from lyceum.plugin.editing import translated_panels
from lyceum.plugin.pages import BasePage


class Course(BasePage):
    """A way through lessons of the school, in the order that the creator set."""

    cover = models.ForeignKey(
        "content.LibraryImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("cover"),
    )

    parent_page_types = ["content.SchoolPage"]
    subpage_types: list[str] = []

    edit_handler = translated_panels(
        heading=_("Course"),
        shared=[
            "level",
            "tags",
            "cover",
            InlinePanel(
                "course_lessons",
                panels=[PageChooserPanel("lesson", "content_types.Lesson")],
                label=_("Lesson"),
                heading=_("Lessons, in their order"),
            ),
        ],
        translated=["title", "description"],
    )
    api_fields = [
        *BasePage.api_fields,
        APIField("cover", writable=True),
        APIField("course_lessons", writable=True),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")


class CourseLesson(Orderable):
    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="course_lessons")
    lesson = models.ForeignKey(
        Lesson, on_delete=models.CASCADE, related_name="+", verbose_name=_("lesson")
    )

    api_fields = [APIField("lesson", writable=True)]

    class Meta(Orderable.Meta):
        verbose_name = _("lesson of a course")
        verbose_name_plural = _("lessons of a course")
        constraints = [
            models.UniqueConstraint(fields=["course", "lesson"], name="a_lesson_once_a_course")
        ]
