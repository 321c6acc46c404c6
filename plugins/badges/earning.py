"""What a learner has come to: badges by the school's rules, levels and streaks, each told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from lyceum.plugin.events import Fact, publish
from lyceum.plugin.schools import CurrentSchool
from lyceum.plugin.settings import settings_of
from plugins.badges.models import Award, Earned, Milestone, Rule, Score
from plugins.badges.rulebook import in_language, live_rules, stock
from plugins.badges.streaks import reached

# As marks are kept: 80 % of three parts in ten is not lost to a rounding.
LEEWAY = 0.00005


def settle(*, school: CurrentSchool, score: Score, person: UUID, at: datetime) -> None:
    """
    Give what a learner has come to and has not got yet, and publish it.

    Under the lock of the learner's `score`. What was given stays, so that it is the same in
    whatever order the news came. Five queries, and four more where there is something to give.
    """
    stock(school, at=at)
    told = [*_give_badges(school, score, at), *_note_milestones(school, score, at)]
    if told:
        publish(
            *(
                Fact(type, at=at, school=school.uuid, actor=person, subject=subject, data=data)
                for type, subject, data in told
            )
        )


def level_at(points: int, levels: Sequence[int]) -> int:
    """Return the level that so many points come to; 1 is the first."""
    return 1 + sum(points >= begin for begin in levels)


def _give_badges(
    school: CurrentSchool, score: Score, at: datetime
) -> Iterator[tuple[str, UUID | None, dict[str, Any]]]:
    own = Earned.objects.of(school).filter(user_id=score.user_id)
    rules = list(live_rules(school).exclude(pk__in=own.values("rule")).order_by("pk"))
    has = _standing(school, score, rules)
    given = [rule for rule in rules if has[rule.pk] >= rule.threshold]
    Earned.objects.bulk_create(
        Earned(school_id=school.id, user_id=score.user_id, rule=rule, at=at) for rule in given
    )
    for rule in given:
        data = {
            "achievement": str(rule.uuid),
            "name": in_language(rule.name, school.language),
            "names": rule.name,
            "icon": rule.icon,
        }
        yield "badges.achievement_earned", rule.uuid, data


def _standing(school: CurrentSchool, score: Score, rules: Sequence[Rule]) -> dict[int, int]:
    """Return how far a learner is by each rule, in what it measures. One query for all counts."""
    has = {
        Rule.Measure.POINTS: score.points,
        Rule.Measure.STREAK: score.longest_streak,
        Rule.Measure.LEVEL: level_at(score.points, settings_of(school, "badges").levels),
    }
    counted = [rule for rule in rules if rule.measure == Rule.Measure.COUNT]
    awards = Award.objects.of(school).filter(user_id=score.user_id)
    counts = awards.aggregate(
        **{f"rule_{rule.pk}": Count("pk", filter=_counted_by(rule)) for rule in counted}
    )
    return {rule.pk: counts.get(f"rule_{rule.pk}", has.get(rule.measure, 0)) for rule in rules}


def who_earned(school: CurrentSchool, rule: Rule) -> Any:
    """Return the ids and UUIDs of those who have done enough for a badge and lack it. One query."""
    if rule.measure == Rule.Measure.COUNT:
        awards = Award.objects.of(school).filter(_counted_by(rule)).order_by()
        rows = awards.values("user_id").annotate(done=Count("pk")).filter(done__gte=rule.threshold)
    else:
        rows = Score.objects.of(school).filter(_reached_by(school, rule))
    has_it = Earned.objects.filter(rule=rule).values("user")
    return rows.exclude(user__in=has_it).order_by("user_id").values_list("user_id", "user__uuid")


def _reached_by(school: CurrentSchool, rule: Rule) -> Q:
    if rule.measure == Rule.Measure.STREAK:
        return Q(longest_streak__gte=rule.threshold)
    if rule.measure == Rule.Measure.POINTS:
        return Q(points__gte=rule.threshold)
    begins = [0, *settings_of(school, "badges").levels]
    return (
        Q(points__gte=begins[rule.threshold - 1]) if rule.threshold <= len(begins) else Q(pk=None)
    )


def _counted_by(rule: Rule) -> Q:
    wanted = Q(kind=rule.kind)
    if rule.category is not None:
        wanted &= Q(category=rule.category)
    if rule.min_score:
        wanted &= Q(score__gte=rule.min_score / 100 - LEEWAY)
    return wanted


def _note_milestones(
    school: CurrentSchool, score: Score, at: datetime
) -> Iterator[tuple[str, UUID | None, dict[str, Any]]]:
    level = level_at(score.points, settings_of(school, "badges").levels)
    come_to = [
        *((Milestone.Of.LEVEL, number) for number in range(2, level + 1)),
        *((Milestone.Of.STREAK, days) for days in reached(score.longest_streak)),
    ]
    if not come_to:
        return
    own = Milestone.objects.of(school).filter(user_id=score.user_id)
    known = set(own.values_list("of", "number"))
    new = [(of, number) for of, number in come_to if (of, number) not in known]
    Milestone.objects.bulk_create(
        Milestone(school_id=school.id, user_id=score.user_id, of=of, number=number, at=at)
        for of, number in new
    )
    for of, number in new:
        if of == Milestone.Of.LEVEL:
            yield "badges.level_reached", None, {"level": number}
        else:
            yield "badges.streak_reached", None, {"days": number}
