"""Days in a row, and the calendar that they are counted by: the learner's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

# Lengths in days that are told of, the first time that a learner comes to them.
MILESTONES = (3, 7, 14, 30, 60, 100, 200, 365, 500, 730, 1000)


@dataclass(frozen=True)
class Streak:
    """Days with an answer, one after the other: in the latest run of them, and in the longest."""

    days: int = 0
    longest: int = 0
    last_day: date | None = None


def day_of(moment: datetime, time_zone: str) -> date:
    """Return the date of a moment where a learner is: by the calendar, however long its days."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def monday_of(day: date) -> date:
    """Return the first day of a day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def streak_of(days: Iterable[date], *, grace: int) -> Streak:
    """
    Return what days with an answer add up to, in whatever order they come.

    :param grace: how many days may be missed in between; they are not counted
    """
    run = longest = 0
    last: date | None = None
    for day in sorted(set(days)):
        run = run + 1 if goes_on(last, day, grace=grace) else 1
        longest = max(longest, run)
        last = day
    return Streak(run, longest, last)


def goes_on(last: date | None, day: date, *, grace: int) -> bool:
    """Return whether a streak whose last day was `last` is not over on `day`."""
    return last is not None and (day - last).days <= grace + 1


def reached(longest: int) -> Collection[int]:
    """Return the milestones that a longest streak has come to."""
    return [days for days in MILESTONES if days <= longest]
