"""An engine that is away: what needs it answers 503 and when to come again, the rest goes on."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory

from deploy.caches import caches
from deploy.processes import free_port
from deploy.storage import stores
from lyceum.http.outages import crashed, outage_of
from lyceum.schools.current import CurrentSchool
from tests.clients import AppClient
from tests.pages import a_lesson
from tests.people import a_learner, a_member, a_school, signed_in
from tests.services.test_storage import WEBM

pytestmark = pytest.mark.django_db


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def redis_away(settings: Any) -> None:
    """Count limits in a Redis that nobody runs."""
    settings.CACHES = caches({"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"})


@pytest.fixture
def files_away(settings: Any) -> None:
    """Keep files in a bucket of a service that nobody runs."""
    settings.STORAGES = stores(
        {
            "LYCEUM_S3_BUCKET": "lyceum",
            "LYCEUM_S3_ENDPOINT": f"http://127.0.0.1:{free_port()}",
            "LYCEUM_S3_REGION": "us-east-1",
            "LYCEUM_S3_ACCESS_KEY": "key",
            "LYCEUM_S3_SECRET_KEY": "secret",
        }
    )


def told(response: Any) -> tuple[int, str, str]:
    return response.status_code, response.json()["code"], response["Retry-After"]


def test_without_redis_nobody_may_try_a_password_and_all_may_read(
    toto: CurrentSchool, redis_away: None
) -> None:
    a_lesson(toto, "Animals")
    learner = a_learner(toto)
    app = AppClient("toto")

    tried = app.log_in(str(learner.email))
    listed = signed_in(learner, "toto").get("/api/v1/content/lessons?level=all")

    assert told(tried) == (503, "unavailable", "5")
    assert [lesson["title"] for lesson in listed.json()["items"]] == ["Animals"]


def test_without_redis_the_admin_s_log_in_is_a_page_that_says_so(
    toto: CurrentSchool, redis_away: None
) -> None:
    manager = a_member(toto, "manager")
    browser = Client(headers={"host": "toto.test"}, raise_request_exception=False)

    tried = browser.post("/admin/login/", {"username": str(manager.email), "password": "guess"})

    assert (tried.status_code, tried["Retry-After"]) == (503, "5")
    assert tried["Content-Type"].startswith("text/html")
    assert "Load this page again" in tried.content.decode()


def test_the_report_names_what_is_away(redis_away: None, files_away: None) -> None:
    ready = Client().get("/api/v1/health/ready")

    body = ready.json()
    assert (ready.status_code, body["status"]) == (503, "unavailable")
    assert [body[part] for part in ("database", "cache", "files")] == [
        "ok",
        "unavailable",
        "unavailable",
    ]


def test_without_its_bucket_an_upload_is_refused_and_leaves_nothing(
    toto: CurrentSchool, files_away: None, tmp_path: Path
) -> None:
    recording = tmp_path / "me.webm"
    recording.write_bytes(WEBM)
    learner = signed_in(a_learner(toto), "toto")

    with recording.open("rb") as file:
        sent = learner.post("/api/v1/media", {"file": file})

    assert told(sent) == (503, "unavailable", "5")


def test_files_that_are_away_refuse_nobody_else(files_away: None) -> None:
    ready = Client().get("/api/v1/health/ready")

    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")


def test_a_database_that_is_busy_or_gone_is_an_outage_and_a_wrong_statement_is_not() -> None:
    busy, wrong = OperationalError("locked"), OperationalError("no such table: x")
    busy.__cause__ = error_of_sqlite("BEGIN IMMEDIATE", meanwhile="BEGIN IMMEDIATE")
    wrong.__cause__ = error_of_sqlite("SELECT * FROM x")

    assert outage_of(busy) is not None
    assert outage_of(InterfaceError("connection already closed")) is not None
    assert outage_of(wrong) is None
    assert outage_of(ValueError("anything")) is None


def error_of_sqlite(statement: str, *, meanwhile: str = "SELECT 1") -> Exception:
    """Return what SQLite says to a statement while another connection is in the midst of one."""
    address = "file:outages?mode=memory&cache=shared"
    first, second = (sqlite3.connect(address, uri=True, timeout=0) for _ in range(2))
    try:
        first.execute(meanwhile)
        with pytest.raises(sqlite3.OperationalError) as told:
            second.execute(statement)
        return told.value
    finally:
        first.close()
        second.close()


@pytest.mark.parametrize(("status", "is_outage"), [(503, True), (500, True), (403, False)])
def test_a_service_of_files_that_breaks_is_an_outage_and_one_that_refuses_is_not(
    status: int, is_outage: bool
) -> None:
    refusal = ClientError({"ResponseMetadata": {"HTTPStatusCode": status}}, "PutObject")

    assert (outage_of(refusal) is not None) == is_outage


@pytest.mark.parametrize("path", ["/api/v1/me", "/_allauth/app/v1/auth/login", "/api/cms/pages/"])
def test_what_breaks_outside_of_a_view_is_a_problem_to_a_program(path: str) -> None:
    request = RequestFactory().get(path)
    try:
        raise OperationalError("the connection is lost")
    except OperationalError:
        answer = crashed(request)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Content-Type"] == "application/problem+json"


def test_what_is_broken_for_good_does_not_ask_to_come_again() -> None:
    try:
        raise KeyError("a defect")
    except KeyError:
        answer = crashed(RequestFactory().get("/admin/"))

    assert (answer.status_code, answer.get("Retry-After")) == (500, None)
    assert "a defect" not in answer.content.decode()
