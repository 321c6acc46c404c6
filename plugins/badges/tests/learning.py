"""What a learner did, told to badges as the platform tells it: news, at a fixed time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from lyceum.plugin.events import Fact, publish
from lyceum.plugin.identity import new_uuid
from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.news import all_told, published, tell_plugins
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
    subject = subject or new_uuid()
    data = all_told(type, {"points": 10, "score": 1.0}, **data)
    with transaction.atomic():
        publish(Fact(type, at=at, school=school.uuid, actor=user.uuid, subject=subject, data=data))
    return subject


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
    return [news.data for news in published(f"badges.{type}")]
