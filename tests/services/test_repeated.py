"""Requests sent again, to a real server of two processes that are killed meanwhile.

On SQLite, and with the long tests on PostgreSQL as well.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from time import sleep
from uuid import uuid4

import pytest

from tests.people import PASSWORD
from tests.services.servers import Reply, Server, environment_of, product_server, run_in
from tests.services.topologies import a_topology, server_of

WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
MOST_TRIES = 600

A_LEARNER_AND_AN_EXERCISE = """
from lyceum.schools.current import school_by_slug
from tests.people import a_learner
from tests.pages import a_category, a_lesson, a_subcategory, an_exercise
from tests.content_types.exercise_kinds.tasks import a_text_with_gaps
school = school_by_slug("toto")
a_learner(school, email="ana@example.test")
# Named: what another process made there before is numbered from 1 as well.
lesson = a_lesson(a_subcategory(a_category(school, slug="sent-again")))
exercise = an_exercise(lesson, task=[("fill_blank", a_text_with_gaps())])
print(exercise.uuid)
"""

COUNT = """
import json
from lyceum.content.models import Recording
from lyceum.events.models import AuditEntry, Event
from lyceum.http.models import StoredAnswer
from lyceum.learning.models import Attempt, ExerciseState
print(json.dumps({
    "recordings": Recording.objects.count(),
    "recordings audited": AuditEntry.objects.filter(action="recording.kept").count(),
    "recordings named in the audit": len(set(
        AuditEntry.objects.filter(action="recording.kept").values_list("target", flat=True))),
    "stored answers": StoredAnswer.objects.exclude(status=0).count(),
    "half stored answers": StoredAnswer.objects.filter(status=0).count(),
    "attempts": Attempt.objects.count(),
    "numbers of attempts": len(set(Attempt.objects.values_list("number", flat=True))),
    "attempts in the outbox": len(set(
        Event.objects.filter(type="exercise_attempted").values_list("uuid", flat=True))),
    "attempts counted": sum(ExerciseState.objects.values_list("attempts", flat=True)),
}))
"""


@dataclass(frozen=True)
class House:
    """A running instance, whatever it keeps its data in, with a learner's header in it."""

    server: Server
    environment: dict[str, str]
    exercise: str
    ana: dict[str, str]

    def counts(self) -> dict[str, int]:
        told: dict[str, int] = json.loads(run_in(self.environment, COUNT))
        return told


@pytest.fixture(scope="module", params=["sqlite", pytest.param("engines", marks=pytest.mark.long)])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    if request.param == "engines":
        with a_topology() as topology:
            yield _furnished(server_of(topology), topology.whole_environment())
        return
    data = request.getfixturevalue("data")
    with product_server(data, workers=2) as server:
        yield _furnished(server, environment_of(data))


def _furnished(server: Server, environment: dict[str, str]) -> House:
    exercise = run_in(environment, A_LEARNER_AND_AN_EXERCISE).strip()
    ana = server.log_in("ana@example.test", PASSWORD)
    return House(server, environment, exercise, ana)


def hand_in(house: House, key: str) -> Reply:
    head = {"Idempotency-Key": key, **house.ana}
    return house.server.upload("/api/v1/media", "a.webm", WEBM, "audio/webm", **head)


def answer(house: House, client_id: str) -> Reply:
    path = f"/api/v1/learning/exercises/{house.exercise}/attempts"
    given = {"answer": {"gaps": ["am", "is"]}, "client_id": client_id}
    return house.server.call("POST", path, given, **house.ana)


def test_a_file_sent_in_chunks_is_taken(house: House) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.webm"\r\n\r\n' + WEBM
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    chunks = iter([form[:40], form[40:], b"\r\n--x--\r\n"])

    reply = house.server.send("POST", "/api/v1/media", chunks, **kind, **house.ana)

    assert (reply.status, reply.body.get("size")) == (201, len(WEBM))


def test_thirty_keys_eight_times_at_once_make_thirty_things(house: House) -> None:
    before = house.counts()
    keys = [f"key-{uuid4()}" for _ in range(30)]

    with ThreadPoolExecutor(8) as pool:
        sent = [(key, pool.submit(hand_in, house, key)) for key in keys for _ in range(8)]
        told = [(key, answer.result()) for key, answer in sent]

    assert Counter(reply.status for _, reply in told) == {201: 240}
    assert len({(key, reply.body["id"]) for key, reply in told}) == 30
    after = house.counts()
    for what in ("recordings", "recordings audited", "stored answers"):
        assert after[what] - before[what] == 30, what


@pytest.mark.long
def test_two_hundred_keys_make_two_hundred_things_while_workers_are_killed(house: House) -> None:
    before = house.counts()
    work: list[Callable[[], Reply]] = []
    for key in [str(uuid4()) for _ in range(200)]:
        work += [partial(hand_in, house, key), partial(answer, house, key)]

    replies, kills = despite_kills(house.server, work, every=40)

    assert {reply.status for reply in replies} == {201}
    assert len({reply.body["id"] for reply in replies}) == 400
    assert kills == 10
    after = house.counts()
    gained = {what: after[what] - before[what] for what in after}
    assert gained.pop("half stored answers") == 0
    assert set(gained.values()) == {200}, gained


def despite_kills(
    server: Server, work: list[Callable[[], Reply]], *, every: int
) -> tuple[list[Reply], int]:
    """
    Do all work by eight clients that try again until answered, while workers are killed.

    They are killed whenever `every` more answers came: one of them, then all of them, in turn.
    Returns the answers, and how many kills there were.
    """
    done, kills = threading.Semaphore(0), 0

    def release(_: object) -> None:
        done.release()

    with kept_alive(server), ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(persistently, request) for request in work]
        for one in answers:
            one.add_done_callback(release)
        for number in range(1, len(work) + 1):
            done.acquire()
            if number % every == 0:
                workers = server.workers()
                for worker in workers[: 1 + kills % 2]:
                    with suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
                kills += 1
        return [one.result() for one in answers], kills


def persistently(request: Callable[[], Reply]) -> Reply:
    """Send a request until it is answered; a server that is not there is no answer."""
    for _ in range(MOST_TRIES):
        try:
            reply = request()
        except (OSError, HTTPException):
            sleep(0.1)
        else:
            if reply.status != 503:
                return reply
            sleep(0.1)
    raise AssertionError("The server did not come back.")


@contextmanager
def kept_alive(server: Server) -> Iterator[None]:
    """Start a server that ended anew for the length of a block, as whoever runs it does."""
    assert server.web is not None
    web, over = server.web, threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            if web.is_dead():
                web.sweep()
                web.start()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
