"""Leaderboards: the points of a week, or of all time, in a class or the whole school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from lyceum.plugin.access import can
from lyceum.plugin.community import hidden_from, name_of
from lyceum.plugin.errors import Invalid, NotFound
from lyceum.plugin.http import CursorInvalid, Paging, paginate
from lyceum.plugin.people import class_of, find_member, learners_of
from lyceum.plugin.settings import settings_of
from plugins.badges.models import Score, WeekScore
from plugins.badges.queries import Reader
from plugins.badges.streaks import day_of, monday_of

ALL = "all"
WEEK = re.compile(r"^(\d{4})-W(\d{2})$")
ORDER = ("-points", "uuid")
CURSOR = re.compile(r"^(\d{1,9})\.(\d{1,9})\.(\d{1,9})\.(.+)$", re.ASCII)
FAR = 200  # places ahead of one's own that are counted


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
    """
    One place on a leaderboard. Those with the same points share a rank.

    One's own has no rank where more than `FAR` are ahead: they are not counted.
    """

    rank: int | None
    person: UUID
    name: str
    points: int
    you: bool


@dataclass(frozen=True)
class _End:
    """Where a page ended: how many places there were until then, and the last one's points."""

    number: int = 0
    rank: int = 0
    points: int = -1


def leaderboard(
    reader: Reader, *, cohort: UUID | None, week: str, paging: Paging, at: datetime
) -> dict[str, Any]:
    """
    Return a page of a leaderboard, the most points first, as this reader may see it.

    Not on it are children, those who left it, who blocked the reader or is blocked, and who has no
    points. A week is of each learner's own calendar. `own` is the reader's place on all of it, None
    if they have none. At most seven queries, two more for a class.

    :param cohort: a class of the reader's; None for the whole school
    :param week: as in 2026-W09, `all`, or "" for the week that it is where the reader is
    :raises LeaderboardsOff: if the school has none
    :raises NotFound: if there is no such class, or it is none of the reader's
    :raises WeekUnknown: if there is no such week
    :raises CursorInvalid: if the cursor is none of this list's
    """
    school = reader.school
    if not settings_of(school, "badges").leaderboards:
        raise LeaderboardsOff
    monday = None if week == ALL else _monday(reader, week, at)
    listed = learners_of(school, cohort=_class(reader, cohort))
    rows = _points(reader, monday).filter(points__gt=0, user__in=listed)
    # A school's children are many, and are no learners who may be listed: once is enough.
    apart = hidden_from(
        reader=reader.user, school=school, author="user", muted=False, children=False
    )
    rows = rows.exclude(apart)
    ended, paging = _opened(paging)
    page = paginate(rows.select_related("user"), order=ORDER, paging=paging, view=lambda row: row)
    places, ended = _places(reader, page["items"], ended)
    return {
        "items": places,
        "next": page["next"] and f"{ended.number}.{ended.rank}.{ended.points}.{page['next']}",
        "count": page["count"],
        "week": f"{monday:%G-W%V}" if monday else ALL,
        "own": _own(reader, rows),
    }


def _points(reader: Reader, monday: date | None) -> Any:
    scores = Score.objects.of(reader.school)
    if monday is None:
        return scores.filter(is_listed=True)
    left = scores.filter(user=OuterRef("user"), is_listed=False)
    return WeekScore.objects.of(reader.school).filter(~Exists(left), monday=monday)


def _places(reader: Reader, page: Sequence[Any], ended: _End) -> tuple[list[Place], _End]:
    """Return the places of a page that goes on where another ended, and where it ends itself."""
    places: list[Place] = []
    for row in page:
        number = ended.number + 1
        rank = ended.rank if row.points == ended.points else number
        ended = _End(number, rank, row.points)
        places.append(_place(reader, row, rank))
    return places, ended


def _own(reader: Reader, rows: Any) -> Place | None:
    own = rows.select_related("user").filter(user=reader.user.pk).first()
    if own is None:
        return None
    ahead = rows.filter(points__gt=own.points).order_by("-points")[: FAR + 1].count()
    return _place(reader, own, ahead + 1 if ahead <= FAR else None)


def _place(reader: Reader, row: Any, rank: int | None) -> Place:
    return Place(rank, row.user.uuid, name_of(row.user), row.points, row.user_id == reader.user.pk)


def _opened(paging: Paging) -> tuple[_End, Paging]:
    """
    Return where the page before ended, and what its list made the cursor of.

    Whatever is told of ranks in a cursor is for its reader alone, so that nobody is fooled by it.
    """
    if not paging.cursor:
        return _End(), paging
    found = CURSOR.match(paging.cursor)
    if found is None:
        raise CursorInvalid
    ended = _End(*(int(part) for part in found.groups()[:3]))
    return ended, paging.model_copy(update={"cursor": found[4]})


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
