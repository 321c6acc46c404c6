"""The activity log: what a person did, in an order they would tell it in."""

from __future__ import annotations

from django.db import models


class ActivityEntry(models.Model):
    """One thing a person did, made from one event. The person is named by UUID alone."""

    event = models.UUIDField()
    kind = models.CharField(max_length=50)
    person = models.UUIDField()
    school = models.UUIDField()
    subject = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "activity entries"
        constraints = [
            # What makes telling an event twice harmless.
            models.UniqueConstraint(fields=["event", "kind"], name="one_activity_an_event")
        ]
        indexes = [
            models.Index(fields=["person", "school", "-at", "-event"], name="activity_latest_first")
        ]
