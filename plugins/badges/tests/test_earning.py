"""Points, streaks and badges: what the news of what learners did comes to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lyceum.plugin.hooks import News
from lyceum.plugin.identity import new_uuid
from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.news import published, tell_plugins
from lyceum.testing.people import a_learner
from lyceum.testing.plugins import set_up, switch_off, switch_on
from plugins.badges import hooks, services
from plugins.badges.models import ActiveDay, Rule, Score, WeekScore
from plugins.badges.streaks import day_of, streak_of
from plugins.badges.tests.learning import (
    DAY,
    MONDAY,
    a_school_with_badges,
    answer,
    happen,
    names_of,
    score_of,
    solve,
    told_of,
)

pytestmark = pytest.mark.django_db


def test_a_first_right_answer_gives_the_points_of_the_exercise_once(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    exercise = solve(toto, sam, 15)
    solve(toto, sam, 15, subject=exercise)
    solve(toto, sam, 5)

    assert score_of(sam).points == 20
    assert WeekScore.objects.get(user=sam).points == 20


def test_wrong_answers_give_no_points_and_count_as_a_day(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    answer(toto, sam)

    score = score_of(sam)
    assert (score.points, score.streak, score.last_day) == (0, 1, date(2026, 3, 2))


def test_news_told_twice_change_nothing(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    news = News(
        uuid=new_uuid(),
        type="lesson_completed",
        school=toto.uuid,
        actor=sam.uuid,
        subject=new_uuid(),
        data={"score": 0.9},
        at=MONDAY,
    )
    for _ in range(2):
        hooks.give_points(school=toto, news=news)

    assert score_of(sam).points == 20
    assert len(told_of("achievement_earned")) == 1


def test_a_course_that_is_left_and_done_again_gives_nothing_more(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    course = happen(toto, sam, "course_completed", at=MONDAY + 7 * DAY)
    happen(toto, sam, "course_completed", at=MONDAY, subject=course)
    tell_plugins()

    assert score_of(sam).points == 100
    # Whichever was told first: it was done when it was done first.
    weeks = WeekScore.objects.filter(user=sam, points__gt=0)
    assert [(week.monday, week.points) for week in weeks] == [(date(2026, 3, 2), 100)]


def test_each_badge_level_and_streak_is_earned_and_told_once(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    for number in range(8):
        answer(toto, sam, at=MONDAY + number * DAY)
        solve(toto, sam, 100, at=MONDAY + number * DAY)

    assert names_of(sam) == {"First step", "A week in a row"}
    assert [data["name"] for data in told_of("achievement_earned")] == [
        "First step",
        "A week in a row",
    ]
    assert [data["level"] for data in told_of("level_reached")] == [2, 3, 4]
    assert [data["days"] for data in told_of("streak_reached")] == [3, 7]


def test_what_is_told_names_people_by_id_alone(toto: CurrentSchool) -> None:
    sam = a_learner(toto, first_name="Samantha")
    solve(toto, sam)

    (told,) = published("badges.achievement_earned")
    assert told.actor == sam.uuid
    assert told.subject == Rule.objects.get(name__en="First step").uuid
    assert "Samantha" not in str(told)


def test_a_rule_counts_lessons_by_category_and_score(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam, category, elsewhere = a_learner(toto), new_uuid(), new_uuid()
    lessons = {new_uuid(): category, new_uuid(): elsewhere, new_uuid(): category}
    monkeypatch.setattr(services, "category_of", lambda school, page: lessons[page])
    Rule.objects.create(
        school_id=toto.id,
        name={"en": "Well done"},
        measure="count",
        kind="lesson_completed",
        category=category,
        min_score=80,
        threshold=1,
        created_at=MONDAY,
    )
    for lesson, score in zip(lessons, (0.79, 1.0, 0.8), strict=True):
        assert "Well done" not in names_of(sam)
        happen(toto, sam, "lesson_completed", subject=lesson, score=score)
        tell_plugins()

    assert "Well done" in names_of(sam)


def test_a_streak_survives_as_many_missed_days_as_the_school_allows() -> None:
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 7)]

    assert streak_of(days, grace=0).days == 1
    assert streak_of(days, grace=0).longest == 2
    assert streak_of(days, grace=1).longest == 3
    assert streak_of(days, grace=2).days == 4


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Sao_Paulo", "Pacific/Apia", "UTC"])
def test_a_streak_goes_on_through_every_change_of_the_clock(zone: str) -> None:
    # Late every evening of a year, where the learner is: days of 23, 24 and 25 hours.
    evenings = [
        datetime(2026, 1, 1, 23, 30, tzinfo=ZoneInfo(zone)) + timedelta(days=number)
        for number in range(365)
    ]

    streak = streak_of((day_of(evening, zone) for evening in evenings), grace=0)

    assert streak.days == streak.longest == 365


def test_the_day_is_the_learners_own(toto: CurrentSchool) -> None:
    ana = a_learner(toto, time_zone="America/Los_Angeles")
    kenji = a_learner(toto, time_zone="Asia/Tokyo")
    # Three in the morning of Monday in London: still Sunday for her, noon for him.
    for learner in (ana, kenji):
        answer(toto, learner, at=MONDAY.replace(hour=3))
        solve(toto, learner, at=MONDAY.replace(hour=3))

    assert score_of(ana).last_day == date(2026, 3, 1)
    assert score_of(kenji).last_day == date(2026, 3, 2)
    assert WeekScore.objects.get(user=ana).monday == date(2026, 2, 23)
    assert WeekScore.objects.get(user=kenji).monday == date(2026, 3, 2)


def test_changing_the_time_zone_claims_the_dates_that_are_now_somewhere_and_no_others(
    toto: CurrentSchool,
) -> None:
    sam = a_learner(toto)
    # There are never more than three dates on earth; for one hour a day there are three.
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC", "Asia/Tokyo", "America/Lima"):
        sam.profile.time_zone = zone
        sam.profile.save(update_fields=["time_zone"])
        answer(toto, sam, at=MONDAY.replace(hour=10, minute=30))

    days = ActiveDay.objects.filter(user=sam).order_by("day").values_list("day", flat=True)
    assert list(days) == [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)]
    assert score_of(sam).longest_streak == 3


def test_an_offline_batch_claims_days_as_late_as_the_school_allows(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    for days in range(90):
        happen(toto, sam, "exercise_attempted", at=MONDAY - days * DAY, correct=False, points=0)
    old = happen(toto, sam, "exercise_completed", at=MONDAY - 60 * DAY)
    tell_plugins()

    assert score_of(sam).longest_streak == 8
    assert old
    week = WeekScore.objects.get(user=sam)
    assert (week.monday, week.points) == (date(2026, 3, 2), 10)


def test_a_school_may_take_no_day_late(toto: CurrentSchool) -> None:
    toto = set_up("badges", toto, late_days=0)
    sam = a_learner(toto)
    for days in range(5):
        answer(toto, sam, at=MONDAY - days * DAY)

    assert score_of(sam).longest_streak == 1


def test_what_happens_while_it_is_off_is_never_counted(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    solve(toto, sam, 10)
    off = switch_off("badges", toto)
    happen(off, sam, "exercise_completed", points=10)
    assert tell_plugins() == 0

    on = switch_on("badges", off)
    assert tell_plugins() == 0
    assert score_of(sam).points == 10
    solve(on, sam, 7)
    services.rebuild(school=on, at=MONDAY)
    assert score_of(sam).points == 17


def test_who_left_the_school_gets_nothing(toto: CurrentSchool) -> None:
    stranger = a_learner(a_school_with_badges("other"))
    solve(toto, stranger)

    assert not Score.objects.filter(user=stranger).exists()


def test_the_school_says_what_things_are_worth(toto: CurrentSchool) -> None:
    toto = set_up("badges", toto, exercises_own_points=False, points_for_exercise=3, levels=[3])
    sam = a_learner(toto)
    solve(toto, sam, 50)

    assert score_of(sam).points == 3
    assert [data["level"] for data in told_of("level_reached")] == [2]
