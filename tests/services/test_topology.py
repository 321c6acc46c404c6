"""The product on its real engines: PostgreSQL, Redis, S3, two web processes and a worker."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.topology import Topology
from tests.clients import code_in
from tests.people import PASSWORD
from tests.services.servers import MailServer, Server
from tests.services.test_accounts import text_of
from tests.services.topologies import a_topology, mails_of, server_of

pytestmark = pytest.mark.long

WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + (
    b"x" * 50
)


@pytest.fixture(scope="module")
def topology() -> Iterator[Topology]:
    with a_topology() as running:
        yield running


@pytest.fixture(scope="module")
def server(topology: Topology) -> Server:
    return server_of(topology)


@pytest.fixture(scope="module")
def mails(topology: Topology) -> MailServer:
    return mails_of(topology)


def test_a_learners_first_minutes(server: Server, mails: MailServer) -> None:
    bearer = signed_up(server, mails, "ana@example.test")

    me = server.call("GET", "/api/v1/me", **bearer)
    lessons = server.call("GET", "/api/v1/content/lessons?level=all", **bearer)
    lesson = lessons.body["items"][0]
    detail = server.call("GET", f"/api/v1/content/lessons/{lesson['id']}?lang=ar", **bearer)
    found = server.call("GET", "/api/v1/content/search?q=animal", **bearer)
    progress = done(server, lesson, bearer)

    assert me.body["memberships"][0]["slug"] == "toto"
    assert [item["title"] for item in lessons.body["items"]] == ["Animals"]
    assert (detail.status, detail.body["title"]) == (200, "الحَيَوَانات")
    assert [item["id"] for item in found.body["items"]] == [lesson["id"]]
    assert progress["summary"]["lessons_completed"] == 1


def signed_up(server: Server, mails: MailServer, email: str) -> dict[str, str]:
    """Sign up by the code of a mail, log out of that and in again; return what a request says."""
    credentials = {"email": email, "password": PASSWORD}
    asked = server.auth("POST", "auth/signup", credentials)
    code = code_in(text_of(mails.take_mail_to(email)))
    session = {"X-Session-Token": asked.body["meta"]["session_token"]}
    assert server.auth("POST", "auth/email/verify", {"key": code}, **session).status == 200
    logged_in = server.auth("POST", "auth/login", credentials)
    assert logged_in.status == 200
    return {"Authorization": f"Bearer {logged_in.body['meta']['access_token']}"}


def done(server: Server, lesson: dict[str, Any], bearer: dict[str, str]) -> dict[str, Any]:
    """Answer the lesson's exercise, first wrongly; return the learner's progress."""
    path = f"/api/v1/content/lessons/{lesson['id']}/exercises"
    exercise = server.call("GET", path, **bearer).body["items"][0]
    options = {option["text"]: option["id"] for option in exercise["task"]["options"]}
    attempts = f"/api/v1/learning/exercises/{exercise['id']}/attempts"
    for text, correct in (("a dog", False), ("a cat", True)):
        answer = {"answer": {"choices": [options[text]]}, "seconds": 5}
        marked = server.call("POST", attempts, answer, **bearer)
        assert (marked.status, marked.body["correct"]) == (201, correct)
    return server.call("GET", "/api/v1/learning/progress", **bearer).body


def test_a_recording_is_read_back_from_the_bucket(
    topology: Topology, server: Server, mails: MailServer
) -> None:
    bearer = signed_up(server, mails, "leo@example.test")

    handed_in = server.upload("/api/v1/media", "me.webm", WEBM, "audio/webm", **bearer)
    sent_on = server.call("GET", f"/api/v1/media/{handed_in.body['id']}/file", **bearer)

    assert (handed_in.status, sent_on.status) == (201, 302)
    assert sent_on.headers["location"].startswith(f"{topology.s3.address}/lyceum/")
    with urllib.request.urlopen(sent_on.headers["location"]) as answer:
        assert answer.read() == WEBM


def test_the_admin_is_dressed_and_asks_who_is_there(server: Server) -> None:
    page = server.call("GET", "/admin/login/", Host="toto.test")
    sheet = server.call("GET", "/static/wagtailadmin/css/core.css")

    assert page.status == 200
    assert b"/static/wagtailadmin/css/core.css" in page.content
    assert (sheet.status, sheet.headers["content-type"]) == (200, "text/css")


def test_every_engine_reports_well(server: Server) -> None:
    ready = server.call("GET", "/api/v1/health/ready")

    assert ready.status == 200
    assert {ready.body[part] for part in ("database", "cache", "worker", "outbox")} == {"ok"}
