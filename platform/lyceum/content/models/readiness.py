"""What pages still lack: kept with every version, so that the creators' home reads it at once."""

from __future__ import annotations

from django.db import models

from lyceum.content.models.pages import BasePage


class Readiness(models.Model):
    """
    What a page lacks in its latest version, draft or not.

    `languages` are those of the deployment in which something is missing that is written in
    another, as in `,es,ar,`: which of them the school uses is asked when it is read. `sounds`
    counts the places where something should be heard, and is not there.
    """

    page = models.OneToOneField(
        BasePage, primary_key=True, on_delete=models.CASCADE, related_name="readiness"
    )
    languages = models.CharField(max_length=200, blank=True)
    sounds = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "readiness of pages"
