"""Files whose rows are gone, remembered until they are deleted too."""

from __future__ import annotations

from django.db import models

from lyceum.kernel.clock import now


class DroppedFile(models.Model):
    """A file of the default storage that nothing names any more, and that is still there."""

    name = models.CharField(max_length=500)
    attempts = models.PositiveIntegerField(default=0)
    dropped_at = models.DateTimeField(default=now)
