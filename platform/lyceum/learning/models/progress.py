"""How far learners are, in lessons and in courses."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid


class LessonProgress(models.Model):
    """One learner in one lesson. Written in the transaction of the attempt that changes it."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_progress"
    )
    lesson = models.ForeignKey("content.BasePage", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(default=0, help_text="0 to 1, of the lesson's marked points.")
    points = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    position = models.CharField(max_length=100, blank=True, help_text="The reader's own mark.")
    first_attempted_at = models.DateTimeField(null=True)
    last_attempted_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "progress of lessons"
        constraints = [
            models.UniqueConstraint(fields=["user", "lesson"], name="one_progress_a_lesson")
        ]
        indexes = [models.Index(fields=["user", "school", "-updated_at"], name="progress_recent")]


class StudySession(models.Model):
    """A sitting in which a client reports time: its total, and when the last step was counted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="study_sessions"
    )
    lesson = models.ForeignKey("content.BasePage", on_delete=models.CASCADE, related_name="+")
    session_id = models.UUIDField()
    seconds = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson", "session_id"], name="one_row_a_study_session"
            )
        ]


class OfflineReport(models.Model):
    """A report from an offline batch, with what was answered: sent again, it changes nothing."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offline_reports"
    )
    client_id = models.UUIDField()
    report = models.JSONField(help_text="As it was sent.")
    result = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "client_id"], name="one_report_a_client_id")
        ]


class Enrolment(models.Model):
    """A learner's place in a course, and how much of it is done."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    course = models.ForeignKey("content.BasePage", on_delete=models.CASCADE, related_name="+")
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "course"], name="one_enrolment_a_course")
        ]
