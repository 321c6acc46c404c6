"""The product on its real engines: PostgreSQL, Redis, S3, two web processes and a worker."""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deploy.topology import Topology
from tests.clients import code_in
from tests.people import PASSWORD
from tests.services.mails import text_of
from tests.services.servers import MailServer, Reply, Server
from tests.services.topologies import mails_of, server_of

pytestmark = pytest.mark.long

CREDENTIALS = {"email": "manager@example.test", "password": PASSWORD}
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + (
    b"x" * 50
)


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


def test_without_its_database_the_instance_says_so_everywhere_and_comes_back(
    topology: Topology, server: Server
) -> None:
    topology.postgres.stop()
    try:
        listed = server.call("GET", "/api/v1/content/lessons?level=all")
        tried = server.auth("POST", "auth/login", CREDENTIALS)
        page = server.call("GET", "/admin/login/", Host="toto.test")
        report = server.call("GET", "/api/v1/health/ready")
    finally:
        topology.postgres.start_and_wait()

    assert is_unavailable(listed)
    assert is_unavailable(tried)
    assert (page.status, page.headers["retry-after"]) == (503, "5")
    assert page.headers["content-type"].startswith("text/html")
    assert (report.status, report.body["database"], report.body["cache"]) == (
        503,
        "unavailable",
        "ok",
    )
    back = until(lambda: server.call("GET", "/api/v1/content/lessons?level=all"))
    assert [lesson["title"] for lesson in back.body["items"]] == ["Animals"]


def test_without_redis_only_what_is_limited_waits(topology: Topology, server: Server) -> None:
    topology.redis.stop()
    try:
        listed = server.call("GET", "/api/v1/content/lessons?level=all")
        tried = server.auth("POST", "auth/login", CREDENTIALS)
        report = server.call("GET", "/api/v1/health/ready")
    finally:
        topology.redis.start_and_wait()

    assert listed.status == 200
    assert is_unavailable(tried)
    assert (report.status, report.body["database"], report.body["cache"]) == (
        503,
        "ok",
        "unavailable",
    )
    assert until(lambda: server.auth("POST", "auth/login", CREDENTIALS)).status == 200


def test_the_bucket_holds_what_it_held_before_its_service_was_lost(
    topology: Topology, server: Server, mails: MailServer
) -> None:
    bearer = signed_up(server, mails, "mia@example.test")
    kept = server.upload("/api/v1/media", "me.webm", WEBM, "audio/webm", **bearer).body["id"]

    topology.s3.stop()
    try:
        refused = server.upload("/api/v1/media", "me.webm", WEBM, "audio/webm", **bearer)
        report = server.call("GET", "/api/v1/health/ready")
    finally:
        topology.s3.start_and_wait()

    assert is_unavailable(refused)
    assert (report.status, report.body["files"]) == (200, "unavailable")
    where = server.call("GET", f"/api/v1/media/{kept}/file", **bearer).headers["location"]
    with urllib.request.urlopen(where) as answer:
        assert answer.read() == WEBM


def test_a_web_process_that_is_killed_is_replaced(topology: Topology, server: Server) -> None:
    killed = children_of(topology.web.pid)[0]

    os.kill(killed, signal.SIGKILL)

    until(lambda: server.call("GET", "/api/v1/health/live"))
    for _ in range(200):
        now = children_of(topology.web.pid)
        if killed not in now and len(now) >= topology.web_processes:
            break
        time.sleep(0.1)
    assert killed not in now
    assert len(now) >= topology.web_processes


def is_unavailable(reply: Reply) -> bool:
    told = (reply.status, reply.body.get("code"), reply.headers.get("retry-after"))
    return told == (503, "unavailable", "5")


def until(ask: Callable[[], Reply], patience: float = 30.0) -> Reply:
    """Ask again while something is away, or nobody answers; return the first other answer."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            reply = ask()
        except OSError:  # the connection was that of a process that died
            reply = Reply(status=503, body={})
        if reply.status != 503:
            break
        time.sleep(0.2)
    return reply


def children_of(pid: int) -> list[int]:
    """Return the processes that a process started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(number) for number in listed.split()]
