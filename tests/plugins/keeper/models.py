"""Folders of a school, papers that hang on them, and words of the whole instance."""

from __future__ import annotations

from django.db import models

from lyceum.plugin.models import SchoolScopedModel


class Folder(SchoolScopedModel):
    """A folder, in another or at the top."""

    name = models.CharField(max_length=50)
    author = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A paper: a school's by its folder alone."""

    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="papers")
    file = models.FileField(upload_to="keeper", blank=True)
    words = models.ManyToManyField("keeper.Word", related_name="+")


class Word(models.Model):
    """A word of the instance: no school's."""

    text = models.CharField(max_length=50)
