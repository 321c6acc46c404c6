"""Notes that people of a school write, who read the rules, and leaflets."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from lyceum.plugin.editing import translated_panels
from lyceum.plugin.identity import new_code
from lyceum.plugin.models import SchoolQuerySet, SchoolScopedModel
from lyceum.plugin.pages import BasePage

TEXT = 200


class Notes(SchoolQuerySet):
    def shown(self) -> Self:
        return self.filter(is_held=False)


class Note(SchoolScopedModel):
    """One note, with a code to be read aloud by."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=TEXT)
    code = models.CharField(max_length=8, default=new_code)
    is_held = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    objects = Notes.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "code"], name="probe_one_code")]

    def __str__(self) -> str:
        return self.text


class Reading(SchoolScopedModel):
    """That somebody read the rules: kept when they go, by their UUID alone."""

    person = models.UUIDField()
    at = models.DateTimeField()


class Leaflet(BasePage):
    """A page of the school that is read beside its lessons."""

    text = models.CharField(max_length=TEXT, blank=True)
    sheets = models.PositiveSmallIntegerField(default=1)

    parent_page_types = [
        "content.SchoolPage",
        "content_types.Category",
        "content_types.Subcategory",
    ]
    subpage_types: list[str] = []

    edit_handler = translated_panels(
        heading="Leaflet", shared=["text", "sheets", "tags"], translated=["title", "description"]
    )
