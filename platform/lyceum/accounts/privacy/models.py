"""The table of archives that were asked for."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from lyceum.kernel.identity import new_uuid


def archive_path(export: Export, filename: str) -> str:
    """Return where an archive is kept for its few hours: a name that tells nothing, nor guessed."""
    return f"exports/{new_uuid().hex}.zip"


class Export(models.Model):
    """
    An archive that somebody asked for: of a person, or with `school` of a school.

    It is read by who asked alone, and deleted at `expires_at`. A managed account's is asked for by
    its school's staff: `person` is whose data it holds, `asked_by` who may read it.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    school = models.ForeignKey(
        "schools.School", null=True, on_delete=models.CASCADE, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    file = models.FileField(upload_to=archive_path, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="export_by_end")]

    def is_readable(self, at: datetime) -> bool:
        return self.status == self.Status.READY and at < self.expires_at
