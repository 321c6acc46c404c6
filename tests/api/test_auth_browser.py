"""A browser on the school's own host: cookies, CSRF, and one address for pages and API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.clients import AppClient
from tests.people import PASSWORD, a_learner, a_person, a_school

pytestmark = pytest.mark.django_db

HOME = {"host": "toto.test"}


def post(browser: Client, path: str, data: dict[str, Any], **headers: str) -> Any:
    return browser.post(
        f"/_allauth/browser/v1/{path}",
        json.dumps(data),
        content_type="application/json",
        headers={**HOME, **headers},
    )


def test_a_browser_logs_in_reads_and_logs_out_by_cookie() -> None:
    a_learner(a_school("toto"), email="ana@example.test")
    browser = Client(enforce_csrf_checks=True)
    browser.get("/_allauth/browser/v1/config", headers=HOME)
    proof = {"X-CSRFToken": browser.cookies["csrftoken"].value}

    logged_in = post(
        browser, "auth/login", {"email": "ana@example.test", "password": PASSWORD}, **proof
    )
    me = browser.get("/api/v1/me", headers=HOME)
    proof = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    logged_out = browser.delete("/_allauth/browser/v1/auth/session", headers={**HOME, **proof})
    after = browser.get("/api/v1/me", headers=HOME)

    assert logged_in.status_code == 200
    assert "access_token" not in logged_in.json()["meta"]
    assert me.status_code == 200
    assert (logged_out.status_code, after.status_code) == (401, 401)


def test_a_cookie_is_out_of_reach_of_scripts_and_lasts_a_day() -> None:
    a_learner(a_school("toto"), email="ana@example.test")
    browser = Client()

    post(browser, "auth/login", {"email": "ana@example.test", "password": PASSWORD})

    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 24 * 60 * 60


def test_logging_in_without_the_csrf_token_is_refused_as_a_problem() -> None:
    a_learner(a_school("toto"), email="ana@example.test")

    response = post(
        Client(enforce_csrf_checks=True),
        "auth/login",
        {"email": "ana@example.test", "password": PASSWORD},
    )

    assert response.status_code == 403
    assert response.json()["code"] == "forbidden"


def test_the_twenty_first_sign_up_in_a_minute_is_told_to_wait() -> None:
    for number in range(20):
        AppClient().sign_up(f"person-{number}@example.test", "short")
    response = AppClient().sign_up("one-more@example.test")

    assert response.status_code == 429
    assert response["Retry-After"] == "60"


@override_settings(
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9",
        }
    }
)
def test_while_limits_cannot_be_counted_logging_in_is_unavailable() -> None:
    a_person("ana@example.test")

    response = AppClient().log_in("ana@example.test")

    assert response.status_code == 503
    assert response.json()["code"] == "unavailable"
    assert response["Retry-After"]


def test_the_admins_form_counts_wrong_passwords_too() -> None:
    a_school("toto")
    a_person("ana@example.test", is_superuser=True)
    wrong = {"username": "ana@example.test", "password": "not-the-password"}

    for _ in range(5):
        Client().post("/admin/login/", wrong, headers=HOME)
    right = {"username": "ana@example.test", "password": PASSWORD}
    refused = Client().post("/admin/login/", right, headers=HOME)
    by_the_api = AppClient("toto").log_in("ana@example.test")

    assert refused.status_code == 200
    assert b"Too many failed login attempts" in refused.content
    assert by_the_api.status_code == 400


def test_the_admins_form_lets_an_operator_in() -> None:
    a_school("toto")
    a_person("ana@example.test", is_superuser=True)
    right = {"username": "Ana@Example.test", "password": PASSWORD}

    response = Client().post("/admin/login/", right, headers=HOME)

    assert response.status_code == 302
