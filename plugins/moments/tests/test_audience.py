"""Who a moment is for, also once that has changed: in lists, answers, mentions and counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.testing.news import published
from lyceum.testing.people import a_learner, a_member, signed_in
from plugins.moments.models import Moment
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


def change(browser: Client, moment: Any, *, expect: int = 200, **fields: Any) -> Any:
    answer = browser.patch(f"{MOMENTS}/{moment['id']}", fields, content_type="application/json")
    assert answer.status_code == expect, answer.content
    return answer.json()


def share(browser: Client, moment: Any, *, expect: int = 201, **fields: Any) -> Any:
    address = f"{MOMENTS}/{moment['id']}/shares"
    answer = browser.post(address, fields, content_type="application/json")
    assert answer.status_code == expect, answer.content
    return answer.json()


def deeds(browser: Client) -> list[str]:
    return [deed["kind"] for deed in read(browser, "/activity")["items"]]


def mentions_told() -> int:
    return len(published("moments.person_mentioned"))


def test_what_becomes_private_is_gone_for_others_with_all_that_was_said_to_it(
    ana: Any, ben: Any, as_ana: Client, as_ben: Client
) -> None:
    made = post(as_ana, "Look", mentions=[str(ben.uuid)])
    said = comment(as_ben, made)
    answered = comment(as_ana, made, "Thanks", parent=said["id"])
    do(as_ben, "put", f"/{made['id']}/like")
    passed_on = share(as_ben, made)
    before = deeds(as_ben)

    change(as_ana, made, visibility="private")

    assert before == ["replied", "mentioned"]
    assert deeds(as_ben) == []
    for path in ("", "/comments"):
        read(as_ben, f"/{made['id']}{path}", expect=404)
    for each in (said, answered):
        read(as_ben, f"/comments/{each['id']}", expect=404)
        do(as_ben, "put", f"/comments/{each['id']}/like", expect=404)
    do(as_ben, "delete", f"/{made['id']}/like", expect=404)
    share(as_ben, made, expect=404)
    share(as_ben, passed_on, expect=404)
    assert read(as_ben, f"/{passed_on['id']}")["shared"] is None
    kept = read(as_ana, f"/{made['id']}")
    assert (kept["likes"], kept["comments"], kept["shares"]) == (1, 2, 1)
    change(as_ana, made, visibility="public")
    assert deeds(as_ben) == before


def test_a_mention_is_told_once_and_only_to_who_may_read_it(
    ana: Any, ben: Any, as_ana: Client, as_ben: Client
) -> None:
    made = post(as_ana, "Dear diary", visibility="private", mentions=[str(ben.uuid)])
    unseen = deeds(as_ben), mentions_told()
    change(as_ana, made, visibility="followers")
    unfollowed = deeds(as_ben), mentions_told()
    change(as_ana, made, visibility="public")
    seen = deeds(as_ben), mentions_told()
    change(as_ana, made, text="Dear all")

    assert unseen == unfollowed == ([], 0)
    assert seen == (deeds(as_ben), mentions_told()) == (["mentioned"], 1)


def test_of_what_is_for_followers_those_who_follow_are_told(
    ana: Any, ben: Any, as_ana: Client, as_ben: Client
) -> None:
    do(as_ben, "put", f"/people/{ana.uuid}/follow")
    post(as_ana, visibility="followers", mentions=[str(ben.uuid)])
    told = deeds(as_ben)
    do(as_ben, "delete", f"/people/{ana.uuid}/follow")

    assert (told, deeds(as_ben)) == (["mentioned"], [])


def test_a_share_for_fewer_tells_its_author_of_nothing_that_they_cannot_read(
    as_ana: Client, as_ben: Client
) -> None:
    made = post(as_ana)
    share(as_ben, made, visibility="private")

    assert deeds(as_ana) == []
    assert read(as_ana, f"/{made['id']}")["shares"] == 1


def test_whom_a_moment_or_a_comment_calls_can_be_changed(
    toto: Any, ana: Any, ben: Any, as_ana: Client, as_ben: Client
) -> None:
    eve = a_learner(toto, first_name="Eve")
    made = post(as_ana, "@Ben", mentions=[str(ben.uuid)])
    said = comment(as_ana, made, "@Ben", mentions=[str(ben.uuid)])

    changed = change(as_ana, made, text="@Eve", mentions=[str(eve.uuid)])
    address = f"{MOMENTS}/comments/{said['id']}"
    body = {"text": "@Eve", "mentions": [str(eve.uuid)]}
    told = as_ana.patch(address, body, content_type="application/json").json()
    kept = as_ana.patch(address, {"text": "Eve!"}, content_type="application/json").json()

    assert [person["id"] for person in changed["mentions"]] == [str(eve.uuid)]
    assert told["mentions"] == kept["mentions"] == changed["mentions"]
    assert deeds(as_ben) == []
    assert deeds(signed_in(eve, "toto")) == ["mentioned", "mentioned"]
    stranger = a_learner(a_school_with_moments("other"))
    change(as_ana, made, mentions=[str(stranger.uuid)], expect=422)


def test_what_is_gone_for_good_leaves_nothing_to_share(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana)
    passed_on = share(as_ben, made)
    do(as_ana, "delete", f"/{made['id']}")
    share(as_ana, made, expect=404)
    share(as_ana, passed_on, expect=404)
    Moment.objects.get(uuid=made["id"]).delete()

    share(as_ana, passed_on, expect=404)
    assert read(as_ana, f"/{passed_on['id']}")["shared"] is None


def test_a_page_goes_on_where_it_ended_when_that_is_gone(as_ana: Client) -> None:
    made = [post(as_ana, str(number)) for number in range(5)]

    first = read(as_ana, limit=2)
    do(as_ana, "delete", f"/{made[3]['id']}")
    do(as_ana, "delete", f"/{made[2]['id']}")
    post(as_ana, "new")

    assert texts(first) == ["4", "3"]
    assert texts(read(as_ana, limit=2, cursor=first["next"])) == ["1", "0"]


def test_counts_are_of_all_whoever_keeps_apart(
    ana: Any, toto: Any, as_ana: Client, as_ben: Client
) -> None:
    made = post(signed_in(a_learner(toto), "toto"))
    for browser in (as_ana, as_ben):
        do(browser, "put", f"/{made['id']}/like")
    comment(as_ana, made)
    as_ben.put(f"/api/v1/people/{ana.uuid}/block")

    seen = read(as_ben, f"/{made['id']}")

    assert (seen["likes"], seen["comments"]) == (2, 1)
    assert read(as_ben, f"/{made['id']}/comments")["items"] == []


def test_who_tells_a_moment_removes_comments_on_it_and_others_do_not(
    toto: Any, as_ana: Client, as_ben: Client, as_moderator: Client
) -> None:
    made = post(as_ana)
    said = comment(as_ben, made, "Rude")

    do(signed_in(a_learner(toto), "toto"), "delete", f"/comments/{said['id']}", expect=403)
    do(as_ana, "delete", f"/comments/{said['id']}")

    assert read(as_ana, f"/{made['id']}")["comments"] == 0
    [binned] = as_moderator.get("/api/v1/moderation/bin").json()["items"]
    assert (binned["author"], binned["excerpt"]) == ("Ben Ode", "Rude")


def test_who_becomes_a_child_is_seen_by_staff_alone_from_then_on(
    toto: Any, ana: Any, as_ana: Client, as_ben: Client
) -> None:
    made = post(as_ana)
    do(as_ben, "put", f"/people/{ana.uuid}/follow")
    manager = signed_in(a_member(toto, "manager"), "toto")
    [member] = manager.get("/api/v1/school/members", {"q": "Ana"}).json()["items"]
    marked = manager.patch(
        f"/api/v1/school/members/{member['id']}",
        {"is_child": True},
        content_type="application/json",
    )

    assert marked.status_code == 200, marked.content
    assert read(as_ben)["items"] == []
    read(as_ben, f"/{made['id']}", expect=404)
    read(as_ben, f"/people/{ana.uuid}", expect=404)
    assert texts(read(manager)) == ["Hello"]
    assert texts(read(as_ana)) == ["Hello"]
