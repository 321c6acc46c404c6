"""The figures that reports read: kept by events, and made anew from the learners' own rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Model

from lyceum.events import relay
from lyceum.events.consumers import News
from lyceum.learning import news as facts
from lyceum.learning.models import Attempt, ExerciseTally, LessonProgress, SchoolDay
from lyceum.learning.scoring import TEN_THOUSAND

CONSUMER = "rollups"
TYPES = (facts.EXERCISE_ATTEMPTED, facts.LESSON_COMPLETED)
BATCH = 2000

Figures = dict[str, int]
Sums = defaultdict[tuple[Any, ...], Figures]


@dataclass(frozen=True)
class Given:
    """One attempt, as the figures know it."""

    school: UUID
    exercise: UUID
    day: date
    correct: bool | None
    score: float | None


class Totals:
    """Sums under way: of exercises by (school, exercise), of days by (school, day)."""

    def __init__(self) -> None:
        self.tallies: Sums = defaultdict(lambda: defaultdict(int))
        self.days: Sums = defaultdict(lambda: defaultdict(int))

    def add_attempt(self, given: Given) -> None:
        tally = self.tallies[given.school, given.exercise]
        day = self.days[given.school, given.day]
        tally["attempts"] += 1
        day["attempts"] += 1
        if given.score is not None:
            tally["marked"] += 1
            tally["score_total"] += round(given.score * TEN_THOUSAND)
        if given.correct:
            tally["correct"] += 1
            day["correct"] += 1

    def add_completion(self, school: UUID, day: date) -> None:
        self.days[school, day]["lessons_completed"] += 1


def count(news: Sequence[News]) -> None:
    """Add what happened to the figures. Each news is told once: it is not safe to tell it twice."""
    totals = Totals()
    for item in news:
        if item.school is None or item.subject is None:
            continue
        if item.type == facts.LESSON_COMPLETED:
            totals.add_completion(item.school, _day_of(item.at))
        else:
            totals.add_attempt(
                Given(
                    school=item.school,
                    exercise=item.subject,
                    day=_day_of(item.at),
                    correct=item.data["correct"],
                    score=item.data["score"],
                )
            )
    for (school, exercise), figures in totals.tallies.items():
        _add(ExerciseTally, figures, school=school, exercise=exercise)
    for (school, day), figures in totals.days.items():
        _add(SchoolDay, figures, school=school, day=day)


def _add(model: type[Model], figures: Figures, **key: Any) -> None:
    rows = model._default_manager.filter(**key)
    added = {name: F(name) + value for name, value in figures.items()}
    # Where two make the first row at once, the constraint refuses one, and its news come again.
    if not rows.update(**added):
        model._default_manager.create(**key, **figures)


def rebuild() -> tuple[int, int]:
    """
    Make every figure anew from attempts and progress; return how many exercises and days.

    What is still on its way to `count` is in these rows already, and is dropped.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            # One picture of rows and deliveries alike; SQLite lets nobody else write meanwhile.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        relay.forget(CONSUMER)
        return _rebuild()


def totals_of(person_id: int | None = None) -> Totals:
    """Return the figures that rows give: of one person by id, or of everybody."""
    totals = Totals()
    of = {} if person_id is None else {"user_id": person_id}
    for given in _attempts(of):
        totals.add_attempt(given)
    for school, completed_at in _completions(of):
        totals.add_completion(school, _day_of(completed_at))
    return totals


def _rebuild() -> tuple[int, int]:
    totals = totals_of()
    ExerciseTally.objects.all().delete()
    SchoolDay.objects.all().delete()
    ExerciseTally.objects.bulk_create(
        (
            ExerciseTally(school=school, exercise=exercise, **figures)
            for (school, exercise), figures in totals.tallies.items()
        ),
        batch_size=BATCH,
    )
    SchoolDay.objects.bulk_create(
        (
            SchoolDay(school=school, day=day, **figures)
            for (school, day), figures in totals.days.items()
        ),
        batch_size=BATCH,
    )
    return len(totals.tallies), len(totals.days)


def _attempts(of: dict[str, int]) -> Iterable[Given]:
    rows = Attempt.objects.filter(**of).values_list(
        "school__uuid", "exercise__uuid", "answered_at", "correct", "score"
    )
    for school, exercise, answered_at, correct, score in rows.iterator(BATCH):
        yield Given(school, exercise, _day_of(answered_at), correct, score)


def _completions(of: dict[str, int]) -> Iterable[tuple[UUID, datetime]]:
    rows = LessonProgress.objects.filter(completed_at__isnull=False, **of)
    for school, completed_at in rows.values_list("school__uuid", "completed_at").iterator(BATCH):
        assert completed_at is not None
        yield school, completed_at


def _day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
