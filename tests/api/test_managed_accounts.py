"""Managed accounts over HTTP: who makes them, for whom, and who is kept from them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lyceum.accounts.managed import making
from lyceum.accounts.models import User
from lyceum.events.models import AuditEntry
from lyceum.http.models import StoredAnswer
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from tests.children import CHILD_PASSWORD, a_child, a_class, child_logs_in, user_of
from tests.clients import AppClient
from tests.people import PASSWORD, a_learner, a_member, a_person, a_program, a_school, a_token
from tests.people import signed_in as browser_of

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/school/managed-accounts"
KINDS_OF_SILENCE = {403, 404}


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto", level_scale="kg")


def a_teacher(school: CurrentSchool, **fields: Any) -> User:
    return a_member(school, "teacher", **fields)


def send(browser: Client, method: str, path: str, data: Any = None, **headers: str) -> Any:
    return browser.generic(
        method, f"{ADDRESS}{path}", _json(data), content_type="application/json", headers=headers
    )


def _json(data: Any) -> bytes:
    import json

    return json.dumps({} if data is None else data).encode()


def test_a_teacher_makes_the_accounts_of_a_class(toto: CurrentSchool) -> None:
    teacher = a_teacher(toto)
    cohort = a_class(toto, teacher)
    body = {
        "accounts": [
            {"first_name": "Sara", "last_name": "Ali"},
            {"first_name": "Sara", "last_name": "Omar"},
            {"first_name": "أحمد", "username": "أحمد"},
        ],
        "cohort": str(cohort.uuid),
        "level": "KG2",
    }

    answer = send(browser_of(teacher, "toto"), "POST", "", body)
    made = answer.json()["items"]

    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    assert [each["account"]["username"] for each in made] == ["sara", "sara.o", "أحمد"]
    assert made[0]["account"]["cohorts"] == [str(cohort.uuid)]
    assert (made[0]["account"]["level"], made[0]["account"]["is_child"]) == ("KG2", True)
    for each in made:
        app, logged_in = child_logs_in("toto", each["account"]["username"], each["password"])
        assert logged_in.status_code == 200
        assert app.call("GET", "/api/v1/me").json()["memberships"][0]["roles"] == ["student"]


def test_a_teacher_names_one_of_their_own_classes(toto: CurrentSchool) -> None:
    teacher, colleague = a_teacher(toto), a_teacher(toto)
    foreign = [a_class(toto, colleague), a_class(a_school("campus"), name="Campus")]
    accounts = [{"first_name": "Sara"}]

    answers = [
        send(browser_of(teacher, "toto"), "POST", "", {"accounts": accounts, **where})
        for where in ({}, *({"cohort": str(each.uuid)} for each in foreign))
    ]

    assert [each.status_code for each in answers] == [422] * 3
    assert all(list(each.json()["errors"]) == ["cohort"] for each in answers)
    assert not User.objects.filter(username="sara").exists()


def test_a_manager_needs_no_class(toto: CurrentSchool) -> None:
    manager = browser_of(a_member(toto, "manager"), "toto")

    assert send(manager, "POST", "", {"accounts": [{"first_name": "Sara"}]}).status_code == 201


def test_a_request_that_comes_twice_makes_nothing_twice(toto: CurrentSchool) -> None:
    manager = browser_of(a_member(toto, "manager"), "toto")
    names = [{"first_name": "Sara"}, {"first_name": "Leo"}]

    proposed = send(manager, "POST", "/proposals", {"names": names}).json()["usernames"]
    body = {"accounts": [{"first_name": "Sara", "username": each} for each in proposed]}
    key = {"Idempotency-Key": "one-and-the-same"}
    first = send(manager, "POST", "", body, **key)
    second = send(manager, "POST", "", body, **key)

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["code"] == "username_taken"
    assert set(second.json()["errors"]) == {"accounts.0.username", "accounts.1.username"}
    assert User.objects.filter(managed_by_id=toto.id).count() == 2


def test_no_answer_with_a_password_is_ever_kept(toto: CurrentSchool) -> None:
    manager = browser_of(a_member(toto, "manager"), "toto")
    child = a_child(toto, "leo")
    key = {"Idempotency-Key": "one-and-the-same"}

    made = send(manager, "POST", "", {"accounts": [{"first_name": "Sara"}]}, **key)
    reset = send(manager, "POST", f"/{child.account.id}/password", **key)
    again = send(manager, "POST", f"/{child.account.id}/password", **key)

    assert (made.status_code, reset.status_code, again.status_code) == (201, 200, 200)
    assert reset.json()["password"] != again.json()["password"]
    assert "Idempotent-Replayed" not in again
    assert not StoredAnswer.objects.exists()


def test_a_new_password_ends_what_was_signed_in_and_opens_what_was_closed(
    toto: CurrentSchool, django_capture_on_commit_callbacks: Any
) -> None:
    teacher = a_teacher(toto)
    child = a_child(toto, cohort=a_class(toto, teacher))
    app, _ = child_logs_in("toto")
    tablet = browser_of(user_of(child), "toto")
    for _ in range(5):
        child_logs_in("toto", password="wrong")

    with django_capture_on_commit_callbacks(execute=True):
        answer = send(browser_of(teacher, "toto"), "POST", f"/{child.account.id}/password")
    new = answer.json()["password"]

    assert answer["Cache-Control"] == "no-store"
    assert app.call("GET", "/api/v1/me").status_code == 401
    assert app.refresh().status_code == 400
    assert tablet.get("/api/v1/me").status_code == 401
    assert child_logs_in("toto", password=CHILD_PASSWORD)[1].status_code == 400
    assert child_logs_in("toto", password=new)[1].status_code == 200
    entry = AuditEntry.objects.get(action="managed_account.password_set")
    assert (entry.actor, entry.target) == (teacher.uuid, child.account.person)
    assert new not in str(entry.changes)


def test_nobody_resets_the_password_of_an_ordinary_person(toto: CurrentSchool) -> None:
    teacher = a_teacher(toto)
    learner = a_learner(toto, email="learner@example.test")
    place = Membership.objects.get(user=learner)
    cohort = a_class(toto, teacher)
    cohort.members.add(place)

    for actor in (teacher, a_member(toto, "admin"), a_person(is_superuser=True)):
        browser = browser_of(actor, "toto")
        for path in (f"/{place.uuid}/password", f"/{learner.uuid}/password"):
            assert send(browser, "POST", path).status_code == 404
        assert send(browser, "PATCH", f"/{place.uuid}", {"first_name": "X"}).status_code == 404

    assert AppClient().log_in("learner@example.test", PASSWORD).status_code == 200


def test_nobody_else_reaches_a_child(toto: CurrentSchool) -> None:
    campus = a_school("campus")
    child = a_child(toto, cohort=a_class(toto, a_teacher(toto)))
    abroad = a_teacher(campus)
    a_class(campus, abroad)
    people = {
        "colleague": (a_teacher(toto), "toto"),
        "creator": (a_member(toto, "content_creator"), "toto"),
        "moderator": (a_member(toto, "moderator"), "toto"),
        "classmate": (user_of(a_child(toto, "leo")), "toto"),
        "child": (user_of(child), "toto"),
        "stranger": (a_member(campus, "admin"), "toto"),
        "stranger at home": (a_member(campus, "admin"), "campus"),
        "teacher abroad": (abroad, "campus"),
    }

    for name, (person, school) in people.items():
        browser = browser_of(person, school)
        answers = [
            send(browser, "POST", f"/{child.account.id}/password"),
            send(browser, "PATCH", f"/{child.account.id}", {"status": "inactive"}),
        ]
        assert {each.status_code for each in answers} <= KINDS_OF_SILENCE, name
        listed = send(browser, "GET", "")
        assert listed.status_code == 403 or listed.json()["items"] == [], name

    assert child_logs_in("toto")[1].status_code == 200


def test_a_teacher_is_told_of_their_own_classes_alone(toto: CurrentSchool) -> None:
    teacher = a_teacher(toto)
    cohort = a_class(toto, teacher)
    own = a_child(toto, cohort=cohort)
    a_child(toto, "leo", cohort=a_class(toto, a_teacher(toto), "Roses"))
    a_child(a_school("campus"), "zoe")

    of_teacher = send(browser_of(teacher, "toto"), "GET", "").json()["items"]
    of_manager = send(browser_of(a_member(toto, "manager"), "toto"), "GET", "").json()["items"]
    of_class = send(browser_of(teacher, "toto"), "GET", f"?cohort={cohort.uuid}").json()["items"]

    assert [each["id"] for each in of_teacher] == [str(own.account.id)]
    assert {each["username"] for each in of_manager} == {"sara", "leo"}
    assert of_class == of_teacher


def test_a_teacher_who_was_deactivated_looks_after_nobody(toto: CurrentSchool) -> None:
    teacher = a_teacher(toto)
    child = a_child(toto, cohort=a_class(toto, teacher))
    Membership.objects.filter(user=teacher).update(status="inactive")

    answer = send(browser_of(teacher, "toto"), "POST", f"/{child.account.id}/password")

    assert answer.status_code == 403


def test_an_account_is_renamed_and_taken_out_of_use_and_back(toto: CurrentSchool) -> None:
    teacher = a_teacher(toto)
    child = a_child(toto, cohort=a_class(toto, teacher))
    browser = browser_of(teacher, "toto")
    app, _ = child_logs_in("toto")
    path = f"/{child.account.id}"

    renamed = send(browser, "PATCH", path, {"username": "Sára2", "last_name": "Ali"}).json()
    out = send(browser, "PATCH", path, {"status": "inactive"}).json()
    refused = child_logs_in("toto", "sara2")[1]
    was_signed_in = app.call("GET", "/api/v1/me")
    back = send(browser, "PATCH", path, {"status": "active"}).json()

    assert (renamed["username"], renamed["last_name"]) == ("sára2", "Ali")
    assert (out["status"], refused.status_code, was_signed_in.status_code) == ("inactive", 400, 401)
    assert back["status"] == "active"
    assert child_logs_in("toto", "sara2")[1].status_code == 200


def test_a_user_name_that_is_taken_is_refused(toto: CurrentSchool) -> None:
    manager = browser_of(a_member(toto, "manager"), "toto")
    a_child(toto, "leo")
    child = a_child(toto)

    taken = send(manager, "PATCH", f"/{child.account.id}", {"username": "LEO"})

    assert (taken.status_code, taken.json()["code"]) == (409, "username_taken")


@pytest.mark.parametrize(
    ("account", "field"),
    [
        ({}, "accounts.0.first_name"),
        ({"first_name": ""}, "accounts.0.first_name"),
        ({"first_name": "x" * 101}, "accounts.0.first_name"),
        ({"first_name": "Sara", "username": "a b@c"}, "accounts.0.username"),
        ({"first_name": "Sara", "username": "x"}, "accounts.0.username"),
        ({"first_name": "Sara", "password": "short"}, "accounts.0.password"),
        ({"first_name": "Sara", "password": "12345678"}, "accounts.0.password"),
        ({"first_name": "Sara", "password": "password"}, "accounts.0.password"),
        ({"first_name": "Alexandra", "password": "alexandra"}, "accounts.0.password"),
        ({"first_name": "Sara", "email": "a@b.test"}, "accounts.0.email"),
        ({"first_name": "Sara", "roles": ["teacher"]}, "accounts.0.roles"),
        ({"first_name": "Sa\nra"}, "accounts.0.first_name"),
        (None, "accounts.0"),
    ],
)
def test_bad_input_makes_nothing(toto: CurrentSchool, account: Any, field: str) -> None:
    manager = browser_of(a_member(toto, "manager"), "toto")

    answer = send(manager, "POST", "", {"accounts": [account, {"first_name": "Leo"}]})

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert not User.objects.filter(managed_by_id=toto.id).exists()


def test_a_list_that_is_empty_too_long_or_names_somebody_twice_is_refused(
    toto: CurrentSchool,
) -> None:
    manager = browser_of(a_member(toto, "manager"), "toto")
    one = {"first_name": "Sara", "username": "sara"}

    answers = [
        send(manager, "POST", "", {"accounts": accounts})
        for accounts in ([], [one] * (making.MOST_AT_ONCE + 1), [one, one])
    ]
    unknown = {"accounts": [one], "level": "KG9"}

    assert [each.status_code for each in answers] == [422, 422, 409]
    assert send(manager, "POST", "", unknown).json()["errors"].keys() == {"level"}
    assert not User.objects.filter(managed_by_id=toto.id).exists()


def test_a_program_lists_and_renames_and_is_told_no_password(toto: CurrentSchool) -> None:
    manager = a_member(toto, "manager")
    child = a_child(toto)
    program = a_program(a_token(manager, toto, "members:read", "members:write"), "toto")

    assert send(program, "GET", "").status_code == 200
    refused = [
        send(program, "POST", f"/{child.account.id}/password"),
        send(program, "POST", "", {"accounts": [{"first_name": "Leo"}]}),
    ]
    assert [each.json()["code"] for each in refused] == ["not_for_tokens"] * 2


def test_a_child_has_no_personal_token(toto: CurrentSchool) -> None:
    a_child(toto)
    app, _ = child_logs_in("toto")

    answer = app.call("POST", "/api/v1/me/tokens", {"name": "x", "scopes": ["account:read"]})

    assert (answer.status_code, answer.json()["code"]) == (403, "managed_account")


def test_the_list_costs_the_same_for_one_and_for_many(
    toto: CurrentSchool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    manager = browser_of(a_member(toto, "manager"), "toto")
    cohort = a_class(toto)
    for number in range(12):
        a_child(toto, f"child{number}", cohort=cohort)
    send(manager, "GET", "")

    with django_assert_num_queries(5):
        assert len(send(manager, "GET", "").json()["items"]) == 12
