"""What a learner did, told to badges as the platform tells it: news, at a fixed time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing import news
from lyceum.testing.news import published, tell_plugins
from lyceum.testing.people import a_school
from lyceum.testing.plugins import switch_on
from plugins.badges.models import Earned, Score

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def a_school_with_badges(slug: str | None = None, **rules: Any) -> CurrentSchool:
    return switch_on("badges", a_school(slug, **rules))


def happen(
    school: CurrentSchool,
    user: Any,
    type: str,
    *,
    at: datetime = MONDAY,
    subject: UUID | None = None,
    **data: Any,
) -> UUID:
    """Publish what a learner did, and return what it was done to."""
    usual = {"points": 10, "score": 1.0}
    return news.happen(type, school=school, actor=user, at=at, subject=subject, usual=usual, **data)


def answer(school: CurrentSchool, user: Any, *, at: datetime = MONDAY) -> None:
    """Give a wrong answer, and have badges hear of it."""
    happen(school, user, "exercise_attempted", at=at, correct=False, points=0)
    tell_plugins()


def solve(school: CurrentSchool, user: Any, points: int = 10, **told: Any) -> UUID:
    """Give a first right answer, and have badges hear of it."""
    subject = happen(school, user, "exercise_completed", points=points, **told)
    tell_plugins()
    return subject


def score_of(user: Any) -> Score:
    return Score.objects.get(user=user)


def names_of(user: Any) -> set[str]:
    return {earned.rule.name["en"] for earned in Earned.objects.filter(user=user)}


def told_of(type: str) -> list[Any]:
    return [told.data for told in published(f"badges.{type}")]
