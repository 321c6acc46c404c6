"""Pages of other origins call for a school only where the school lets them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.people import a_school

pytestmark = pytest.mark.django_db

FRONT = "https://app.toto.example"


def get(origin: str, **headers: str) -> Any:
    return Client().get("/api/v1/school", headers={"origin": origin, **headers})


@pytest.fixture(autouse=True)
def schools() -> None:
    a_school("toto", allowed_origins=[FRONT])
    a_school("campus")


def test_a_school_s_front_end_may_call_and_read() -> None:
    response = get(FRONT, **{"x-school": "toto"})

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == FRONT
    assert response["Access-Control-Allow-Credentials"] == "true"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert {"Origin", "X-School"} <= set(response["Vary"].split(", "))


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://app.toto.example:1"])
def test_a_page_of_another_origin_is_refused_before_any_work(origin: str) -> None:
    response = get(origin, **{"x-school": "toto"})

    assert (response.status_code, response.json()["code"]) == (403, "origin_not_allowed")
    assert "Access-Control-Allow-Origin" not in response


def test_one_school_s_front_end_is_nothing_to_another() -> None:
    assert get(FRONT, **{"x-school": "campus"}).status_code == 403
    assert get(FRONT, host="campus.test").status_code == 403


def test_a_school_s_own_pages_may_call() -> None:
    assert get("http://toto.test", host="toto.test").status_code == 200


def test_a_preflight_names_no_school_and_is_answered_for_all() -> None:
    headers = {"origin": FRONT, "access-control-request-method": "POST"}

    allowed = Client().options("/api/v1/school", headers=headers)
    refused = Client().options(
        "/api/v1/school", headers={**headers, "origin": "https://evil.example"}
    )

    assert allowed.status_code == refused.status_code == 204
    assert allowed["Access-Control-Allow-Origin"] == FRONT
    assert "X-School" in allowed["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in refused
