"""Courses: lessons in an order."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from content_types.models.lessons import Lesson
from lyceum.plugin.pages import BasePage


class Course(BasePage):
    """A way through lessons of the school, in the order that the creator set."""

    cover = models.ForeignKey(
        "content.LibraryImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    parent_page_types = ["content.SchoolPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "course"


class CourseLesson(Orderable):
    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="course_lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["course", "lesson"], name="a_lesson_once_a_course")
        ]
