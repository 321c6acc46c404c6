"""Categories and subcategories: how a school's lessons are ordered for those who look for one."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField

from lyceum.plugin.editing import translated_panels
from lyceum.plugin.pages import BasePage


class Category(BasePage):
    """A large field of a school's teaching, shown with a colour and an image or icon."""

    colour = models.CharField(
        max_length=7,
        default="#3B82F6",
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("Write a colour as #RRGGBB."))],
        verbose_name=_("colour"),
    )
    icon = models.CharField(
        max_length=10, blank=True, help_text=_("One emoji."), verbose_name=_("icon")
    )
    image = models.ForeignKey(
        "content.LibraryImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("image"),
    )
    lessons_count = models.PositiveIntegerField(default=0, editable=False)
    exercises_count = models.PositiveIntegerField(default=0, editable=False)

    parent_page_types = ["content.SchoolPage"]
    subpage_types = ["content_types.Subcategory"]
    takes_pages_of_plugins = True

    edit_handler = translated_panels(
        heading=_("Category"),
        shared=["colour", "icon", "image", "tags"],
        translated=["title", "description"],
    )
    api_fields = [
        *BasePage.api_fields,
        APIField("colour", writable=True),
        APIField("icon", writable=True),
        APIField("image", writable=True),
    ]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Subcategory(BasePage):
    """A group of lessons within a category."""

    class Difficulty(models.TextChoices):
        BEGINNER = "beginner", _("Beginner")
        INTERMEDIATE = "intermediate", _("Intermediate")
        ADVANCED = "advanced", _("Advanced")

    difficulty = models.CharField(
        max_length=20,
        choices=Difficulty.choices,
        default=Difficulty.BEGINNER,
        verbose_name=_("difficulty"),
    )
    duration = models.PositiveSmallIntegerField(
        default=30, help_text=_("In minutes."), verbose_name=_("duration")
    )
    lessons_count = models.PositiveIntegerField(default=0, editable=False)
    exercises_count = models.PositiveIntegerField(default=0, editable=False)

    parent_page_types = ["content_types.Category"]
    subpage_types = ["content_types.Lesson"]
    takes_pages_of_plugins = True

    edit_handler = translated_panels(
        heading=_("Subcategory"),
        shared=["difficulty", "duration", "tags"],
        translated=["title", "description"],
    )
    api_fields = [
        *BasePage.api_fields,
        APIField("difficulty", writable=True),
        APIField("duration", writable=True),
    ]

    class Meta:
        verbose_name = _("subcategory")
        verbose_name_plural = _("subcategories")
