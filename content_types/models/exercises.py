"""Exercises: one page type for every kind, and the banks that quizzes draw from."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField

from content_types.admin.origin_panel import OriginPanel
from content_types.admin.task_panel import TaskPanel
from content_types.blocks.exercise import TaskBlock, hint_blocks
from content_types.fields import RegistryStreamField
from lyceum.plugin.editing import translated_fields, translated_panels
from lyceum.plugin.identity import new_secret
from lyceum.plugin.marking import InvalidPolicy, Policy
from lyceum.plugin.pages import BasePage


class Exercise(BasePage):
    """
    One task of one kind, with what a learner may be told about it.

    `task` is one block; its type is the kind. `seed` is secret: what learners see is shuffled
    and named by it. `origin` is the UUID of the exercise that this one is a copy of, which may be
    gone since.
    """

    instructions = models.TextField(blank=True, max_length=2000, verbose_name=_("instructions"))
    hints = RegistryStreamField(hint_blocks(), blank=True, verbose_name=_("hints"))
    explanation = models.TextField(blank=True, max_length=5000, verbose_name=_("explanation"))
    task = RegistryStreamField(TaskBlock(), min_num=1, max_num=1, verbose_name=_("task"))
    points = models.PositiveSmallIntegerField(
        default=10, validators=[MaxValueValidator(1000)], verbose_name=_("points")
    )
    time_limit = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("In seconds."), verbose_name=_("time limit")
    )
    max_attempts = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text=_("Empty for as many as the learner likes."),
        verbose_name=_("max attempts"),
    )
    marking = models.JSONField(default=dict, blank=True, verbose_name=_("marking"))
    seed = models.CharField(max_length=32, default=new_secret, editable=False)
    origin = models.UUIDField(null=True, blank=True, editable=False)

    parent_page_types = ["content_types.Lesson", "content_types.Bank"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, "seed", "origin"]

    edit_handler = translated_panels(
        heading=_("Exercise"),
        shared=[
            OriginPanel(),
            TaskPanel("task"),
            "points",
            "level",
            "time_limit",
            "max_attempts",
            FieldPanel("marking", help_text=_('Rules of its own, as in {"typo": "strict"}.')),
            "tags",
        ],
        translated=["title", "instructions", "hints", "explanation"],
    )
    api_fields = [
        *BasePage.api_fields,
        APIField("task", writable=True),
        APIField("points", writable=True),
        APIField("time_limit", writable=True),
        APIField("max_attempts", writable=True),
        APIField("marking", writable=True),
        APIField("origin"),
        *translated_fields("instructions", "hints", "explanation"),
    ]

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")

    def copy_all_child_relations(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        # Wagtail asks this of a page once it has a copy, whoever wanted one: here, or by the API.
        target.origin = self.uuid
        return super().copy_all_child_relations(target, *args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Exercise:
        page: Exercise = super().with_content_json(content)
        # Of the exercise, and of none of its versions.
        page.origin = self.origin
        return page

    def clean(self) -> None:
        super().clean()
        self.marking = self.marking or {}
        if not isinstance(self.marking, dict):
            raise ValidationError(
                {"marking": gettext('Write rules by name, as in {"typo": "strict"}.')}
            )
        try:
            Policy.default().merged(self.marking)
        except InvalidPolicy as fault:
            raise ValidationError({"marking": str(fault)}) from None


class Bank(BasePage):
    """A store of exercises that learners meet in quizzes alone."""

    exercises_count = models.PositiveIntegerField(default=0, editable=False)

    parent_page_types = ["content.SchoolPage"]
    subpage_types = ["content_types.Exercise"]

    edit_handler = translated_panels(
        heading=_("Exercise bank"), shared=["tags"], translated=["title", "description"]
    )

    class Meta:
        verbose_name = _("exercise bank")
        verbose_name_plural = _("exercise banks")
