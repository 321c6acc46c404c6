"""Nonsense sent to allauth's addresses is refused, never a crash or a web page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clients import AppClient
from tests.people import a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

SIGN_UP = "/_allauth/app/v1/auth/signup"


def test_trace_is_no_method_here() -> None:
    response = AppClient().client.trace("/_allauth/app/v1/account/phone")

    assert response.status_code == 405
    assert response.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "account/phone"),
        ("POST", "account/phone"),
        ("POST", "auth/phone/verify"),
        ("GET", "nothing/at/all"),
    ],
)
def test_what_there_is_not_is_a_problem(method: str, path: str) -> None:
    a_person("ana@example.test")
    app = AppClient()
    app.log_in("ana@example.test")

    response = app.call(method, f"/_allauth/app/v1/{path}", {})

    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b'{"email": {"a": 1}, "password": ["x"]}',
        b'{"email": null, "password": null}',
        b'{"email": "a@example.test", "password": 12345678901}',
        b'{"email": "a@example.test", "password": "half-a-\\ud800-character"}',
        b'{"email": "a\\u0000@example.test", "password": "correct-horse-9"}',
        b'{"email": "a@example.test", "password": "correct-horse-9", "first_name": "\\u0000"}',
        b'{"email": "a@example.test", "password": "correct-horse-9", "first_name": "\\ud800"}',
        b"[" * 20_000,
        b'{"a":' * 20_000,
    ],
)
def test_a_body_that_makes_no_sense_is_refused(body: bytes) -> None:
    response = AppClient().client.post(SIGN_UP, body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()


def test_a_body_of_three_megabytes_is_refused() -> None:
    body = json.dumps({"email": "a@example.test", "password": "x" * 11_000_000})

    response = AppClient().client.post(SIGN_UP, body, content_type="application/json")

    assert response.status_code in {400, 413}


def test_a_name_may_hold_markup_and_stays_text() -> None:
    a_school("toto")
    app = AppClient("toto")

    app.sign_up("ana@example.test", first_name="<script>alert(1)</script>")
    app.log_in("ana@example.test")
    answer: dict[str, Any] = app.call("GET", "/api/v1/me").json()

    assert answer["first_name"] == "<script>alert(1)</script>"


def test_a_name_that_would_break_a_mail_does_not() -> None:
    a_school("toto", name='Toto\r\nBcc: all@example.test <"x">')

    response = AppClient("toto").sign_up("ana@example.test")

    assert response.status_code == 401


def test_an_unknown_session_is_gone_and_a_bad_token_is_nobody() -> None:
    session = AppClient().call("GET", "/_allauth/app/v1/auth/session", **{"X-Session-Token": "x"})
    token = AppClient(token="nonsense").call("GET", "/_allauth/app/v1/auth/session")

    assert (session.status_code, token.status_code) == (410, 401)


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**38, 10**1000])
def test_a_number_that_no_database_counts_to_is_refused(number: int) -> None:
    a_person("ana@example.test")
    app = AppClient()
    app.log_in("ana@example.test")

    response = app.call("DELETE", "/_allauth/app/v1/auth/sessions", {"sessions": [number]})

    assert response.status_code == 400


@pytest.mark.parametrize("forwarded", ["nonsense, nonsense", "192.0.2.1"])
def test_a_client_whose_address_nobody_can_tell_is_refused(forwarded: str, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    school = a_school("toto", signup_policy="code")
    ana = signed_in(a_person("ana@example.test"), school.slug)
    address = {"X-Forwarded-For": forwarded}

    log_in = AppClient().auth("POST", "auth/login", {"email": "x@x.test"}, **address)
    join = ana.put("/api/v1/school/membership", {"code": "A"}, "application/json", headers=address)

    assert (log_in.status_code, log_in.json()["code"]) == (403, "forbidden")
    assert (join.status_code, join.json()["code"]) == (403, "forbidden")
