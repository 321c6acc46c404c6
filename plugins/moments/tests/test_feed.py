"""Posting moments, and reading what others tell."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lyceum.testing.people import a_learner, a_person, signed_in
from lyceum.testing.plugins import switch_off
from plugins.moments.tests.telling import MOMENTS, a_school_with_moments, do, post, read, texts

pytestmark = pytest.mark.django_db


def test_a_moment_is_read_by_the_school_and_by_nobody_else(as_ana: Client, as_ben: Client) -> None:
    a_school_with_moments("other")
    made = post(as_ana, "I read a whole page!", tags=["#Reading", "reading"])

    seen = read(as_ben)["items"]
    stranger = signed_in(a_person(), "toto")

    assert [item["id"] for item in seen] == [made["id"]]
    assert seen[0]["author"]["name"] == "Ana Diaz"
    assert seen[0]["tags"] == ["reading"]
    assert (seen[0]["is_liked"], seen[0]["is_following_author"]) == (False, False)
    assert stranger.get(MOMENTS).status_code == 403
    assert Client(headers={"host": "toto.test"}).get(MOMENTS).status_code == 401


def test_a_moment_of_another_school_is_not_there(as_ana: Client) -> None:
    made = post(as_ana)
    other = a_school_with_moments("other")
    as_stranger = signed_in(a_learner(other), "other")

    assert read(as_stranger)["items"] == []
    read(as_stranger, f"/{made['id']}", expect=404)
    do(as_stranger, "put", f"/{made['id']}/like", expect=404)
    do(as_stranger, "delete", f"/{made['id']}", expect=404)


def test_off_it_is_as_if_it_never_was(toto: Any, as_ana: Client) -> None:
    made = post(as_ana)
    switch_off("moments", toto)

    answers = [
        as_ana.get(f"/api/v1/{slug}/{made['id']}").content for slug in ("moments", "nothing")
    ]

    assert answers[0] == answers[1]


def test_who_sees_a_moment_is_for_its_author_to_say(
    ana: Any, as_ana: Client, as_ben: Client, as_moderator: Client
) -> None:
    for visibility in ("public", "followers", "private"):
        post(as_ana, visibility, visibility=visibility)

    before = texts(read(as_ben))
    do(as_ben, "put", f"/people/{ana.uuid}/follow")

    assert before == ["public"]
    assert texts(read(as_ben)) == ["followers", "public"]
    assert texts(read(as_ana)) == ["private", "followers", "public"]
    assert texts(read(as_moderator)) == ["public"]
    assert texts(read(as_moderator, f"/people/{ana.uuid}/moments")) == ["followers", "public"]


def test_the_feed_is_cut_into_pages_that_new_moments_do_not_move(as_ana: Client) -> None:
    for number in range(5):
        post(as_ana, str(number))

    first = read(as_ana, limit=2)
    post(as_ana, "new")
    second = read(as_ana, limit=2, cursor=first["next"])
    third = read(as_ana, limit=2, cursor=second["next"])

    assert [texts(page) for page in (first, second, third)] == [["4", "3"], ["2", "1"], ["0"]]
    assert third["next"] is None


def test_the_feed_is_narrowed_by_tag_kind_feature_and_following(
    ana: Any, as_ana: Client, as_ben: Client, as_moderator: Client
) -> None:
    tagged = post(as_ana, "tagged", tags=["Reading"])
    post(as_ana, "milestone", kind="milestone")
    post(as_ben, "own")
    do(as_moderator, "put", f"/{tagged['id']}/featured")
    do(as_ben, "put", f"/people/{ana.uuid}/follow")

    assert texts(read(as_ben, tag="READING")) == ["tagged"]
    assert texts(read(as_ben, tag="#Reading")) == ["tagged"]
    assert texts(read(as_ben, tag="#")) == []
    assert texts(read(as_ben, kind="milestone")) == ["milestone"]
    assert texts(read(as_ben, featured="true")) == ["tagged"]
    assert texts(read(as_ben, of="following")) == ["milestone", "tagged"]
    read(as_ben, of="everything", expect=422)
    read(as_ben, cursor="nonsense", expect=422)


def test_a_page_costs_as_many_queries_whatever_is_on_it(
    toto: Any, ana: Any, as_ana: Client, as_ben: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(as_ben)
        return len(captured)

    made = post(as_ana, mentions=[str(ana.uuid)])
    as_ana.post(f"{MOMENTS}/{made['id']}/shares", {}, content_type="application/json")
    read(as_ben)
    few = queries()
    for number in range(12):
        author = signed_in(a_learner(toto), "toto")
        other = post(author, str(number), mentions=[str(ana.uuid)], tags=["a", "b"])
        author.post(f"{MOMENTS}/{other['id']}/shares", {}, content_type="application/json")

    assert queries() == few
    assert few <= 12


def test_only_its_author_changes_and_deletes_it(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana, "first", tags=["one"])
    address = f"{MOMENTS}/{made['id']}"

    def change(browser: Client, **fields: Any) -> Any:
        return browser.patch(address, fields, content_type="application/json")

    assert change(as_ben, text="mine").json()["code"] == "not_yours"
    do(as_ben, "delete", f"/{made['id']}", expect=403)
    changed = change(as_ana, text="second").json()
    assert (changed["text"], changed["tags"]) == ("second", ["one"])
    assert changed["edited_at"] is not None
    assert change(as_ana, text="").json()["code"] == "nothing_told"
    do(as_ana, "delete", f"/{made['id']}")
    read(as_ana, f"/{made['id']}", expect=404)
    do(as_ana, "delete", f"/{made['id']}", expect=404)


def test_a_tag_that_grows_in_lower_case_is_kept_as_far_as_it_fits(as_ana: Client) -> None:
    made = post(as_ana, tags=["İ" * 40])

    assert [len(tag) for tag in made["tags"]] == [40]
    assert len(read(as_ana, tag="İ" * 40)["items"]) == 1


def test_sent_twice_with_a_client_id_it_is_made_once(as_ana: Client) -> None:
    client_id = str(uuid4())

    answers = [
        as_ana.post(MOMENTS, {"text": "x", "client_id": client_id}, content_type="application/json")
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotent-Replayed"] == "true"
    assert len(read(as_ana)["items"]) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": ""}, "nothing_told"),
        ({"text": "x" * 2001}, "invalid"),
        ({"text": "a\u0000b"}, "invalid"),
        ({"text": "x", "kind": "achievement"}, "invalid"),
        ({"text": "x", "kind": "video"}, "invalid"),
        ({"text": "x", "media": [str(uuid4())]}, "invalid"),
        ({"text": "x", "mentions": [str(uuid4())]}, "invalid"),
        ({"text": "x", "mentions": [str(uuid4()) for _ in range(10_000)]}, "invalid"),
        ({"text": "x", "tags": ["a"] * 11}, "invalid"),
        ({"text": "x", "likes": 5}, "invalid"),
    ],
)
def test_what_cannot_be_posted_is_refused_whole(
    as_ana: Client, fields: dict[str, Any], code: str
) -> None:
    answer = as_ana.post(MOMENTS, fields, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert read(as_ana)["items"] == []


def test_who_is_not_verified_reads_and_does_not_post(toto: Any, as_ana: Client) -> None:
    made = post(as_ana)
    unproved = a_learner(toto, email="new@example.test", verified=False)
    browser = signed_in(unproved, "toto")

    assert len(read(browser)["items"]) == 1
    assert post(browser, expect=403)["code"] == "email_not_verified"
    do(browser, "put", f"/{made['id']}/like", expect=403)
