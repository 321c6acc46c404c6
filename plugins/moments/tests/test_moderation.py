"""Reports, filters and the bin: what moderators do to moments and comments."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.plugin.community import Party
from lyceum.testing.people import a_member, signed_in
from plugins.moments.models import Moment
from plugins.moments.services.moderating import look_at_moment, reportables
from plugins.moments.tests.telling import MOMENTS, comment, do, post, read, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_manager(toto: Any) -> Client:
    return signed_in(a_member(toto, "manager"), "toto")


def cases(browser: Client, **filters: str) -> Any:
    return browser.get("/api/v1/moderation", filters).json()["items"]


def act(browser: Client, case: Any, action: str) -> None:
    address = f"/api/v1/moderation/{case['id']}"
    answer = browser.patch(address, {"action": action}, content_type="application/json")
    assert answer.status_code == 200, answer.content


def filter_words(browser: Client, **policy: Any) -> None:
    address = "/api/v1/moderation/settings"
    answer = browser.patch(address, policy, content_type="application/json")
    assert answer.status_code == 200, answer.content


def test_a_reported_moment_is_hidden_and_shown_again(
    as_ana: Client, as_ben: Client, as_moderator: Client
) -> None:
    made = post(as_ana, "Nasty")
    told = {"type": "moments.moment", "id": made["id"], "kind": "harassment", "text": ""}
    answer = as_ben.post("/api/v1/reports", told, content_type="application/json")
    [case] = cases(as_moderator)

    act(as_moderator, case, "hide")
    hidden = texts(read(as_ben))
    read(as_ana, f"/{made['id']}", expect=404)
    act(as_moderator, case, "restore")

    assert answer.status_code == 201, answer.content
    assert (case["excerpt"], case["label"]) == ("Nasty", "Moment")
    assert (hidden, texts(read(as_ben))) == ([], ["Nasty"])


def test_nobody_reports_what_they_cannot_see(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana, visibility="private")
    told = {"type": "moments.moment", "id": made["id"], "kind": "spam", "text": ""}

    assert as_ben.post("/api/v1/reports", told, content_type="application/json").status_code == 404


def test_who_blocked_the_reporter_first_is_reported_all_the_same(
    toto: Any, ana: Any, ben: Any, as_ana: Client
) -> None:
    made = post(as_ana)
    as_ana.put(f"/api/v1/people/{ben.uuid}/block")
    reader = Party(ben.pk, ben.uuid, frozenset({"student"}), is_child=False)

    seen = look_at_moment(toto, made["id"], reader)

    assert seen is not None
    assert seen.author == ana.uuid


def test_a_held_moment_is_told_to_others_once_a_moderator_lets_it_through(
    ben: Any, as_ana: Client, as_ben: Client, as_moderator: Client, as_manager: Client
) -> None:
    filter_words(as_manager, words=["casino"], on_words="hold")
    made = post(as_ana, "My casino", mentions=[str(ben.uuid)])
    held = texts(read(as_ben)), read(as_ben, "/activity")["items"]
    own = read(as_ana, f"/{made['id']}")

    act(as_moderator, cases(as_moderator)[0], "restore")

    assert (made["state"], own["state"], held) == ("held", "held", ([], []))
    assert texts(read(as_ben)) == ["My casino"]
    assert [deed["kind"] for deed in read(as_ben, "/activity")["items"]] == ["mentioned"]


def test_a_refused_word_is_refused_in_texts_tags_and_comments(
    as_ana: Client, as_manager: Client
) -> None:
    made = post(as_ana)
    filter_words(as_manager, words=["casino"], on_words="refuse")

    assert post(as_ana, "A casino", expect=422)["code"] == "text_refused"
    assert post(as_ana, tags=["casino"], expect=422)["code"] == "text_refused"
    assert comment(as_ana, made, "casino", expect=422)["code"] == "text_refused"


def test_a_held_comment_counts_once_it_is_let_through(
    as_ana: Client, as_ben: Client, as_moderator: Client, as_manager: Client
) -> None:
    made = post(as_ana)
    filter_words(as_manager, words=["casino"], on_words="hold")
    comment(as_ben, made, "casino")
    before = read(as_ana, f"/{made['id']}")["comments"]

    act(as_moderator, cases(as_moderator)[0], "restore")

    assert (before, read(as_ana, f"/{made['id']}")["comments"]) == (0, 1)
    assert [deed["kind"] for deed in read(as_ana, "/activity")["items"]] == ["commented"]


def test_what_was_deleted_comes_back_out_of_the_bin_with_its_counts(
    as_ana: Client, as_ben: Client, as_moderator: Client
) -> None:
    made = post(as_ana)
    said = comment(as_ben, made)
    do(as_ben, "delete", f"/comments/{said['id']}")
    [binned] = as_moderator.get("/api/v1/moderation/bin").json()["items"]
    gone = read(as_ana, f"/{made['id']}")["comments"]

    as_moderator.put(f"/api/v1/moderation/bin/{binned['id']}/restored")

    assert (gone, read(as_ana, f"/{made['id']}")["comments"]) == (0, 1)


def test_what_a_moderator_bins_is_gone_for_all_and_can_come_back(
    as_ana: Client, as_ben: Client, as_moderator: Client
) -> None:
    made = post(as_ana, "Nasty")
    share = as_ben.post(f"{MOMENTS}/{made['id']}/shares", {}, content_type="application/json")
    told = {"type": "moments.moment", "id": made["id"], "kind": "spam", "text": ""}
    as_ben.post("/api/v1/reports", told, content_type="application/json")

    act(as_moderator, cases(as_moderator)[0], "bin")
    for browser in (as_ana, as_ben):
        read(browser, f"/{made['id']}", expect=404)
    gone = read(as_ben, f"/{share.json()['id']}")["shared"]
    [binned] = as_moderator.get("/api/v1/moderation/bin").json()["items"]
    as_moderator.put(f"/api/v1/moderation/bin/{binned['id']}/restored")

    back = read(as_ana, f"/{made['id']}")
    assert (gone, back["text"], back["shares"]) == (None, "Nasty", 1)


def test_nobody_reports_a_reply_below_what_is_hidden(as_ana: Client, as_ben: Client) -> None:
    made = post(as_ana)
    said = comment(as_ben, made)
    reply = comment(as_ana, made, "Well", parent=said["id"])
    do(as_ben, "delete", f"/comments/{said['id']}")
    told = {"type": "moments.comment", "id": reply["id"], "kind": "spam", "text": ""}

    assert as_ben.post("/api/v1/reports", told, content_type="application/json").status_code == 404


def test_what_is_erased_is_gone_and_twice_is_as_once(toto: Any, as_ana: Client) -> None:
    made = post(as_ana)
    kind = reportables()[0]
    moment = Moment.objects.get(uuid=made["id"])

    for _ in range(2):
        kind.erase(toto, moment.uuid, moment.created_at)

    assert not Moment.objects.exists()
