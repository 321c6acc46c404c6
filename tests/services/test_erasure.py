"""A person erased on a whole instance: looked for in dumps, queue, cache, bucket and logs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from deploy.topology import Topology
from plugins.moments.tests.test_media import a_picture
from tests.lives import EMAIL
from tests.services.kept import bucket, dump, everything, of_people, tables_naming, traces
from tests.services.servers import MailServer, Server
from tests.services.test_topology import WEBM
from tests.services.topologies import a_topology, mails_of, run_python, server_of
from tests.services.visitors import MANAGER, MOMENTS, WORDS, Caller, live, signed_up

pytestmark = pytest.mark.long

PATIENCE = 60.0
# What is kept for good says who did it by a number that leads nowhere.
KEPT = {"events_event", "events_auditentry"}


@pytest.fixture(scope="module")
def topology() -> Iterator[Topology]:
    with a_topology() as running:
        running.manage("plugins", "enable", "moments", "--school", "toto")
        running.manage("plugins", "enable", "badges", "--school", "toto")
        yield running


@pytest.fixture(scope="module")
def server(topology: Topology) -> Server:
    return server_of(topology)


@pytest.fixture(scope="module")
def mails(topology: Topology) -> MailServer:
    return mails_of(topology)


def until(done: Callable[[], Any], said: str) -> Any:
    """Wait until something is so; return what it came to."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if came := done():
            return came
        time.sleep(0.2)
    raise AssertionError(said)


def test_after_an_erasure_nothing_that_an_instance_keeps_tells_of_a_person(
    topology: Topology, server: Server, mails: MailServer
) -> None:
    one, other = signed_up(server, mails, EMAIL), Caller(server, server.log_in(**MANAGER))
    run_python(topology, "-m", "tests.services.leaving")
    live(one, other)
    until(lambda: archives(topology), "The archive was not made.")
    before, kept = traces(everything(topology)), set(bucket(topology))
    assert set(before["the database"]) == set(WORDS)
    assert len([name for name in kept if name.startswith("plugins/moments/")]) == 3

    person = one.ask("GET", "/api/v1/me", expect=200)["id"]
    one.confirm()
    one.ask("DELETE", "/api/v1/me", {"confirm": EMAIL}, expect=204)

    assert traces(everything(topology)) == {}
    one.ask("GET", "/api/v1/me", expect=401)
    assert of_people(topology) == []
    until(lambda: nothing_under_way(topology), "News is still under way.")
    assert set(tables_naming(topology, person)) <= KEPT
    assert "Hello there" in dump(topology).decode()  # what another said, who mentioned them
    assert [name for name in bucket(topology) if name.startswith("original_images/")]


def archives(topology: Topology) -> list[Any]:
    with psycopg.connect(topology.postgres.url()) as connection:
        asked = "SELECT uuid FROM accounts_export WHERE status = 'ready'"
        return connection.execute(asked).fetchall()


def test_whoever_serves_a_person_at_the_time_forgets_them_too(
    topology: Topology, server: Server, mails: MailServer
) -> None:
    email = "wilhelmina.busy@traces.example"
    one = signed_up(server, mails, email)
    person = one.ask("GET", "/api/v1/me", expect=200)["id"]
    one.confirm()
    one.ask("POST", "/api/v1/me/export", expect=202)
    replies: list[int] = []
    with ThreadPoolExecutor(6) as pool:
        busy = [pool.submit(keep_busy, one, replies) for _ in range(6)]
        until(lambda: len(replies) > 30, "Nobody was answered.")
        one.confirm()
        one.ask("DELETE", "/api/v1/me", {"confirm": email}, expect=204)
        for each in busy:
            each.result()

    assert set(replies) <= {200, 201, 401}
    after = [one.server.call("GET", "/api/v1/me", **one.bearer).status for _ in range(20)]
    assert after == [401] * 20
    until(lambda: nothing_under_way(topology), "News or archives are still under way.")
    assert of_people(topology) == []
    assert traces(everything(topology), (email, "Wilhelmina")) == {}
    assert set(tables_naming(topology, person)) <= KEPT


def keep_busy(one: Caller, replies: list[int]) -> None:
    """Send what stores rows and files, until one is told that nobody is signed in; a hundred."""
    server, bearer = one.server, one.bearer
    for number in range(100):
        told = [
            server.call("POST", MOMENTS, {"text": f"Wilhelmina says {number}"}, **bearer),
            server.upload(f"{MOMENTS}/media", "x", a_picture(20), "image/jpeg", **bearer),
            server.upload("/api/v1/media", "x", WEBM, "audio/webm", **bearer),
            server.call("PATCH", "/api/v1/me", {"bio": "Wilhelmina"}, **bearer),
        ]
        replies += [reply.status for reply in told]
        if told[-1].status == 401:
            break


def nothing_under_way(topology: Topology) -> bool:
    with psycopg.connect(topology.postgres.url()) as connection:
        asked = """SELECT (SELECT count(*) FROM events_delivery)
                        + (SELECT count(*) FROM accounts_export WHERE status = 'waiting')
                        + (SELECT count(*) FROM schools_droppedfile)"""
        row = connection.execute(asked).fetchone()
    return row == (0,)


def test_a_bucket_that_is_away_is_emptied_when_it_is_back(
    topology: Topology, server: Server, mails: MailServer
) -> None:
    email = "ottoline.late@traces.example"
    one = signed_up(server, mails, email)
    one.send(f"{MOMENTS}/media", a_picture(), "image/jpeg")
    one.send("/api/v1/media", WEBM, "audio/webm")
    one.confirm()

    topology.s3.stop()
    try:
        one.ask("DELETE", "/api/v1/me", {"confirm": email}, expect=204)
    finally:
        topology.s3.start_and_wait()

    assert len(of_people(topology)) == 2
    run_python(topology, "-c", TIDY_UP)
    assert of_people(topology) == []


TIDY_UP = """
import django
django.setup()
from lyceum.kernel.clock import now
from lyceum.schools.dropping import delete_dropped_files
delete_dropped_files(now())
"""


def test_what_a_plugin_then_what_a_school_kept_leaves_the_bucket(
    topology: Topology, server: Server, mails: MailServer
) -> None:
    other = Caller(server, server.log_in(**MANAGER))
    media = other.send(f"{MOMENTS}/media", a_picture(), "image/jpeg")
    other.ask("POST", MOMENTS, {"text": "Look", "media": [media]}, expect=201)
    other.send("/api/v1/media", WEBM, "audio/webm")

    topology.manage("plugins", "disable", "moments", "--school", "toto")
    topology.manage("plugins", "purge", "moments", "--school", "toto", "--yes")

    assert [name.split("/")[0] for name in of_people(topology)] == ["recordings"]
    topology.manage("privacy", "delete_school", "toto", "--yes")
    assert bucket(topology) == {}
