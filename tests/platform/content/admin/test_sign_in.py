"""The admin's log-in: a password alone is not enough for who has a second factor."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.accounts.models import User
from tests.clients import AppClient
from tests.factors import a_code, enrol, recovery_codes_of
from tests.people import PASSWORD, a_member, a_school

pytestmark = pytest.mark.django_db
EMAIL = "ana@example.test"
LOG_IN = "/admin/login/"


def a_manager_with_a_factor() -> tuple[User, str, list[str]]:
    person = a_member(a_school("toto"), "manager", email=EMAIL)
    app = AppClient("toto")
    app.log_in(EMAIL)
    secret = enrol(app, off=-30)
    return person, secret, recovery_codes_of(app)


def a_browser() -> Client:
    return Client(headers={"host": "toto.test"})


def first_step(browser: Client, **more: str) -> Any:
    return browser.post(LOG_IN, {"username": EMAIL, "password": PASSWORD, **more})


def is_in(browser: Client) -> bool:
    return bool(browser.get("/admin/").status_code == 200)


def test_a_person_without_a_second_factor_enters_by_password() -> None:
    a_member(a_school("toto"), "manager", email=EMAIL)
    browser = a_browser()

    answer = first_step(browser, next="/admin/pages/")

    assert (answer.status_code, answer["Location"]) == (302, "/admin/pages/")
    assert is_in(browser)


def test_a_password_alone_does_not_open_the_admin() -> None:
    _, secret, _ = a_manager_with_a_factor()
    browser = a_browser()

    first = first_step(browser, next="/admin/pages/")
    between = is_in(browser)
    asked = browser.get(first["Location"])
    second = browser.post(LOG_IN, {"code": a_code(secret), "next": "/admin/pages/"})

    assert first["Location"] == "/admin/login/?next=%2Fadmin%2Fpages%2F"
    assert not between
    assert b'name="code"' in asked.content
    assert b'name="password"' not in asked.content
    assert second["Location"] == "/admin/pages/"
    assert is_in(browser)


def test_the_api_counts_the_half_way_for_nothing() -> None:
    a_manager_with_a_factor()
    browser = a_browser()
    first_step(browser)

    assert browser.get("/api/v1/me").status_code == 401
    assert browser.get("/_allauth/browser/v1/account/authenticators").status_code == 401


def test_a_wrong_or_spent_code_is_refused_and_guessing_is_limited() -> None:
    _, secret, _ = a_manager_with_a_factor()
    code = a_code(secret)
    browser = a_browser()
    first_step(browser)
    browser.post(LOG_IN, {"code": code})
    other = a_browser()
    first_step(other)

    answers = [other.post(LOG_IN, {"code": wrong}) for wrong in (code, *("000000",) * 6)]

    assert is_in(browser)
    assert not is_in(other)
    assert b"Incorrect code" in answers[0].content
    assert b"Too many failed login attempts" in answers[-1].content


def test_a_recovery_code_opens_the_admin_once() -> None:
    _, _, codes = a_manager_with_a_factor()
    for expected in (True, False):
        browser = a_browser()
        first_step(browser)
        browser.post(LOG_IN, {"code": codes[0]})
        assert is_in(browser) is expected


def test_a_code_without_a_password_is_sent_back_to_the_start() -> None:
    _, secret, _ = a_manager_with_a_factor()
    browser = a_browser()

    answer = browser.post(LOG_IN, {"code": a_code(secret), "next": "https://elsewhere.test/"})

    assert (answer.status_code, answer["Location"]) == (302, LOG_IN)
    assert not is_in(browser)


def test_one_may_begin_again_as_somebody_else() -> None:
    _, secret, _ = a_manager_with_a_factor()
    browser = a_browser()
    first_step(browser)

    again = browser.get(f"{LOG_IN}?again")
    late = browser.post(LOG_IN, {"code": a_code(secret)})

    assert b'name="password"' in again.content
    assert late["Location"] == LOG_IN
    assert not is_in(browser)


def test_no_one_is_sent_elsewhere_after_signing_in() -> None:
    _, secret, _ = a_manager_with_a_factor()
    browser = a_browser()
    first_step(browser, next="https://elsewhere.test/")

    done = browser.post(LOG_IN, {"code": a_code(secret), "next": "//elsewhere.test/"})

    assert done["Location"] == "/admin/"


@pytest.mark.parametrize("remember", ["", "on"])
def test_the_session_ends_with_the_browser_unless_it_is_to_last(remember: str) -> None:
    _, secret, _ = a_manager_with_a_factor()
    browser = a_browser()
    first_step(browser, remember=remember)

    browser.post(LOG_IN, {"code": a_code(secret)})

    assert browser.session.get_expire_at_browser_close() is not bool(remember)
