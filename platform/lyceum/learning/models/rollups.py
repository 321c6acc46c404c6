"""Roll-ups: figures that reports read, kept by events, equal to what a rebuild gives."""

from __future__ import annotations

from django.db import models


class ExerciseTally(models.Model):
    """
    How an exercise fares with all its learners.

    `score_total` is in ten-thousandths: whole numbers add up alike in whatever order they come.
    """

    school = models.UUIDField()
    exercise = models.UUIDField(unique=True)
    attempts = models.PositiveIntegerField(default=0)
    marked = models.PositiveIntegerField(default=0)
    correct = models.PositiveIntegerField(default=0)
    score_total = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "exercise tallies"
        indexes = [models.Index(fields=["school", "exercise"], name="tally_by_school")]


class SchoolDay(models.Model):
    """A school's day (UTC): attempts given and lessons completed."""

    school = models.UUIDField()
    day = models.DateField()
    attempts = models.PositiveIntegerField(default=0)
    correct = models.PositiveIntegerField(default=0)
    lessons_completed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="one_row_a_day")]
