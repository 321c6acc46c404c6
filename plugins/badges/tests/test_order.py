"""News that come twice, late, at once or all anew: they come to the same."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from lyceum.plugin.clock import now
from lyceum.plugin.hooks import News
from lyceum.plugin.identity import new_uuid
from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.people import a_learner
from plugins.badges import hooks, services
from plugins.badges.models import ActiveDay, Award, Earned, Milestone, Rule, Score, WeekScore
from plugins.badges.tests.learning import (
    MONDAY,
    a_school_with_badges,
    answer,
    names_of,
    score_of,
    solve,
    told_of,
)

pytestmark = pytest.mark.django_db


def figures() -> list[Any]:
    return [
        sorted(model.objects.values_list(*fields), key=str)
        for model, fields in (
            (Score, ("user", "points", "streak", "longest_streak", "last_day")),
            (Earned, ("user", "rule__name__en")),
            (Milestone, ("user", "of", "number")),
            (Award, ("user", "kind", "subject", "points", "day")),
            (ActiveDay, ("user", "day")),
        )
    ] + [sorted(WeekScore.objects.filter(points__gt=0).values_list("user", "monday", "points"))]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_order_of_the_news_a_rebuild_finds_the_same(
    toto: CurrentSchool, seed: int
) -> None:
    chance = random.Random(seed)
    people = [a_learner(toto, time_zone=zone) for zone in ("Asia/Tokyo", "America/Lima")]
    things = [new_uuid() for _ in range(20)]
    news = [
        News(
            uuid=new_uuid(),
            type=chance.choice(["exercise_attempted", "exercise_completed", "lesson_completed"]),
            school=toto.uuid,
            actor=chance.choice(people).uuid,
            subject=chance.choice(things),
            data={"points": 40, "score": 1.0, "correct": False},
            at=MONDAY + timedelta(hours=chance.randrange(24 * 20)),
        )
        for _ in range(80)
    ]
    found = []
    for _ in range(3):
        chance.shuffle(news)
        for model in (Score, Earned, Milestone, Award, ActiveDay, WeekScore):
            model.objects.all().delete()
        for one in [*news, *news[:10]]:
            tell = hooks.count_the_day if one.type == "exercise_attempted" else hooks.give_points
            tell(school=toto, news=one)
        found.append(figures())

    services.rebuild(school=toto, at=MONDAY)

    assert found[0] == found[1] == found[2] == figures()
    assert score_of(people[0]).points > 0


@pytest.mark.django_db(transaction=True)
def test_news_that_are_told_at_once_are_all_counted_once(transactional_db: None) -> None:
    toto = a_school_with_badges("toto")
    sam = a_learner(toto)
    news = [
        News(
            uuid=new_uuid(),
            type="exercise_completed",
            school=toto.uuid,
            actor=sam.uuid,
            subject=new_uuid(),
            data={"points": 10, "score": 1.0},
            at=MONDAY,
        )
        for _ in range(12)
    ]
    failed: list[Exception] = []

    def tell(mine: list[News]) -> None:
        try:
            for one in mine:
                hooks.give_points(school=toto, news=one)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    # Each is told by two of six.
    threads = [threading.Thread(target=tell, args=(news[n % 3 :: 3],)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert score_of(sam).points == 120
    assert WeekScore.objects.get(user=sam).points == 120
    assert Award.objects.count() == 12
    assert len(told_of("achievement_earned")) == 1
    assert len(told_of("level_reached")) == 1


def test_a_new_rule_is_looked_through_by_the_worker(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    solve(toto, sam)
    Rule.objects.create(
        school_id=toto.id, name={"en": "Ten"}, measure="points", threshold=10, created_at=MONDAY
    )

    assert services.rebuild(school=toto, at=now()) == 1
    assert "Ten" in names_of(sam)


@pytest.mark.parametrize(
    ("fields", "earns"),
    [
        ({"measure": "points", "threshold": 10}, True),
        ({"measure": "points", "threshold": 11}, False),
        ({"measure": "streak", "threshold": 1}, True),
        ({"measure": "streak", "threshold": 2}, False),
        ({"measure": "level", "threshold": 1}, True),
        ({"measure": "level", "threshold": 2}, False),
        ({"measure": "level", "threshold": 1000}, False),
        ({"measure": "count", "kind": "exercise_completed", "threshold": 1}, True),
        ({"measure": "count", "kind": "exercise_completed", "threshold": 2}, False),
        ({"measure": "count", "kind": "lesson_completed", "threshold": 1}, False),
    ],
)
def test_by_a_new_rule_those_have_its_badge_who_did_enough_and_each_is_told_once(
    toto: CurrentSchool, fields: dict[str, Any], earns: bool
) -> None:
    sam, kim = a_learner(toto), a_learner(toto)
    for learner in (sam, kim):
        answer(toto, learner)
    solve(toto, sam)
    rule = Rule.objects.create(school_id=toto.id, name={"en": "New"}, created_at=MONDAY, **fields)

    given = [services.award_by(school=toto, rule_id=rule.uuid, at=MONDAY) for _ in range(2)]

    assert ("New" in names_of(sam)) is earns
    assert given[1] == 0
    assert (
        len([told for told in told_of("achievement_earned") if told["name"] == "New"]) == given[0]
    )


def test_a_rebuild_leaves_the_rows_that_are_right(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    solve(toto, sam)
    row = WeekScore.objects.get()
    wrong = WeekScore.objects.create(
        school_id=toto.id, user=sam, monday=row.monday - timedelta(days=7), points=9
    )
    WeekScore.objects.filter(pk=row.pk).update(points=3)

    services.rebuild(school=toto, at=MONDAY)

    assert not WeekScore.objects.filter(pk=wrong.pk).exists()
    assert WeekScore.objects.get(pk=row.pk).points == 10


def test_news_cost_a_fixed_number_of_queries(
    toto: CurrentSchool, django_assert_max_num_queries: Any
) -> None:
    sam = a_learner(toto)
    answer(toto, sam)
    solve(toto, sam)
    for _ in range(30):
        solve(toto, sam, 1)
    news = [
        News(new_uuid(), type, toto.uuid, sam.uuid, new_uuid(), {"points": 1, "score": 1}, MONDAY)
        for type in ("exercise_attempted", "exercise_completed")
    ]

    with django_assert_max_num_queries(2):
        hooks.count_the_day(school=toto, news=news[0])
    with django_assert_max_num_queries(14):
        hooks.give_points(school=toto, news=news[1])
