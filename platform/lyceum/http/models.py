"""What is kept so that a repeated request is answered, and not carried out again."""

from __future__ import annotations

from django.db import models

from lyceum.kernel.clock import now


class StoredAnswer(models.Model):
    """The answer to a POST with an `Idempotency-Key`, kept for a day by person and path."""

    id = models.BigAutoField(primary_key=True)
    person = models.UUIDField()
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=100)
    school = models.CharField(max_length=50, blank=True)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    location = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school", "path", "key"], name="one_answer_a_key"
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="answer_by_age")]
