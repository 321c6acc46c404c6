"""Notes of a school, each perhaps an answer to another."""

from __future__ import annotations

from django.db import models

from lyceum.plugin.models import SchoolScopedModel


class Note(SchoolScopedModel):
    text = models.CharField(max_length=200)
    seen = models.PositiveIntegerField(default=0)
    answers = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
