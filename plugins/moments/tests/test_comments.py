"""Comments, replies and shares, with their counts."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lyceum.testing.people import a_learner, signed_in
from plugins.moments.tests.telling import MOMENTS, comment, do, post, read, texts

pytestmark = pytest.mark.django_db


def counts(browser: Client, moment: Any) -> int:
    return int(read(browser, f"/{moment['id']}")["comments"])


def test_a_comment_is_read_below_its_moment_and_counted(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana)
    said = comment(as_ben, made, "Well done")
    comment(as_ana, made, "Thanks", parent=said["id"])

    listed = read(as_ana, f"/{made['id']}/comments")
    replies = read(as_ben, f"/comments/{said['id']}/replies")

    assert texts(listed) == ["Well done"]
    assert listed["items"][0]["replies"] == 1
    assert texts(replies) == ["Thanks"]
    assert counts(as_ana, made) == 2


def test_a_comment_goes_with_its_replies_from_list_and_count(
    as_ana: Client, as_ben: Client
) -> None:
    made = post(as_ana)
    said = comment(as_ben, made)
    reply = comment(as_ana, made, "Thanks", parent=said["id"])

    do(as_ben, "delete", f"/comments/{reply['id']}", expect=403)
    do(as_ben, "delete", f"/comments/{said['id']}")

    assert counts(as_ana, made) == 0
    assert read(as_ana, f"/{made['id']}/comments")["items"] == []
    read(as_ana, f"/comments/{reply['id']}", expect=404)


def test_its_author_changes_a_comment_and_others_like_it(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana)
    said = comment(as_ben, made)
    address = f"{MOMENTS}/comments/{said['id']}"

    def change(browser: Client) -> Any:
        return browser.patch(address, {"text": "Better"}, content_type="application/json")

    assert change(as_ana).status_code == 403
    assert change(as_ben).json()["text"] == "Better"
    do(as_ana, "put", f"/comments/{said['id']}/like")
    do(as_ana, "put", f"/comments/{said['id']}/like")
    liked = read(as_ana, f"/comments/{said['id']}")
    do(as_ana, "delete", f"/comments/{said['id']}/like")

    assert (liked["likes"], liked["is_liked"]) == (1, True)
    assert read(as_ana, f"/comments/{said['id']}")["likes"] == 0


def test_replies_go_one_level_deep_and_stay_below_their_moment(as_ana: Client) -> None:
    made, other = post(as_ana), post(as_ana)
    said = comment(as_ana, made)
    reply = comment(as_ana, made, parent=said["id"])

    comment(as_ana, made, parent=reply["id"], expect=422)
    comment(as_ana, other, parent=said["id"], expect=422)
    comment(as_ana, made, parent=str(uuid4()), expect=404)
    comment(as_ana, made, "x" * 501, expect=422)
    assert counts(as_ana, made) == 2


def test_a_comment_sent_twice_with_a_client_id_is_made_once(as_ana: Client) -> None:
    made, client_id = post(as_ana), str(uuid4())

    first = comment(as_ana, made, client_id=client_id)
    second = comment(as_ana, made, client_id=client_id)

    assert first == second
    assert counts(as_ana, made) == 1


def test_comments_cost_as_many_queries_whatever_is_said(toto: Any, as_ana: Client) -> None:
    made = post(as_ana)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(as_ana, f"/{made['id']}/comments")
        return len(captured)

    comment(as_ana, made)
    queries()
    few = queries()
    for _ in range(5):
        comment(signed_in(a_learner(toto), "toto"), made)

    assert queries() == few


def test_a_share_is_a_moment_with_anothers_in_it(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana, "Original")
    address = f"{MOMENTS}/{made['id']}/shares"

    share = as_ben.post(address, {"text": "Look"}, content_type="application/json").json()
    again = as_ana.post(
        f"{MOMENTS}/{share['id']}/shares", {}, content_type="application/json"
    ).json()

    assert (share["is_share"], share["shared"]["text"]) == (True, "Original")
    assert again["shared"]["id"] == made["id"]
    assert read(as_ben, f"/{made['id']}")["shares"] == 2
    do(as_ben, "delete", f"/{share['id']}")
    assert read(as_ben, f"/{made['id']}")["shares"] == 1
    do(as_ana, "delete", f"/{made['id']}")
    assert read(as_ben, f"/{again['id']}")["shared"] is None


def test_what_is_for_fewer_is_not_passed_on(ana: Any, as_ana: Client, as_ben: Client) -> None:
    do(as_ben, "put", f"/people/{ana.uuid}/follow")
    made = post(as_ana, visibility="followers")

    answer = as_ben.post(f"{MOMENTS}/{made['id']}/shares", {}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_for_sharing")
