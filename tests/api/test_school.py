"""Which school a request is for, and what anyone may know of it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.django_db


def test_a_school_is_found_by_its_host(client: Client) -> None:
    school = a_school("toto")

    response = client.get("/api/v1/school", headers={"host": "toto.test"})

    assert response.status_code == 200
    assert response.json()["id"] == str(school.uuid)


def test_a_school_is_found_by_the_header_on_a_neutral_host(client: Client) -> None:
    a_school("toto")

    response = client.get("/api/v1/school", headers={"x-school": "toto"})

    assert response.json()["slug"] == "toto"


def test_without_host_or_header_the_school_is_required(client: Client) -> None:
    response = client.get("/api/v1/school")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "school_required"


def test_a_header_that_contradicts_the_host_is_a_mismatch(client: Client) -> None:
    a_school("toto")
    a_school("campus")

    response = client.get("/api/v1/school", headers={"host": "toto.test", "x-school": "campus"})

    assert response.json()["code"] == "school_mismatch"


def test_an_unknown_school_is_not_found(client: Client) -> None:
    response = client.get("/api/v1/school", headers={"x-school": "nowhere"})

    assert response.status_code == 404
    assert response.json()["code"] == "school_not_found"


def test_unknown_parameters_are_refused_by_name(client: Client) -> None:
    a_school("toto")

    response = client.get("/api/v1/school?colour=red", headers={"x-school": "toto"})

    assert response.status_code == 422
    assert response.json()["errors"] == {"colour": ["There is no such parameter."]}


def test_a_missing_route_and_a_wrong_method_are_problems_too(client: Client) -> None:
    a_school("toto")

    missing = client.get("/api/v1/nothing", headers={"x-school": "toto"})
    wrong = client.put("/api/v1/school", headers={"x-school": "toto"})

    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"marking": {"spelling": "strict"}}, "marking"),
        ({"marking_by_kind": {"essay": {"typo": "strict"}}}, "marking_by_kind"),
        ({"marking_by_kind": {"translation": {"tpyo": "warn"}}}, "marking_by_kind.translation"),
        ({"languages": ["en", "xx"]}, "languages"),
        ({"allowed_origins": ["https://a.example/path"]}, "allowed_origins"),
    ],
)
def test_settings_that_mean_nothing_are_refused_by_name(
    changes: dict[str, object], field: str
) -> None:
    manager = signed_in(a_member(a_school("toto"), "manager"), "toto")

    response = manager.patch("/api/v1/school", changes, content_type="application/json")

    assert response.status_code == 422
    assert field in response.json()["errors"]


def test_a_manager_s_change_is_seen_by_the_next_request() -> None:
    manager = signed_in(a_member(a_school("toto"), "manager"), "toto")

    changed = manager.patch(
        "/api/v1/school",
        {"pass_mark": 60, "marking": {"diacritics": "strict"}},
        content_type="application/json",
    )

    assert changed.json()["pass_mark"] == 60
    assert manager.get("/api/v1/school").json()["pass_mark"] == 60
