"""An engine goes away and comes back: errors only meanwhile, nothing lost, no hand needed."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from deploy.topology import Topology
from tests.clients import code_in
from tests.people import PASSWORD
from tests.services.mails import text_of
from tests.services.servers import Server
from tests.services.test_topology import WEBM
from tests.services.topologies import a_topology, mails_of, run_python, server_of

pytestmark = pytest.mark.long

PATIENCE = 150.0  # seconds for what the worker does once a minute
LEARNERS = 4


@pytest.fixture(scope="module")
def server(topology: Topology) -> Server:
    return server_of(topology)


@pytest.fixture(scope="module")
def bearer(server: Server) -> dict[str, str]:
    """What a member's requests carry."""
    who = {"email": "manager@example.test", "password": PASSWORD}
    logged_in = server.auth("POST", "auth/login", who)
    return {"Authorization": f"Bearer {logged_in.body['meta']['access_token']}"}


@dataclass
class Learning:
    """Learners who answer until they are stopped, and send again what was not taken."""

    server: Server
    bearer: dict[str, str]
    exercise: str
    option: str
    acknowledged: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Learning:
        self.threads = [threading.Thread(target=self._learn) for _ in range(LEARNERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def wait_for_answers(self, more: int) -> None:
        """Wait until so many more answers were taken."""
        wanted = len(self.acknowledged) + more
        until(lambda: len(self.acknowledged) >= wanted, "learners get through again")

    def _learn(self) -> None:
        while not self.over.is_set():
            client_id = str(uuid4())
            while not self._send(client_id):
                time.sleep(0.2)
            self.acknowledged.append(client_id)

    def _send(self, client_id: str) -> bool:
        reply = self.server.call(
            "POST",
            f"/api/v1/learning/exercises/{self.exercise}/attempts",
            {"answer": {"choices": [self.option]}, "seconds": 5, "client_id": client_id},
            **self.bearer,
        )
        self.statuses[reply.status] += 1
        if reply.status >= 400:
            when = "and says when" if "retry-after" in reply.headers else "and does not say when"
            self.codes[f"{reply.body.get('code')} {when}"] += 1
        return reply.status < 300


@pytest.fixture
def learning(server: Server, bearer: dict[str, str]) -> Iterator[Learning]:
    lesson = server.call("GET", "/api/v1/content/lessons", **bearer).body["items"][0]
    path = f"/api/v1/content/lessons/{lesson['id']}/exercises"
    exercise = server.call("GET", path, **bearer).body["items"][0]
    option = exercise["task"]["options"][0]["id"]
    with Learning(server, bearer, exercise["id"], option) as learning:
        learning.wait_for_answers(8)
        yield learning


def kept_attempts(topology: Topology) -> list[str]:
    rows = query(topology, "SELECT client_id::text FROM learning_attempt ORDER BY 1")
    return [client_id for (client_id,) in rows]


def query(topology: Topology, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(topology.postgres.url()) as connection:
        return connection.execute(statement).fetchall()  # type: ignore[arg-type]


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"It took too long: {what}"
        time.sleep(0.2)


def waiting(topology: Topology) -> int:
    """Return how much news has yet to reach somebody."""
    ((count,),) = query(topology, "SELECT count(*) FROM events_delivery")
    return int(count)


def is_ready(server: Server) -> bool:
    return server.call("GET", "/api/v1/health/ready").status == 200


def figures(topology: Topology) -> list[list[tuple[Any, ...]]]:
    """Return what reports are read from."""
    tallies = "exercise, attempts, marked, correct, score_total FROM learning_exercisetally"
    days = "day, attempts, correct, lessons_completed FROM learning_schoolday"
    return [query(topology, f"SELECT {what} ORDER BY 1") for what in (tallies, days)]


def test_postgresql_dies_and_comes_back_under_learners_at_work(
    topology: Topology, server: Server, learning: Learning
) -> None:
    topology.postgres.kill()
    time.sleep(4)
    meanwhile = server.call("GET", "/api/v1/health/ready")
    topology.postgres.start_and_wait()

    learning.wait_for_answers(20)
    learning.__exit__()

    assert (meanwhile.status, meanwhile.body["database"]) == (503, "unavailable")
    assert set(learning.statuses) == {201, 200, 503} or set(learning.statuses) == {201, 503}
    assert set(learning.codes) == {"unavailable and says when"}
    assert set(learning.acknowledged) <= set(kept_attempts(topology))
    assert len(kept_attempts(topology)) == len(set(kept_attempts(topology)))
    until(lambda: is_ready(server), "all is well again")


def test_redis_is_gone_for_a_minute(
    topology: Topology, server: Server, bearer: dict[str, str], learning: Learning
) -> None:
    topology.redis.kill()
    gone_at = time.monotonic()
    log_in = server.auth("POST", "auth/login", {"email": "a@example.test", "password": PASSWORD})
    read = server.call("GET", "/api/v1/content/lessons", **bearer)
    ready = server.call("GET", "/api/v1/health/ready")
    time.sleep(max(0.0, 60 - (time.monotonic() - gone_at)))
    topology.redis.start_and_wait()

    learning.wait_for_answers(8)
    learning.__exit__()

    # Without its counters a log-in could be tried without end: it is not tried at all.
    assert (log_in.status, log_in.body["code"]) == (503, "unavailable")
    # What needs no counter goes on.
    assert read.status == 200
    assert (ready.status, ready.body["cache"]) == (503, "unavailable")
    assert set(learning.statuses) <= {200, 201, 503}
    assert set(learning.acknowledged) <= set(kept_attempts(topology))
    until(lambda: is_ready(server), "all is well again")
    until(lambda: not waiting(topology), "the worker goes on by itself")
    who = {"email": "late@example.test", "password": PASSWORD}
    assert server.auth("POST", "auth/signup", who).status == 401
    assert code_in(text_of(mails_of(topology).take_mail_to(who["email"])))


def test_the_bucket_is_gone(topology: Topology, server: Server, bearer: dict[str, str]) -> None:
    handed_in = server.upload("/api/v1/media", "me.webm", WEBM, "audio/webm", **bearer)
    topology.s3.stop()

    refused = server.upload("/api/v1/media", "me.webm", WEBM, "audio/webm", **bearer)
    read = server.call("GET", "/api/v1/content/lessons", **bearer)
    topology.s3.start_and_wait()
    again = server.upload("/api/v1/media", "me.webm", WEBM, "audio/webm", **bearer)
    kept = server.call("GET", f"/api/v1/media/{handed_in.body['id']}/file", **bearer)

    assert (refused.status, refused.body["code"]) == (503, "unavailable")
    assert read.status == 200
    assert (again.status, kept.status) == (201, 302)


def test_a_worker_that_is_killed_at_its_work_loses_and_doubles_nothing(topology: Topology) -> None:
    run_python(topology, "-m", "tests.services.left_behind")
    assert waiting(topology) > 500

    killed = 0
    while killed < 3 and waiting(topology):
        before = waiting(topology)
        until(lambda seen=before: waiting(topology) < seen, "the worker has begun")  # type: ignore[misc]
        killed += bool(waiting(topology))
        topology.worker.kill()
        topology.worker.start()

    assert killed
    until(lambda: not waiting(topology), "the outbox is empty")
    delivered = figures(topology)
    topology.manage("rollups", "rebuild")
    assert delivered == figures(topology)


def test_a_backup_of_one_instance_is_another_instance(
    topology: Topology, server: Server, tmp_path: Path
) -> None:
    documents = "SELECT to_jsonb(d) FROM content_document d ORDER BY id"
    lessons = server.call("GET", "/api/v1/content/lessons")
    before = query(topology, documents)
    topology.manage("backup", str(tmp_path / "monday"))

    with a_topology() as other:
        other.manage("restore", str(tmp_path / "monday"), "--replace")

        assert query(other, documents) == before
        assert server_of(other).call("GET", "/api/v1/content/lessons").body == lessons.body
        other.manage("documents", "check")
