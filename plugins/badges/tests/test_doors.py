"""The doors of badges: one's own, others', and the leaderboards."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.news import tell_the_house
from lyceum.testing.people import a_class, a_learner, a_member, signed_in
from lyceum.testing.plugins import set_up, switch_off, switch_on
from plugins.badges import leaderboards
from plugins.badges.rulebook import BEGINNING
from plugins.badges.tests.asking import V1, code_of, read, send
from plugins.badges.tests.learning import DAY, MONDAY, a_school_with_badges, answer, solve

pytestmark = pytest.mark.django_db

BOARD = f"{V1}/leaderboards"
WEEK = f"{BOARD}?week=2026-W10"


def ranks(client: Client, address: str = WEEK) -> list[tuple[int, str, int]]:
    items = read(client, address)["items"]
    return [(place["rank"], place["name"], place["points"]) for place in items]


def test_one_reads_points_level_streak_and_badges_of_ones_own(
    toto: CurrentSchool, clock: Any
) -> None:
    sam = a_learner(toto, time_zone="Asia/Tokyo")
    for number in range(3):
        answer(toto, sam, at=MONDAY + number * DAY)
    solve(toto, sam, 120, at=MONDAY + 2 * DAY)
    client = signed_in(sam, "toto")

    clock(MONDAY + 3 * DAY)
    own = read(client, f"{V1}/me")

    assert own.pop("badges")[0]["name"] == "First step"
    assert own == {
        "points": 120,
        "level": 2,
        "next_level": {"level": 3, "points": 250},
        "streak": {"days": 3, "longest": 3, "today": False},
        "badges_count": 1,
        "listed": True,
        "time_zone": "Asia/Tokyo",
    }
    clock(MONDAY + 4 * DAY)
    assert read(client, f"{V1}/me")["streak"] == {"days": 0, "longest": 3, "today": False}
    clock(MONDAY + 2 * DAY)
    assert read(client, f"{V1}/me")["streak"]["today"] is True


def test_at_the_highest_level_there_is_none_ahead(toto: CurrentSchool) -> None:
    toto = set_up("badges", toto, levels=[10])
    sam = a_learner(toto)
    solve(toto, sam)

    own = read(signed_in(sam, "toto"), f"{V1}/me")

    assert (own["level"], own["next_level"]) == (2, None)


def test_the_schools_badges_are_told_in_ones_language_with_those_one_has(
    toto: CurrentSchool,
) -> None:
    sam = a_learner(toto)
    solve(toto, sam)
    page = read(signed_in(sam, "toto"), f"{V1}?lang=es&limit=2")

    assert [(badge["name"], badge["earned"]) for badge in page["items"]] == [
        ("Primer paso", True),
        ("Cincuenta aciertos", False),
    ]
    rest = read(signed_in(sam, "toto"), f"{V1}?cursor={page['next']}")
    assert len(rest["items"]) == len(BEGINNING) - 2


def test_of_others_one_reads_level_and_badges_but_of_no_child_and_no_stranger(
    toto: CurrentSchool,
) -> None:
    sam, colleague = a_learner(toto, first_name="Sam"), a_learner(toto)
    child = a_member(toto, is_child=True)
    stranger = a_learner(a_school_with_badges("other"))
    for learner in (sam, child):
        solve(toto, learner)
    client = signed_in(colleague, "toto")

    face = read(client, f"{V1}/people/{sam.uuid}")

    assert (face["name"], face["level"], face["badges_count"]) == ("Sam", 1, 1)
    assert "points" not in face
    for hidden in (child, stranger):
        assert code_of(client.get(f"{V1}/people/{hidden.uuid}")) == (404, "not_found")
    assert code_of(signed_in(stranger, "toto").get(f"{V1}/me")) == (403, "not_a_member")
    teacher = signed_in(a_member(toto, "teacher"), "toto")
    assert read(teacher, f"{V1}/people/{child.uuid}")["badges_count"] == 1
    assert read(signed_in(child, "toto"), f"{V1}/me")["listed"] is False


def test_who_blocked_and_who_is_blocked_see_nothing_of_each_other(toto: CurrentSchool) -> None:
    sam, kim, lee = (a_learner(toto, first_name=name) for name in ("Sam", "Kim", "Lee"))
    for learner, points in ((sam, 30), (kim, 20), (lee, 10)):
        solve(toto, learner, points)
    sams, kims = signed_in(sam, "toto"), signed_in(kim, "toto")
    assert sams.put(f"/api/v1/people/{kim.uuid}/block").status_code == 204

    assert ranks(sams) == [(1, "Sam", 30), (2, "Lee", 10)]
    assert ranks(kims) == [(1, "Kim", 20), (2, "Lee", 10)]
    assert code_of(kims.get(f"{V1}/people/{sam.uuid}")) == (404, "not_found")
    assert code_of(sams.get(f"{V1}/people/{kim.uuid}")) == (404, "not_found")


def test_on_a_leaderboard_equal_points_share_a_rank_and_pages_go_on_counting(
    toto: CurrentSchool,
) -> None:
    people = [a_learner(toto, first_name=f"P{number}") for number in range(5)]
    for learner, points in zip(people, (50, 40, 40, 40, 10), strict=True):
        solve(toto, learner, points)
    solve(toto, people[4], 5, at=MONDAY - DAY)
    client = signed_in(people[2], "toto")

    whole = ranks(client)
    assert [(rank, points) for rank, _, points in whole] == [
        *((1, 50), (2, 40), (2, 40), (2, 40), (5, 10))
    ]
    paged, address = [], f"{WEEK}&limit=2"
    while True:
        page = read(client, address)
        paged += [(place["rank"], place["name"], place["points"]) for place in page["items"]]
        if page["next"] is None:
            break
        address = f"{WEEK}&limit=2&cursor={page['next']}"
    assert paged == whole
    assert [place["name"] for place in read(client, WEEK)["items"] if place["you"]] == ["P2"]
    for last in (f"{WEEK}&limit=2", address):
        own = read(client, last)["own"]
        assert (own["rank"], own["name"], own["points"], own["you"]) == (2, "P2", 40, True)
    for cursor in ("1.2", "x.1.1.abc", "1.1.1.abc", "0" * 12):
        assert code_of(client.get(f"{WEEK}&cursor={cursor}")) == (422, "cursor_invalid")
    assert read(client, BOARD)["week"] == "2026-W10"
    assert ranks(client, f"{BOARD}?week=2026-W09") == [(1, "P4", 5)]
    assert ranks(client, f"{BOARD}?week=all&count=true")[-1] == (5, "P4", 15)


def test_children_and_who_left_are_on_no_leaderboard(toto: CurrentSchool) -> None:
    sam, kim = a_learner(toto, first_name="Sam"), a_learner(toto, first_name="Kim")
    child = a_member(toto, is_child=True)
    for learner in (sam, kim, child):
        solve(toto, learner)
    client = signed_in(sam, "toto")
    assert client.delete(f"{BOARD}/membership").status_code == 204

    for week in ("2026-W10", "all"):
        assert ranks(client, f"{BOARD}?week={week}") == [(1, "Kim", 10)]
        assert ranks(signed_in(child, "toto"), f"{BOARD}?week={week}") == [(1, "Kim", 10)]
    assert read(client, f"{V1}/me")["listed"] is False
    assert read(client, WEEK)["own"] is None
    assert client.put(f"{BOARD}/membership").status_code == 204
    assert len(ranks(client)) == 2
    manager = signed_in(a_member(toto, "manager"), "toto")
    [kims] = read(manager, "/api/v1/school/members?q=Kim")["items"]
    marked = send(manager, "patch", f"/api/v1/school/members/{kims['id']}", {"is_child": True})
    assert marked.status_code == 200
    for week in ("2026-W10", "all"):
        assert ranks(client, f"{BOARD}?week={week}") == [(1, "Sam", 10)]
        for learner in (kim, child):
            assert read(signed_in(learner, "toto"), f"{BOARD}?week={week}")["own"] is None
    send(manager, "patch", f"/api/v1/school/members/{kims['id']}", {"is_child": False})
    signed_in(child, "toto").put(f"{BOARD}/membership")
    assert len(ranks(client)) == 2


def test_who_tells_that_they_are_a_child_is_on_no_leaderboard_from_then_on(
    toto: CurrentSchool,
) -> None:
    sam, kim = a_learner(toto, first_name="Sam"), a_learner(toto, first_name="Kim")
    for learner in (sam, kim):
        solve(toto, learner)
    sams, kims = signed_in(sam, "toto"), signed_in(kim, "toto")
    assert len(ranks(sams)) == 2

    assert send(kims, "patch", "/api/v1/me", {"date_of_birth": "2015-05-05"}).status_code == 200

    for week in ("2026-W10", "all"):
        assert ranks(sams, f"{BOARD}?week={week}") == [(1, "Sam", 10)]
        assert read(kims, f"{BOARD}?week={week}")["own"] is None


def test_a_class_has_a_leaderboard_for_those_in_it_its_teachers_and_managers(
    toto: CurrentSchool,
) -> None:
    sam, kim = a_learner(toto, first_name="Sam"), a_learner(toto, first_name="Kim")
    teacher, other = a_member(toto, "teacher"), a_member(toto, "teacher")
    for learner in (sam, kim):
        solve(toto, learner)
    cohort = a_class(toto, sam, teacher=teacher)
    address = f"{WEEK}&cohort={cohort.uuid}"

    for reader in (sam, teacher, a_member(toto, "manager")):
        assert ranks(signed_in(reader, "toto"), address) == [(1, "Sam", 10)]
    for reader in (kim, other):
        assert code_of(signed_in(reader, "toto").get(address)) == (404, "not_found")
    elsewhere = a_class(a_school_with_badges("other"))
    manager = signed_in(a_member(toto, "manager"), "toto")
    assert code_of(manager.get(f"{WEEK}&cohort={elsewhere.uuid}")) == (404, "not_found")


@pytest.mark.parametrize("week", ["2026-W54", "2026-10", "0000-W01", "W10", "now"])
def test_a_week_that_is_none_is_refused(toto: CurrentSchool, week: str) -> None:
    client = signed_in(a_learner(toto), "toto")

    assert code_of(client.get(f"{BOARD}?week={week}")) == (422, "week_unknown")


def test_a_school_may_have_no_leaderboards(toto: CurrentSchool) -> None:
    set_up("badges", toto, leaderboards=False)

    response = signed_in(a_learner(toto), "toto").get(BOARD)
    assert code_of(response) == (404, "leaderboards_off")


def test_one_schools_points_never_reach_another(toto: CurrentSchool) -> None:
    other = a_school_with_badges("other")
    both = a_learner(toto)
    a_member(other)
    solve(toto, both)

    assert ranks(signed_in(a_member(other), "other")) == []
    assert signed_in(both, "other").get(f"{V1}/me").status_code == 403


def test_ones_own_rank_is_told_as_far_as_it_is_counted(
    toto: CurrentSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaderboards, "FAR", 2)
    people = [a_learner(toto, first_name=f"P{number}") for number in range(4)]
    for number, learner in enumerate(people):
        solve(toto, learner, 100 - number)

    own = [read(signed_in(learner, "toto"), WEEK)["own"] for learner in people]

    assert [place["rank"] for place in own] == [1, 2, 3, None]
    assert own[3]["points"] == 97
    assert read(signed_in(a_learner(toto), "toto"), WEEK)["own"] is None


@pytest.mark.parametrize("people", [2, 25])
def test_a_page_costs_the_same_however_long_it_is(
    toto: CurrentSchool, people: int, django_assert_max_num_queries: Any
) -> None:
    learners = [a_learner(toto) for _ in range(people)]
    for learner in learners:
        solve(toto, learner)
    client = signed_in(learners[0], "toto")

    for address, queries in ((WEEK, 9), (f"{V1}/me", 8), (V1, 7)):
        read(client, address)
        with django_assert_max_num_queries(queries):
            read(client, address)


def test_what_one_came_to_is_in_ones_activity_while_it_is_on(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    client = signed_in(sam, "toto")
    for number in range(3):
        answer(toto, sam, at=MONDAY + number * DAY)
    solve(toto, sam, 120, at=MONDAY + 2 * DAY)
    tell_the_house()

    told = [entry["kind"] for entry in read(client, "/api/v1/me/activity")["items"]]
    assert {"achievement_unlocked", "level_up", "streak_milestone"} < set(told)
    switch_off("badges", toto)
    told = [entry["kind"] for entry in read(client, "/api/v1/me/activity")["items"]]
    assert told == ["exercise_completed"]
    off = client.get("/api/v1/me/activity?kinds=level_up")
    unknown = client.get("/api/v1/me/activity?kinds=nothing")
    assert off.json() == unknown.json()
    assert code_of(off) == (422, "invalid")


def test_off_it_is_as_if_it_had_never_been_and_on_again_as_before(toto: CurrentSchool) -> None:
    sam = a_learner(toto)
    solve(toto, sam)
    client = signed_in(sam, "toto")
    off = switch_off("badges", toto)

    for address in (V1, f"{V1}/me", BOARD, f"{V1}/nothing"):
        gone = client.get(address)
        unknown = client.get(address.replace("badges", "nothing"))
        assert code_of(gone) == code_of(unknown) == (404, "not_found")
    switch_on("badges", off)
    assert read(client, f"{V1}/me")["points"] == 10
