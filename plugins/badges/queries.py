"""What is read of points, streaks and badges. Every answer takes a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, Q, QuerySet, Subquery

from lyceum.plugin.community import find_person, name_of
from lyceum.plugin.errors import NotFound
from lyceum.plugin.http import Paging, paginate
from lyceum.plugin.people import find_member
from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.settings import settings_of
from plugins.badges.earning import level_at
from plugins.badges.models import Earned, Rule, Score
from plugins.badges.rulebook import in_language, live_rules, stock
from plugins.badges.settings import Settings
from plugins.badges.streaks import day_of, goes_on

LATEST = 50  # badges that are told beside other things


@dataclass(frozen=True)
class Reader:
    """Who reads: a person at a school, and the language they read in."""

    user: Any
    school: CurrentSchool
    language: str


@dataclass(frozen=True)
class EarnedBadge:
    """A badge that somebody has."""

    id: UUID
    name: str
    description: str
    icon: str
    earned_at: datetime


@dataclass(frozen=True)
class StreakView:
    """Days in a row with an answer; `today` says whether the running day has one."""

    days: int
    longest: int
    today: bool


@dataclass(frozen=True)
class NextLevel:
    level: int
    points: int


@dataclass(frozen=True)
class Own:
    """What a learner has, for their own reading."""

    points: int
    level: int
    next_level: NextLevel | None
    streak: StreakView
    badges: list[EarnedBadge]
    badges_count: int
    listed: bool
    time_zone: str


@dataclass(frozen=True)
class Face:
    """What others of the school may read of a learner."""

    id: UUID
    name: str
    level: int
    longest_streak: int
    badges: list[EarnedBadge]
    badges_count: int


def own_badges(reader: Reader, *, at: datetime) -> Own:
    """
    Return what a learner has. Four queries.

    :raises NotFound: for an operator who is no member
    """
    member = find_member(reader.school, reader.user.uuid)
    if member is None:
        raise NotFound
    score = _score_of(reader.school, member.user_id)
    settings = _settings(reader.school)
    level = level_at(score.points, settings.levels)
    ahead = settings.levels[level - 1 : level]
    earned = _earned_by(reader, member.user_id)
    return Own(
        points=score.points,
        level=level,
        next_level=NextLevel(level + 1, ahead[0]) if ahead else None,
        streak=_streak(score, day_of(at, member.time_zone), grace=settings.grace_days),
        badges=earned[:LATEST],
        badges_count=len(earned),
        listed=score.is_listed and not member.is_child,
        time_zone=member.time_zone,
    )


def face_of(reader: Reader, *, person: UUID) -> Face:
    """
    Return what a reader may know of somebody.

    :raises NotFound: if there is no such member, or they are hidden from this reader
    """
    found = find_person(reader=reader.user, school=reader.school, person=person)
    score = _score_of(reader.school, found.user_id)
    earned = _earned_by(reader, found.user_id)
    return Face(
        id=found.user.uuid,
        name=name_of(found.user),
        level=level_at(score.points, _settings(reader.school).levels),
        longest_streak=score.longest_streak,
        badges=earned[:LATEST],
        badges_count=len(earned),
    )


def badges_of_school(reader: Reader, *, paging: Paging, at: datetime) -> dict[str, Any]:
    """Return the badges that there are, and those that the reader has. Two queries."""
    stock(reader.school, at=at)
    rows = _with_earned(reader)

    def view(rule: Any) -> dict[str, Any]:
        told = rule_view(rule, reader.language)
        return {**told, "earned": rule.earned_at is not None, "earned_at": rule.earned_at}

    return paginate(rows, order=("created_at", "uuid"), paging=paging, view=view)


def rules_of(school: CurrentSchool, *, paging: Paging, at: datetime) -> dict[str, Any]:
    """Return the rules that hold, for those who may change them. Two queries."""
    stock(school, at=at)
    return paginate(
        live_rules(school), order=("created_at", "uuid"), paging=paging, view=lambda rule: rule
    )


def rule_view(rule: Rule, language: str) -> dict[str, Any]:
    """Return a badge as learners read it."""
    return {
        "id": rule.uuid,
        "name": in_language(rule.name, language),
        "description": in_language(rule.description, language),
        "icon": rule.icon,
        "measure": rule.measure,
        "threshold": rule.threshold,
        "kind": rule.kind,
        "category": rule.category,
        "min_score": rule.min_score,
    }


def _with_earned(reader: Reader) -> QuerySet[Rule]:
    own = Earned.objects.filter(rule=OuterRef("pk"), user_id=reader.user.pk).values("at")
    rules = Rule.objects.of(reader.school)
    rules = rules.annotate(earned_at=Subquery(own, output_field=DateTimeField(null=True)))
    return rules.filter(Q(retired_at=None) | Q(earned_at__isnull=False))


def _earned_by(reader: Reader, user_id: int) -> list[EarnedBadge]:
    rows = Earned.objects.of(reader.school).filter(user_id=user_id).select_related("rule")
    return [
        EarnedBadge(
            id=earned.rule.uuid,
            name=in_language(earned.rule.name, reader.language),
            description=in_language(earned.rule.description, reader.language),
            icon=earned.rule.icon,
            earned_at=earned.at,
        )
        for earned in rows.order_by("-at", "-pk")
    ]


def _score_of(school: CurrentSchool, user_id: int) -> Score:
    return Score.objects.of(school).filter(user_id=user_id).first() or Score()


def _streak(score: Score, today: date, *, grace: int) -> StreakView:
    goes = goes_on(score.last_day, today, grace=grace)
    # Who flew west may be a day ahead of where they are now.
    has_today = score.last_day is not None and score.last_day >= today
    return StreakView(score.streak if goes else 0, score.longest_streak, has_today)


def _settings(school: CurrentSchool) -> Settings:
    found: Settings = settings_of(school, "badges")
    return found
