"""Leaderboards: the points of a week, or of all time, in a class or the whole school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from lyceum.plugin.access import can
from lyceum.plugin.community import hidden_from, name_of
from lyceum.plugin.errors import Invalid, NotFound
from lyceum.plugin.http import Paging, paginate
from lyceum.plugin.people import class_of, find_member, learners_of
from lyceum.plugin.settings import settings_of
from plugins.badges.models import Score, WeekScore
from plugins.badges.queries import Reader
from plugins.badges.streaks import day_of, monday_of

ALL = "all"
WEEK = re.compile(r"^(\d{4})-W(\d{2})$")
ORDER = ("-points", "user__uuid")


class LeaderboardsOff(NotFound):
    """The school has no leaderboards. Leave out what would show them."""

    code = "leaderboards_off"
    detail = "This school has no leaderboards."


class WeekUnknown(Invalid):
    """A week is written as in 2026-W09 (ISO 8601), or `all` for all time; left out, it is now."""

    code = "week_unknown"
    detail = "There is no such week."


@dataclass(frozen=True)
class Place:
    """One place on a leaderboard. Those with the same points share a rank."""

    rank: int
    person: UUID
    name: str
    points: int
    you: bool


def leaderboard(
    reader: Reader, *, cohort: UUID | None, week: str, paging: Paging, at: datetime
) -> dict[str, Any]:
    """
    Return a page of a leaderboard, the most points first, as this reader may see it.

    Not on it are children, those who left it, who blocked the reader or is blocked, and who has no
    points. A week is of each learner's own calendar. At most seven queries, two more for a class.

    :param cohort: a class of the reader's; None for the whole school
    :param week: as in 2026-W09, `all`, or "" for the week that it is where the reader is
    :raises LeaderboardsOff: if the school has none
    :raises NotFound: if there is no such class, or it is none of the reader's
    :raises WeekUnknown: if there is no such week
    """
    school = reader.school
    if not settings_of(school, "badges").leaderboards:
        raise LeaderboardsOff
    monday = None if week == ALL else _monday(reader, week, at)
    listed = learners_of(school, cohort=_class(reader, cohort))
    rows = _points(reader, monday).filter(points__gt=0, user__in=listed)
    rows = rows.exclude(
        hidden_from(reader=reader.user, school=school, author="user", muted=False)
    ).select_related("user")
    page = paginate(rows, order=ORDER, paging=paging, view=lambda row: row)
    named = f"{monday:%G-W%V}" if monday else ALL
    return {**page, "items": _places(reader, rows, page["items"]), "week": named}


def _points(reader: Reader, monday: date | None) -> Any:
    if monday is None:
        return Score.objects.of(reader.school).filter(is_listed=True)
    left = Score.objects.of(reader.school).filter(is_listed=False).values("user_id")
    return WeekScore.objects.of(reader.school).filter(monday=monday).exclude(user__in=left)


def _places(reader: Reader, rows: Any, page: Sequence[Any]) -> list[Place]:
    if not page:
        return []
    first = page[0]
    more = Q(points__gt=first.points)
    level = Q(points=first.points, user__uuid__lt=first.user.uuid)
    before = rows.order_by().aggregate(
        more=Count("pk", filter=more), level=Count("pk", filter=level)
    )
    places: list[Place] = []
    rank, points = before["more"] + 1, first.points
    for number, row in enumerate(page, start=before["more"] + before["level"] + 1):
        if row.points != points:
            rank, points = number, row.points
        user = row.user
        places.append(Place(rank, user.uuid, name_of(user), points, user.pk == reader.user.pk))
    return places


def _class(reader: Reader, cohort: UUID | None) -> Any:
    if cohort is None:
        return None
    sees_all = can(reader.user, "schools.manage_cohorts", reader.school)
    return class_of(reader.school, cohort, seen_by=None if sees_all else reader.user)


def _monday(reader: Reader, week: str, at: datetime) -> date:
    if not week:
        member = find_member(reader.school, reader.user.uuid)
        return monday_of(day_of(at, member.time_zone if member else "UTC"))
    found = WEEK.match(week)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else _no_week()
    except ValueError as error:
        raise WeekUnknown from error


def _no_week() -> date:
    raise WeekUnknown(fields={"week": ["Write it as in 2026-W09, or `all`."]})
