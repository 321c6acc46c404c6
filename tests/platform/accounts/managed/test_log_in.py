"""How a child with a managed account gets in, and how nobody else does."""

from __future__ import annotations

import pytest
from django.test import Client

from lyceum.accounts.managed import limits
from lyceum.accounts.models import User
from lyceum.schools.models import Membership
from tests.children import CHILD_PASSWORD, a_child, child_logs_in, user_of
from tests.clients import AppClient
from tests.people import PASSWORD, a_member, a_person, a_school

pytestmark = pytest.mark.django_db


def error_of(answer: object) -> str:
    return str(answer.json()["errors"][0]["code"])  # type: ignore[attr-defined]


def test_a_child_logs_in_with_school_user_name_and_password() -> None:
    a_child(a_school("toto"))

    app, answer = child_logs_in("toto")
    me = app.call("GET", "/api/v1/me").json()

    assert answer.status_code == 200
    assert answer.json()["data"]["user"]["managed"] is True
    assert {"access_token", "refresh_token"} <= answer.json()["meta"].keys()
    assert (me["managed"], me["username"], me["email"], me["phone"]) == (True, "sara", "", "")
    assert app.refresh().status_code == 200


def test_a_child_logs_in_by_cookie_on_the_schools_own_host() -> None:
    a_child(a_school("toto"))
    browser = Client(headers={"host": "toto.test"})

    answer = browser.post(
        "/_allauth/browser/v1/auth/login",
        {"username": "sara", "password": CHILD_PASSWORD},
        content_type="application/json",
    )

    assert answer.status_code == 200
    assert browser.get("/api/v1/me").json()["username"] == "sara"


@pytest.mark.parametrize("typed", ["Sara", " SARA ", "sára", "ＳＡＲＡ"])
@pytest.mark.parametrize("password", ["Frog milk sun 42", "frogmilksun42", "FROG-MILK-SUN ٤٢"])
def test_capitals_accents_and_blanks_do_not_count(typed: str, password: str) -> None:
    a_child(a_school("toto"))

    assert child_logs_in("toto", typed, password)[1].status_code == 200


def test_two_schools_have_a_child_of_one_user_name_each() -> None:
    first = a_child(a_school("toto"))
    second = a_child(a_school("campus"), password="other milk sun 43")

    here, _ = child_logs_in("toto")
    there, _ = child_logs_in("campus", password="other milk sun 43")

    assert here.call("GET", "/api/v1/me").json()["id"] == str(first.account.person)
    assert there.call("GET", "/api/v1/me").json()["id"] == str(second.account.person)


def test_every_refusal_is_the_same() -> None:
    toto, campus = a_school("toto"), a_school("campus")
    a_child(toto)
    a_child(campus, "other")
    a_member(toto, email="ordinary@example.test")
    asleep = a_child(toto, "asleep")
    Membership.objects.filter(uuid=asleep.account.id).update(status="inactive")
    locked = user_of(a_child(toto, "locked"))
    locked.is_active = False
    locked.save()

    answers = [
        child_logs_in("toto", username, password)[1]
        for username, password in (
            ("sara", "wrong"),
            ("nobody", CHILD_PASSWORD),
            ("other", CHILD_PASSWORD),
            ("ordinary@example.test", PASSWORD),
            ("asleep", CHILD_PASSWORD),
            ("locked", CHILD_PASSWORD),
            ("x" * 90, CHILD_PASSWORD),
            ("", ""),
        )
    ]

    refusals = {(each.status_code, each.content) for each in answers[:-1]}
    assert len(refusals) == 1
    assert error_of(answers[0]) == "username_password_mismatch"
    assert answers[-1].status_code == 400


def test_every_refusal_costs_one_password(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth import hashers

    a_child(a_school("toto"))
    encoded: list[str] = []
    hasher = type(hashers.get_hasher())
    real = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, *args: encoded.append("one") or real(self, *args)
    )

    for username in ("sara", "nobody"):
        encoded.clear()
        child_logs_in("toto", username, "wrong")
        assert encoded == ["one"]


def test_without_a_school_it_is_said_that_one_is_missing() -> None:
    a_child(a_school("toto"))

    answer = child_logs_in("")[1]

    assert (answer.status_code, answer.json()["code"]) == (400, "school_required")


@pytest.mark.parametrize(
    "body",
    [
        {"username": "sara", "email": "a@example.test", "password": CHILD_PASSWORD},
        {"username": ["sara"], "password": CHILD_PASSWORD},
        {"username": None, "password": CHILD_PASSWORD},
        {"username": "sara"},
        {"username": "x" * 1000, "password": CHILD_PASSWORD},
        {"username": "sa\x00ra", "password": CHILD_PASSWORD},
        {"password": CHILD_PASSWORD},
        {},
    ],
)
def test_what_is_no_log_in_is_refused(body: dict[str, object]) -> None:
    a_child(a_school("toto"))

    answer = AppClient("toto").auth("POST", "auth/login", body)

    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_the_fifth_wrong_password_closes_one_account_and_no_other() -> None:
    school = a_school("toto")
    a_child(school)
    a_child(school, "leo")

    wrong = [error_of(child_logs_in("toto", "Sara", "wrong")[1]) for _ in range(6)]
    right = child_logs_in("toto")[1]
    classmate = child_logs_in("toto", "leo")[1]

    assert wrong == ["username_password_mismatch"] * 5 + ["too_many_login_attempts"]
    assert error_of(right) == "too_many_login_attempts"
    assert classmate.status_code == 200


def test_an_account_is_counted_by_school() -> None:
    a_child(a_school("toto"))
    a_child(a_school("campus"))

    for _ in range(5):
        child_logs_in("campus", "sara", "wrong")

    assert child_logs_in("toto")[1].status_code == 200


def test_an_address_that_fails_too_often_waits_and_its_teachers_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "BY_ADDRESS", "6/m/ip")
    school = a_school("toto")
    a_child(school)
    a_member(school, email="teacher@example.test")

    failed = [child_logs_in("toto", f"child{n}", "wrong")[1] for n in range(7)]
    teacher = AppClient("toto").log_in("teacher@example.test")

    assert {error_of(each) for each in failed[:6]} == {"username_password_mismatch"}
    assert error_of(failed[6]) == "too_many_login_attempts"
    assert error_of(child_logs_in("toto")[1]) == "too_many_login_attempts"
    assert teacher.status_code == 200  # counted apart


def test_more_than_a_class_logs_in_within_a_minute_from_one_address() -> None:
    a_child(a_school("toto"))

    answers = [child_logs_in("toto")[1].status_code for _ in range(35)]

    assert set(answers) == {200}


def test_an_ordinary_person_still_logs_in_by_address_alone() -> None:
    a_person("ana@example.test")
    app = AppClient()

    assert app.log_in("ana@example.test").status_code == 200
    assert User.objects.get(email="ana@example.test").is_managed is False
    assert app.call("GET", "/api/v1/me").json()["managed"] is False
