"""
What follows from the news: points, streaks, badges and milestones.

Each learner's rows are changed under the lock of their `Score`. What was done is kept as awards and
days; the rest is what these add up to, in whatever order they came, and told twice they change
nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from lyceum.plugin.content import category_of
from lyceum.plugin.hooks import News
from lyceum.plugin.identity import moment_of
from lyceum.plugin.people import find_member
from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.settings import settings_of
from plugins.badges.earning import settle, who_earned
from plugins.badges.models import ActiveDay, Award, Kind, Score, WeekScore
from plugins.badges.rulebook import live_rules
from plugins.badges.settings import Settings
from plugins.badges.streaks import day_of, monday_of, streak_of


def note_answer(*, school: CurrentSchool, news: News) -> None:
    """Count the day of an answer. Two queries for every answer of a day but the first."""
    learner = find_member(school, news.actor)
    if learner is None:
        return
    at = counted_at(news, _settings(school))
    day = day_of(at, learner.time_zone)
    key = {"school_id": school.id, "user_id": learner.user_id, "day": day}
    if ActiveDay.objects.filter(**key).exists():
        return
    with transaction.atomic():
        score = _lock(school, learner.user_id)
        if not ActiveDay.objects.get_or_create(**key)[1]:
            return
        _count_days(score, _settings(school))
        settle(school=school, score=score, person=learner.uuid, at=at)


def note_award(*, school: CurrentSchool, news: News) -> None:
    """Give the points for something done, once, and all that follows from them."""
    learner = find_member(school, news.actor)
    if learner is None or news.subject is None:
        return
    at = counted_at(news, _settings(school))
    category = None if news.type == Kind.COURSE else category_of(school, news.subject)
    with transaction.atomic():
        score = _lock(school, learner.user_id)
        told = Award(
            school_id=school.id,
            user_id=learner.user_id,
            kind=news.type,
            subject=news.subject,
            category=category,
            score=news.data.get("score"),
            points=_points_for(news, _settings(school)),
            news=news.uuid,
            at=at,
            day=day_of(at, learner.time_zone),
        )
        known = Award.objects.of(school).filter(
            user_id=learner.user_id, kind=news.type, subject=news.subject
        )
        if (kept := known.first()) is not None:
            _keep_the_first(kept, told)
            return
        told.save(force_insert=True)
        Score.objects.filter(pk=score.pk).update(points=F("points") + told.points)
        score.points += told.points
        _add_to_week(told, told.points)
        settle(school=school, score=score, person=learner.uuid, at=at)


def counted_at(news: News, settings: Settings) -> datetime:
    """
    Return when something counts as done: when it was, as the learner's device says.

    What was told of later than the school allows counts as done when it was told of: nobody claims
    days that are long over.
    """
    told = moment_of(news.uuid)
    return told if told - news.at > timedelta(days=settings.late_days) else news.at


def set_listed(*, school: CurrentSchool, user_id: int, listed: bool) -> None:
    """Put a learner on the school's leaderboards, or take them off. Harmless if they are."""
    with transaction.atomic():
        score = _lock(school, user_id)
        score.is_listed = listed
        score.save(update_fields=["is_listed"])


def award_by(*, school: CurrentSchool, rule_id: UUID, at: datetime) -> int:
    """
    Give the badge of a rule that is new, or was changed, to all who have earned it already.

    Return to how many. One query finds them; begun again, it goes on with those who lack it.
    """
    rule = live_rules(school).filter(uuid=rule_id).first()
    if rule is None:
        return 0
    people = list(who_earned(school, rule))
    for user_id, uuid in people:
        with transaction.atomic():
            settle(school=school, score=_lock(school, user_id), person=uuid, at=at)
    return len(people)


def rebuild(*, school: CurrentSchool, at: datetime) -> int:
    """
    Add up anew what awards and days come to, by the settings and rules as they are; return for how
    many learners.

    Badges and milestones that lack are given; none is taken away.
    """
    people = ActiveDay.objects.of(school).order_by().values_list("user_id", "user__uuid")
    people = people.union(
        Award.objects.of(school).order_by().values_list("user_id", "user__uuid"),
        Score.objects.of(school).order_by().values_list("user_id", "user__uuid"),
    )
    found = list(people)
    for user_id, uuid in found:
        with transaction.atomic():
            score = _lock(school, user_id)
            awards = Award.objects.of(school).filter(user_id=user_id)
            score.points = awards.aggregate(total=Sum("points"))["total"] or 0
            score.save(update_fields=["points"])
            _count_days(score, _settings(school))
            _count_weeks(school, user_id)
            settle(school=school, score=score, person=uuid, at=at)
    return len(found)


def _settings(school: CurrentSchool) -> Settings:
    found: Settings = settings_of(school, "badges")
    return found


def _lock(school: CurrentSchool, user_id: int) -> Score:
    rows = Score.objects.select_for_update()
    score, _ = rows.get_or_create(school_id=school.id, user_id=user_id)
    return score


def _points_for(news: News, settings: Settings) -> int:
    if news.type == Kind.EXERCISE:
        own = settings.exercises_own_points
        return int(news.data["points"]) if own else settings.points_for_exercise
    return settings.points_for_lesson if news.type == Kind.LESSON else settings.points_for_course


def _keep_the_first(kept: Award, told: Award) -> None:
    """Of two news of the same thing, let the earlier say when it was done. Points stay."""
    if (told.at, told.news) >= (kept.at, kept.news):
        return
    _add_to_week(kept, -kept.points)
    kept.at, kept.day, kept.news = told.at, told.day, told.news
    kept.save(update_fields=["at", "day", "news"])
    _add_to_week(kept, kept.points)


def _add_to_week(award: Award, points: int) -> None:
    key: dict[str, Any] = {"school_id": award.school_id, "user_id": award.user_id}
    WeekScore.objects.get_or_create(**key, monday=monday_of(award.day))
    rows = WeekScore.objects.filter(**key, monday=monday_of(award.day))
    rows.update(points=F("points") + points)


def _count_days(score: Score, settings: Settings) -> None:
    days = ActiveDay.objects.filter(school_id=score.school_id, user_id=score.user_id)
    streak = streak_of(days.values_list("day", flat=True), grace=settings.grace_days)
    score.streak, score.last_day = streak.days, streak.last_day
    score.longest_streak = streak.longest
    score.save(update_fields=["streak", "last_day", "longest_streak"])


def _count_weeks(school: CurrentSchool, user_id: int) -> None:
    sums: dict[date, int] = {}
    for day, points in (
        Award.objects.of(school).filter(user_id=user_id).values_list("day", "points")
    ):
        sums[monday_of(day)] = sums.get(monday_of(day), 0) + points
    # Rows stay, and with them the order of those who share a rank.
    WeekScore.objects.of(school).filter(user_id=user_id).exclude(monday__in=sums).delete()
    WeekScore.objects.bulk_create(
        (
            WeekScore(school_id=school.id, user_id=user_id, monday=monday, points=points)
            for monday, points in sums.items()
        ),
        update_conflicts=True,
        unique_fields=["school", "user", "monday"],
        update_fields=["points"],
    )
