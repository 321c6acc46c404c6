"""Moments that make themselves of news."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from lyceum.plugin.clock import now
from lyceum.plugin.events import Fact, publish
from lyceum.plugin.hooks import News
from lyceum.plugin.identity import new_uuid
from lyceum.testing.news import tell_plugins
from lyceum.testing.people import a_member
from lyceum.testing.plugins import set_up, switch_off
from plugins.moments.hooks import celebrate_achievement
from plugins.moments.tests.telling import MOMENTS, comment, do, post, read

pytestmark = pytest.mark.django_db(transaction=True)

LESSON = UUID("0192f0c1-2f00-7000-8000-000000000001")


def completed(school: Any, person: Any, lesson: UUID = LESSON) -> None:
    with transaction.atomic():
        publish(
            Fact(
                "lesson_completed",
                at=now(),
                school=school.uuid,
                actor=person.uuid,
                subject=lesson,
                data={"score": 0.9},
            )
        )
    tell_plugins()


def test_a_completed_lesson_makes_one_moment(toto: Any, ana: Any, as_ben: Client) -> None:
    completed(toto, ana)
    completed(toto, ana)

    [made] = read(as_ben)["items"]

    assert (made["kind"], made["subject"]) == ("lesson_completed", {"lesson": str(LESSON)})
    assert made["author"]["name"] == "Ana Diaz"


def test_none_is_made_where_person_or_school_does_not_wish_it(
    toto: Any, ana: Any, as_ana: Client, as_moderator: Client
) -> None:
    chosen = as_ana.put(
        f"{MOMENTS}/preferences", {"automatic": False}, content_type="application/json"
    )
    completed(toto, ana)
    completed(toto, a_member(toto, "student", is_child=True))
    school = set_up("moments", toto, automatic=False)
    completed(school, a_member(toto, "student"))

    assert chosen.json() == read(as_ana, "/preferences") == {"automatic": False}
    assert read(as_moderator)["items"] == []


def test_none_is_made_of_who_may_not_post(toto: Any, as_moderator: Client) -> None:
    unproved = a_member(toto, "student", email="new@example.test", verified=False)
    suspended = a_member(toto, "student")
    suspend(suspended, by=as_moderator)

    for person in (unproved, suspended):
        completed(toto, person)

    assert read(as_moderator)["items"] == []


def suspend(person: Any, *, by: Client) -> None:
    told = {"type": "person", "id": str(person.uuid), "kind": "spam", "text": ""}
    made = by.post("/api/v1/reports", told, content_type="application/json")
    assert made.status_code == 201, made.content
    [case] = by.get("/api/v1/moderation").json()["items"]
    until = (now() + timedelta(days=2)).isoformat()
    answer = by.patch(
        f"/api/v1/moderation/{case['id']}",
        {"action": "suspend", "until": until},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content


def test_a_child_has_them_where_the_school_says_so(toto: Any, as_moderator: Client) -> None:
    school = set_up("moments", toto, automatic_for_children=True)
    completed(school, a_member(toto, "student", is_child=True))

    assert len(read(as_moderator)["items"]) == 1


def test_an_achievement_makes_a_moment(toto: Any, ana: Any, as_ben: Client) -> None:

    news = News(
        uuid=new_uuid(),
        type="badges.achievement_earned",
        school=toto.uuid,
        actor=ana.uuid,
        subject=None,
        data={"achievement": "first-steps", "name": "First steps"},
        at=now(),
    )
    celebrate_achievement(toto, news)
    celebrate_achievement(toto, news)

    [made] = read(as_ben)["items"]
    assert made["kind"] == "achievement"
    assert made["subject"] == {"achievement": "first-steps", "name": "First steps"}


def test_what_one_does_is_in_the_activity_log_where_moments_are_in_force(
    toto: Any, as_ana: Client
) -> None:
    made = post(as_ana)
    do(as_ana, "put", f"/{made['id']}/like")
    comment(as_ana, made)
    address = "/api/v1/me/activity"

    kinds = {"kinds": "moment_created,like_given,comment_made"}
    log = as_ana.get(address, kinds).json()["items"]
    switch_off("moments", toto)

    assert [entry["kind"] for entry in log] == ["comment_made", "like_given", "moment_created"]
    assert as_ana.get(address, {"kinds": "moment_created"}).status_code == 422
    assert as_ana.get(address).json()["items"] == []
