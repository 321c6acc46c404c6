"""Living together, as front ends call it: faces, distance, reports, moderation and filters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from lyceum.accounts.models import User
from lyceum.community.distance import block
from lyceum.community.models import Case, Report
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from tests.letters import (
    TYPE,
    a_letter,
    a_school_with_letters,
    letters,
    written,
)
from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.django_db
__all__ = ["letters"]

UNKNOWN = "01990000-0000-7000-8000-000000000000"
JSON = "application/json"


@pytest.fixture
def toto(letters: None) -> CurrentSchool:
    return a_school_with_letters("toto")


def reporting(browser: Client, thing: object, type: str = TYPE, **fields: str) -> Any:
    body = {"type": type, "id": str(thing), "kind": "spam", **fields}
    return browser.post("/api/v1/reports", body, content_type=JSON)


def acting(browser: Client, case: object, action: str, **fields: object) -> Any:
    body = {"action": action, **fields}
    return browser.patch(f"/api/v1/moderation/{case}", body, content_type=JSON)


def code_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def test_a_teachers_face_tells_more_than_a_learners_and_neither_tells_an_address(
    toto: CurrentSchool,
) -> None:
    teacher = a_member(toto, "teacher", first_name="Eva", last_name="Gil")
    learner = a_member(toto, first_name="Ana")
    for person in (teacher, learner):
        person.profile.bio, person.profile.public_bio = "I read.", "I teach."
        person.profile.subjects, person.profile.phone = ["English"], "+34600111222"
        person.profile.save()
    browser = signed_in(learner, "toto")

    [eva, ana] = [browser.get(f"/api/v1/people/{person.uuid}") for person in (teacher, learner)]

    told = eva.json()
    assert (told["name"], told["bio"], told["public_bio"]) == ("Eva Gil", "I read.", "I teach.")
    assert (told["subjects"], told["roles"], told["muted"]) == (["English"], ["teacher"], False)
    assert (ana.json()["public_bio"], ana.json()["subjects"]) == ("", [])
    for response in (eva, ana):
        assert "@" not in response.content.decode()
        assert "+34" not in response.content.decode()
    same = browser.get(f"/api/v1/people/{teacher.uuid}", headers={"if-none-match": eva["ETag"]})
    assert same.status_code == 304


def test_a_block_is_listed_holds_both_ways_and_is_ended(toto: CurrentSchool) -> None:
    ana, ben = a_member(toto, first_name="Ana"), a_member(toto, first_name="Ben")
    hers, his = signed_in(ana, "toto"), signed_in(ben, "toto")

    statuses = [hers.put(f"/api/v1/people/{ben.uuid}/block").status_code for _ in range(2)]
    hidden = his.get(f"/api/v1/people/{ana.uuid}")
    unknown = his.get(f"/api/v1/people/{UNKNOWN}")

    assert statuses == [204, 204]
    assert code_of(hidden) == (404, "not_found")
    assert hidden.content == unknown.content
    assert code_of(hers.get(f"/api/v1/people/{ben.uuid}")) == (404, "not_found")
    [listed] = hers.get("/api/v1/me/blocks").json()["items"]
    assert (listed["id"], listed["name"]) == (str(ben.uuid), "Ben")
    assert his.get("/api/v1/me/blocks").json()["items"] == []
    assert hers.delete(f"/api/v1/people/{ben.uuid}/block").status_code == 204
    assert hers.delete(f"/api/v1/people/{ben.uuid}/block").status_code == 204
    assert his.get(f"/api/v1/people/{ana.uuid}").status_code == 200


def test_who_left_is_listed_without_a_name_and_can_be_unblocked(toto: CurrentSchool) -> None:
    ana, ben = a_member(toto), a_member(toto, first_name="Ben")
    browser = signed_in(ana, "toto")
    browser.put(f"/api/v1/people/{ben.uuid}/block")
    browser.put(f"/api/v1/people/{ben.uuid}/mute")
    Membership.objects.filter(user=ben).delete()

    [listed] = browser.get("/api/v1/me/blocks").json()["items"]
    statuses = [browser.delete(f"/api/v1/people/{ben.uuid}/block").status_code for _ in range(2)]

    assert (listed["id"], listed["name"]) == (str(ben.uuid), "")
    assert statuses == [204, 404]


def test_nobody_blocks_themselves(toto: CurrentSchool) -> None:
    ana = a_member(toto)
    browser = signed_in(ana, "toto")

    for act in ("block", "mute"):
        response = browser.put(f"/api/v1/people/{ana.uuid}/{act}")
        assert code_of(response) == (422, "not_oneself")


def test_a_report_is_made_once_and_followed_by_who_made_it(toto: CurrentSchool) -> None:
    ana, author, moderator = a_member(toto), a_member(toto), a_member(toto, "moderator")
    hers = signed_in(ana, "toto")
    letter = a_letter(toto, author)

    first = reporting(hers, letter, text="Look at this.")
    again = reporting(hers, letter, text="Look!", kind="fake")
    [case] = signed_in(moderator, "toto").get("/api/v1/moderation").json()["items"]
    acting(signed_in(moderator, "toto"), case["id"], "resolve")
    after = hers.get(first["Location"]).json()

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Report.objects.count() == 1
    assert (after["state"], after["text"], after["kind"]) == ("resolved", "Look at this.", "spam")
    assert hers.get("/api/v1/reports").json()["items"] == [after]
    for other in (author, moderator):
        told = signed_in(other, "toto").get(first["Location"])
        assert code_of(told) == (404, "not_found")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"type": "person", "id": "x", "kind": "spam"}, "invalid"),
        ({"type": "person", "id": UNKNOWN, "kind": "bad"}, "invalid"),
        ({"type": "person", "id": UNKNOWN, "kind": "spam", "text": "x" * 1001}, "invalid"),
        ({"type": "person", "id": UNKNOWN, "kind": "spam", "text": "\0"}, "invalid"),
        ({"type": "person", "id": UNKNOWN, "kind": "spam", "more": 1}, "invalid"),
        ({"type": "x" * 61, "id": UNKNOWN, "kind": "spam"}, "invalid"),
        ({"type": "no.such", "id": UNKNOWN, "kind": "spam"}, "not_reportable"),
        ({"type": "person", "id": UNKNOWN, "kind": "spam"}, "not_found"),
    ],
)
def test_a_bad_report_is_refused_and_opens_no_case(
    toto: CurrentSchool, body: dict[str, object], code: str
) -> None:
    response = signed_in(a_member(toto), "toto").post("/api/v1/reports", body, content_type=JSON)

    assert code_of(response) == (404 if code == "not_found" else 422, code)
    assert not Case.objects.exists()


def test_too_many_reports_are_refused_for_a_while(toto: CurrentSchool) -> None:
    browser = signed_in(a_member(toto), "toto")

    answers = [reporting(browser, UNKNOWN, "person") for _ in range(31)]

    assert {answer.status_code for answer in answers[:-1]} == {404}
    assert code_of(answers[-1]) == (429, "throttled")
    assert int(answers[-1]["Retry-After"]) > 0


def test_a_moderator_works_through_a_case(toto: CurrentSchool) -> None:
    author, ana = a_member(toto, first_name="Ben"), a_member(toto, first_name="Ana")
    browser = signed_in(a_member(toto, "moderator"), "toto")
    letter = a_letter(toto, author, "Bad words")
    reporting(signed_in(ana, "toto"), letter, kind="harassment")
    [case] = browser.get("/api/v1/moderation?state=pending&origin=report").json()["items"]
    until = (now() + timedelta(days=2)).isoformat()

    hidden = acting(browser, case["id"], "hide", note="Clear.").json()
    acting(browser, case["id"], "warn", message="Be kind.")
    suspended = acting(browser, case["id"], "suspend", until=until, message="Two days.").json()
    closed = acting(browser, case["id"], "resolve")
    refused = acting(browser, case["id"], "hide")

    assert (case["excerpt"], case["kinds"], case["author"]["name"]) == (
        "Bad words",
        {"harassment": 1},
        "Ben",
    )
    assert (hidden["state"], hidden["thing_state"]) == ("reviewed", "hidden")
    assert hidden["reported"][0]["reporter"]["name"] == "Ana"
    assert [deed["action"] for deed in closed.json()["history"]] == [
        "hide",
        "warn",
        "suspend",
        "resolve",
    ]
    assert suspended["suspended_until"] is not None
    assert code_of(refused) == (409, "case_closed")
    assert browser.get("/api/v1/moderation").json()["items"] == []
    assert len(browser.get("/api/v1/moderation?state=resolved").json()["items"]) == 1
    sanctions = signed_in(author, "toto").get("/api/v1/me/sanctions").json()["items"]
    assert [(row["kind"], row["message"]) for row in sanctions] == [
        ("suspension", "Two days."),
        ("warning", "Be kind."),
    ]
    assert str(ana.uuid) not in str(sanctions)
    assert signed_in(ana, "toto").get("/api/v1/me/sanctions").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "action"),
        ({"action": "shout"}, "action"),
        ({"action": "warn"}, "message"),
        ({"action": "note"}, "note"),
        ({"action": "suspend"}, "until"),
        ({"action": "suspend", "until": "2020-01-01T00:00:00Z"}, "until"),
        ({"action": "suspend", "until": "2999-01-01T00:00:00Z"}, "until"),
        ({"action": "suspend", "until": "2026-12-01T00:00:00"}, "until"),
        ({"action": "note", "note": "x" * 2001}, "note"),
    ],
)
def test_a_bad_act_is_refused_and_leaves_the_case_as_it_was(
    toto: CurrentSchool, body: dict[str, object], field: str
) -> None:
    letter = a_letter(toto, a_member(toto))
    reporting(signed_in(a_member(toto), "toto"), letter)
    case = Case.objects.get()
    browser = signed_in(a_member(toto, "moderator"), "toto")

    response = browser.patch(f"/api/v1/moderation/{case.uuid}", body, content_type=JSON)

    assert response.status_code == 422
    assert list(response.json()["errors"]) == [field]
    case.refresh_from_db()
    assert case.state == "pending"
    assert written[letter].state == "shown"


def test_a_deleted_thing_is_restored_from_the_bin(toto: CurrentSchool) -> None:
    letter = a_letter(toto, a_member(toto))
    reporting(signed_in(a_member(toto), "toto"), letter)
    browser = signed_in(a_member(toto, "moderator"), "toto")
    case = browser.get("/api/v1/moderation").json()["items"][0]["id"]
    acting(browser, case, "bin")
    [binned] = browser.get("/api/v1/moderation/bin").json()["items"]

    restored = browser.put(f"/api/v1/moderation/bin/{binned['id']}/restored")
    again = browser.put(f"/api/v1/moderation/bin/{binned['id']}/restored")

    assert (binned["label"], binned["thing"]) == ("Letter", str(letter))
    assert (restored.status_code, again.status_code) == (204, 404)
    assert written[letter].state == "shown"
    assert browser.get(f"/api/v1/moderation/{case}").json()["thing_state"] == "shown"


def test_a_manager_changes_the_filters_and_only_what_was_sent(toto: CurrentSchool) -> None:
    browser = signed_in(a_member(toto, "manager"), "toto")
    address = "/api/v1/moderation/settings"

    browser.patch(address, {"words": ["bad", "bad "]}, content_type=JSON)
    told = browser.patch(address, {"on_links": "refuse", "bin_days": 7}, content_type=JSON).json()
    refused = browser.patch(address, {"words": ["..."], "bin_days": 8}, content_type=JSON)

    assert told == {
        "words": ["bad"],
        "on_words": "hold",
        "on_links": "refuse",
        "allowed_sites": [],
        "first_posts_held": 0,
        "newcomer_days": 30,
        "bin_days": 7,
    }
    assert code_of(refused) == (422, "invalid")
    assert list(refused.json()["errors"]) == ["words"]
    assert browser.get(address).json() == told
    there = signed_in(a_member(a_school("campus"), "manager"), "campus")
    assert there.get(address).json()["words"] == []


def test_the_queue_goes_on_by_cursor_with_what_is_urgent_first(toto: CurrentSchool) -> None:
    browser = signed_in(a_member(toto, "moderator"), "toto")
    things = [a_letter(toto, a_member(toto, is_child=n == 2), str(n)) for n in range(4)]
    teacher = signed_in(a_member(toto, "teacher"), "toto")
    for thing in things:
        reporting(teacher, thing)

    first = browser.get("/api/v1/moderation?limit=3&count=true").json()
    rest = browser.get(f"/api/v1/moderation?limit=3&cursor={first['next']}").json()

    assert first["count"] == 4
    assert [row["excerpt"] for row in first["items"]] == ["2", "0", "1"]
    assert [row["excerpt"] for row in rest["items"]] == ["3"]
    assert [row["concerns_child"] for row in first["items"]] == [True, False, False]


def test_lists_cost_the_same_however_long_they_are(
    toto: CurrentSchool, django_assert_max_num_queries: Any
) -> None:
    moderator = a_member(toto, "moderator")
    people = [a_member(toto) for _ in range(8)]
    for person in people:
        block(actor=moderator, school=toto, person=person.uuid, at=now())
        reporting(signed_in(moderator, "toto"), a_letter(toto, person))
    browser = signed_in(moderator, "toto")
    browser.get("/api/v1/me")

    for path in ("me/blocks", "reports", "moderation", "moderation/bin", f"people/{UUID(int=1)}"):
        # Session and person, school, presence and roles; then the list, and what is in it.
        with django_assert_max_num_queries(7):
            browser.get(f"/api/v1/{path}")


def test_nobody_else_moderates(toto: CurrentSchool) -> None:
    letter = a_letter(toto, a_member(toto))
    reporting(signed_in(a_member(toto), "toto"), letter)
    case = Case.objects.get().uuid
    campus = a_school_with_letters("campus")
    people: dict[tuple[str, str], User] = {
        ("toto", "colleague"): a_member(toto, "teacher"),
        ("toto", "creator"): a_member(toto, "content_creator"),
        ("toto", "stranger"): a_member(campus, "admin"),
        ("campus", "stranger at home"): a_member(campus, "admin"),
    }

    told = {
        name: acting(signed_in(person, school), case, "hide").status_code
        for (school, name), person in people.items()
    }

    assert told == {"colleague": 403, "creator": 403, "stranger": 403, "stranger at home": 404}
    assert written[letter].state == "shown"
