"""What learners answered, and where each stands with each exercise."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid


class Attempt(models.Model):
    """One answer to one exercise, with its mark. `client_id` makes sending it twice harmless."""

    class Status(models.TextChoices):
        MARKED = "marked"
        NEEDS_REVIEW = "needs_review"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    exercise = models.ForeignKey("content.BasePage", on_delete=models.CASCADE, related_name="+")
    lesson = models.ForeignKey(
        "content.BasePage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=50)
    client_id = models.UUIDField(null=True)
    number = models.PositiveIntegerField(help_text="1 for a learner's first at this exercise.")
    answer = models.JSONField()
    status = models.CharField(max_length=20, choices=Status.choices)
    correct = models.BooleanField(null=True)
    score = models.FloatField(null=True, help_text="0 to 1.")
    points = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict, help_text="All that was answered, for a resend.")
    seconds = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(help_text="When the learner gave it, offline or on.")
    received_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "client_id"], name="one_attempt_a_client_id"),
            models.UniqueConstraint(
                fields=["user", "exercise", "number"], name="attempts_are_numbered_once"
            ),
        ]
        indexes = [models.Index(fields=["user", "school", "-id"], name="attempt_newest_first")]


class ExerciseState(models.Model):
    """
    Where one learner stands with one exercise: one row to read before an attempt, one to write.

    `best_score` is the best marked attempt from before the solution was shown.
    """

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exercise_states"
    )
    exercise = models.ForeignKey("content.BasePage", on_delete=models.CASCADE, related_name="+")
    lesson = models.ForeignKey(
        "content.BasePage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    attempts = models.PositiveIntegerField(default=0, help_text="Also those that ran out of time.")
    wrong_answers = models.PositiveIntegerField(default=0, help_text="So many hints were told.")
    best_score = models.FloatField(null=True)
    best_points = models.PositiveIntegerField(default=0)
    waiting = models.BooleanField(default=False, help_text="An attempt waits for review.")
    solved_at = models.DateTimeField(null=True)
    solution_shown_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True, help_text="Of a timed attempt under way.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "exercise"], name="one_state_an_exercise")
        ]
        indexes = [models.Index(fields=["user", "lesson"], name="state_by_lesson")]
