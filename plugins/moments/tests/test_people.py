"""Following, mentions, distance and children."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.testing.people import a_learner, a_member, signed_in
from lyceum.testing.plugins import set_up
from plugins.moments.tests.telling import (
    MOMENTS,
    a_school_with_moments,
    comment,
    do,
    post,
    read,
    texts,
)

pytestmark = pytest.mark.django_db


def test_one_follows_a_person_once_and_no_more(
    ana: Any, ben: Any, as_ana: Client, as_ben: Client
) -> None:
    address = f"/people/{ana.uuid}/follow"
    do(as_ben, "put", address)
    do(as_ben, "put", address)

    followed = read(as_ben, f"/people/{ana.uuid}")
    followers = read(as_ana, f"/people/{ana.uuid}/followers")
    following = read(as_ana, f"/people/{ben.uuid}/following")
    do(as_ben, "delete", address)
    do(as_ben, "delete", address)

    assert (followed["followers"], followed["is_following"]) == (1, True)
    assert [person["name"] for person in followers["items"]] == ["Ben Ode"]
    assert [person["name"] for person in following["items"]] == ["Ana Diaz"]
    assert read(as_ben, f"/people/{ana.uuid}")["followers"] == 0


def test_nobody_follows_themselves_or_a_stranger(ana: Any, as_ana: Client) -> None:
    stranger = a_learner(a_school_with_moments("other"))

    answer = as_ana.put(f"{MOMENTS}/people/{ana.uuid}/follow")

    assert (answer.status_code, answer.json()["code"]) == (422, "following_oneself")
    do(as_ana, "put", f"/people/{stranger.uuid}/follow", expect=404)
    read(as_ana, f"/people/{stranger.uuid}", expect=404)


def test_a_mention_is_told_to_whom_it_calls(ben: Any, as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana, "Hello @Ben", mentions=[str(ben.uuid)])
    comment(as_ben, made, "Hi!")
    do(as_ben, "put", f"/{made['id']}/like")

    assert made["mentions"] == [{"id": str(ben.uuid), "name": "Ben Ode"}]
    assert [deed["kind"] for deed in read(as_ben, "/activity")["items"]] == ["mentioned"]
    deeds = read(as_ana, "/activity")["items"]
    assert [deed["kind"] for deed in deeds] == ["liked", "commented"]
    assert deeds[0]["actor"]["name"] == "Ben Ode"


def test_two_who_keep_apart_meet_nowhere_here(
    ana: Any, ben: Any, as_ana: Client, as_ben: Client
) -> None:
    made, mine = post(as_ana, "Ana's"), post(as_ben, "Ben's")
    comment(as_ana, mine, "Nice")
    as_ben.put(f"/api/v1/people/{ana.uuid}/block")

    assert texts(read(as_ben)) == ["Ben's"]
    assert texts(read(as_ana)) == ["Ana's"]
    assert read(as_ben, f"/{mine['id']}/comments")["items"] == []
    read(as_ana, f"/{mine['id']}", expect=404)
    do(as_ana, "put", f"/{mine['id']}/like", expect=404)
    do(as_ana, "put", f"/people/{ben.uuid}/follow", expect=404)
    comment(as_ben, made, expect=404)
    post(as_ana, mentions=[str(ben.uuid)], expect=422)
    assert read(as_ben, "/activity")["items"] == []


def test_who_is_muted_leaves_the_feed_and_stays_readable(
    ana: Any, as_ana: Client, as_ben: Client
) -> None:
    made = post(as_ana)
    as_ben.put(f"/api/v1/people/{ana.uuid}/mute")

    assert read(as_ben)["items"] == []
    assert read(as_ben, f"/{made['id']}")["id"] == made["id"]


def test_children_are_read_by_staff_and_followed_by_nobody_else(
    toto: Any, ana: Any, as_ana: Client
) -> None:
    child = a_member(toto, "student", is_child=True)
    as_child, as_teacher = (
        signed_in(child, "toto"),
        signed_in(a_member(toto, "teacher"), "toto"),
    )
    made = post(as_ana)

    assert post(as_child, expect=403)["code"] == "posting_not_allowed"
    set_up("moments", toto, children_may_post=True)
    post(as_child, "A child's")

    assert texts(read(as_ana)) == ["Hello"]
    assert texts(read(as_teacher)) == ["A child's", "Hello"]
    do(as_ana, "put", f"/people/{child.uuid}/follow", expect=404)
    do(as_child, "put", f"/people/{ana.uuid}/follow", expect=403)
    assert comment(as_child, made, expect=403)["code"] == "contact_refused"
    post(as_ana, mentions=[str(child.uuid)], expect=422)
    post(as_child, mentions=[str(ana.uuid)], expect=403)


def test_a_school_may_leave_posting_to_its_staff(toto: Any, as_ana: Client) -> None:
    set_up("moments", toto, who_may_post="staff")

    assert post(as_ana, expect=403)["code"] == "posting_not_allowed"
    post(signed_in(a_member(toto, "teacher"), "toto"))


def test_featuring_is_for_moderators(as_ana: Client, as_moderator: Client) -> None:
    made = post(as_ana)

    do(as_ana, "put", f"/{made['id']}/featured", expect=403)
    do(as_moderator, "put", f"/{made['id']}/featured")
    assert read(as_ana, f"/{made['id']}")["featured"] is True
    do(as_moderator, "delete", f"/{made['id']}/featured")
    assert read(as_ana, f"/{made['id']}")["featured"] is False


def test_one_reads_what_one_may_do_before_one_tries(
    toto: Any, as_ana: Client, as_moderator: Client
) -> None:
    child = signed_in(a_learner(toto, is_child=True), "toto")
    free = {"post": "", "comment": "", "media": "all", "may_feature": False}
    refused = {"post": "posting_not_allowed", "comment": "posting_not_allowed"}

    assert read(as_ana, "/me") == free
    assert read(as_moderator, "/me") == {**free, "may_feature": True}
    assert read(child, "/me") == {**free, **refused}
    assert post(child, expect=403)["code"] == refused["post"]

    set_up("moments", toto, who_may_post="staff", media="images")

    assert read(as_ana, "/me") == {**free, "post": "posting_not_allowed", "media": "images"}
