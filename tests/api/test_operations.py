"""Health, and the pages behind problem codes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from lyceum.http.health import beat
from lyceum.kernel.clock import now
from lyceum.testing.off import a_school_with
from tests.people import a_school

pytestmark = pytest.mark.django_db


def test_the_process_is_alive(client: Client) -> None:
    assert client.get("/api/v1/health/live").json() == {"status": "ok"}


def test_ready_names_each_part(client: Client) -> None:
    beat(now())

    body = client.get("/api/v1/health/ready").json()

    assert body["status"] == "ok"
    parts = ("database", "cache", "files", "worker", "outbox", "plugins")
    assert [body[part] for part in parts] == ["ok"] * len(parts)


def test_a_silent_worker_is_told_and_refuses_nobody(client: Client) -> None:
    beat(now() - timedelta(minutes=10))

    response = client.get("/api/v1/health/ready")

    assert response.status_code == 200
    assert (response.json()["status"], response.json()["worker"]) == ("degraded", "silent")


def test_every_problem_s_type_opens_its_page(client: Client) -> None:
    codes = [page["code"] for page in client.get("/api/v1/problems").json()]

    assert {"not_found", "school_required", "idempotency_mismatch"} <= set(codes)
    for code in codes:
        page = client.get(f"/api/v1/problems/{code}")
        assert page.status_code == 200
        assert code in page.content.decode()


def test_an_unknown_problem_is_not_found(client: Client) -> None:
    assert client.get("/api/v1/problems/nonsense").status_code == 404


def test_a_plugin_s_codes_are_explained_where_it_is_in_force_alone() -> None:
    on, off = a_school_with("probe", "toto"), a_school("campus")
    address = "/api/v1/problems/probe_out_of_paper"

    for school, told in ((on, True), (off, False), (None, False)):
        client = Client(headers={"host": school.host} if school else {})
        codes = [page["code"] for page in client.get("/api/v1/problems").json()]
        assert ("probe_out_of_paper" in codes) is told
        assert client.get(address).status_code == (200 if told else 404)
        assert "idempotency_mismatch" in codes


def test_malformed_json_is_a_problem(client: Client) -> None:
    response = client.post("/api/v1/schools", "{", content_type="application/json")

    assert response.status_code == 405
