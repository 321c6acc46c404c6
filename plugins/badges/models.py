"""What learners did that counts, what it adds up to, and what the school gives badges for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lyceum.plugin.models import SchoolScopedModel


def _person() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")


class Kind(models.TextChoices):
    """What is given points, by the type of the news that tell of it."""

    EXERCISE = "exercise_completed"
    LESSON = "lesson_completed"
    COURSE = "course_completed"


class Award(SchoolScopedModel):
    """
    One thing that a learner did, counted once however often it is done: all else follows from it.

    `day` is the learner's own, where they were as it was told.
    """

    user = _person()
    kind = models.CharField(max_length=30, choices=Kind.choices)
    subject = models.UUIDField(help_text="The page.")
    category = models.UUIDField(null=True, help_text="The category that the page was in.")
    score = models.FloatField(null=True, help_text="0 to 1, where there is one.")
    points = models.PositiveIntegerField()
    news = models.UUIDField(help_text="The news that told of it.")
    at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user", "kind", "subject"], name="badges_one_award_a_thing"
            )
        ]


class ActiveDay(SchoolScopedModel):
    """A day, in the learner's own time zone, on which they gave an answer."""

    user = _person()
    day = models.DateField()

    class Meta:
        verbose_name = _("active day")
        verbose_name_plural = _("active days")
        constraints = [
            models.UniqueConstraint(fields=["school", "user", "day"], name="badges_one_row_a_day")
        ]


class Score(SchoolScopedModel):
    """
    What a learner has: the sum of the awards, and the streak as it was on its last day.

    Whoever changes anything of a learner locks this row first.
    """

    user = _person()
    points = models.PositiveIntegerField(default=0)
    streak = models.PositiveIntegerField(default=0)
    longest_streak = models.PositiveIntegerField(default=0)
    last_day = models.DateField(null=True)
    is_listed = models.BooleanField(default=True, help_text="On leaderboards.")

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["school", "user"], name="badges_one_score_a_learner")
        ]
        indexes = [models.Index(fields=["school", "-points", "uuid"], name="badges_all_time")]


class WeekScore(SchoolScopedModel):
    """A learner's points of one week, named by its Monday in the learner's own calendar."""

    user = _person()
    monday = models.DateField()
    points = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("score of a week")
        verbose_name_plural = _("scores of weeks")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user", "monday"], name="badges_one_row_a_week"
            )
        ]
        indexes = [
            # Whole, so that a page reads no more of it than itself, however many share a rank.
            models.Index(fields=["school", "monday", "-points", "uuid"], name="badges_weekly")
        ]


class Rule(SchoolScopedModel):
    """
    A badge, and how it is earned: by so many things of a kind, or so many points, days or levels.

    Names and descriptions are by language. A rule that is deleted is retired: who has the badge
    keeps it.
    """

    class Measure(models.TextChoices):
        COUNT = "count"
        POINTS = "points"
        STREAK = "streak"
        LEVEL = "level"

    name = models.JSONField()
    description = models.JSONField(default=dict)
    icon = models.CharField(max_length=16, blank=True)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    threshold = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=Kind.choices, blank=True)
    category = models.UUIDField(null=True)
    min_score = models.PositiveSmallIntegerField(default=0, help_text="In per cent.")
    retired_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rule for a badge")
        verbose_name_plural = _("rules for badges")
        constraints = [
            models.CheckConstraint(
                condition=Q(measure="count") ^ Q(kind=""), name="badges_a_count_is_of_a_kind"
            )
        ]


class Shelf(SchoolScopedModel):
    """That a school was given the rules to begin with: what it deletes does not come back."""

    stocked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("set of rules to begin with")
        verbose_name_plural = _("sets of rules to begin with")
        constraints = [models.UniqueConstraint(fields=["school"], name="badges_one_shelf")]


class Earned(SchoolScopedModel):
    """A badge that a learner has. It is never taken away."""

    user = _person()
    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="earned")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("badge earned")
        verbose_name_plural = _("badges earned")
        constraints = [
            models.UniqueConstraint(fields=["user", "rule"], name="badges_each_earned_once")
        ]


class Milestone(SchoolScopedModel):
    """A level or a length of streak that a learner came to for the first time: told once."""

    class Of(models.TextChoices):
        LEVEL = "level"
        STREAK = "streak"

    user = _person()
    of = models.CharField(max_length=10, choices=Of.choices)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user", "of", "number"], name="badges_each_milestone_once"
            )
        ]
