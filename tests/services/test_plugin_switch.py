"""The switch of a plugin: seen by the very next request of three servers, when a fourth writes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deploy.processes import ROOT
from tests.services.servers import Server, environment_of, product_server, run_in

# For the tables alone, which `data` copies: the processes have a database of their own.
pytestmark = [pytest.mark.django_db, pytest.mark.long]

SHELF = str(ROOT / "tests" / "plugins")
SERVERS = 3
ADDRESSES = ("/api/v1/probe/echo", "/api/v1/probe/", "/_plugins/probe/1.0.0/index.js")
FOUND_ANOTHER = """
from wagtail.models import Site
from lyceum.content.founding import found_school
Site.objects.filter(hostname="toto.test").update(hostname="toto.localhost")
found_school(slug="other", name="Another", host="other.localhost", languages=["en"],
             signup_policy="open", catalogue="public")
"""


@pytest.fixture(scope="module")
def servers(data: Path) -> Iterator[list[Server]]:
    """Three servers, each one process that answers, over one SQLite database of two schools."""
    run_in(environment_of(data, LYCEUM_PLUGIN_SHELVES=SHELF), FOUND_ANOTHER)
    with ExitStack() as stack:
        yield [
            stack.enter_context(product_server(data, workers=1, LYCEUM_PLUGIN_SHELVES=SHELF))
            for _ in range(SERVERS)
        ]


def switch(data: Path, act: str, school: str = "toto") -> None:
    """Switch the probe, in a process of its own."""
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "plugins", act, "probe", "--school", school],
        cwd=ROOT,
        env=environment_of(data, LYCEUM_PLUGIN_SHELVES=SHELF),
        check=True,
        capture_output=True,
    )


def features_of(server: Server, school: str = "toto") -> list[str]:
    told = server.call("GET", "/api/v1/school", **{"X-School": school}).body
    return [plugin["slug"] for plugin in told["plugins"]]


def answers_of(server: Server, slug: str, school: str = "toto") -> list[tuple[int, bytes]]:
    """Return what a server answers at a plugin's addresses, on the school's own host."""
    named = {"X-School": school, "Host": f"{school}.localhost"}
    replies = [
        server.send("GET", address.replace("probe", slug), None, **named) for address in ADDRESSES
    ]
    return [(reply.status, reply.content) for reply in replies]


def test_every_process_sees_the_switch_with_its_very_next_request(
    data: Path, servers: list[Server]
) -> None:
    nobody = [answers_of(server, "nobody") for server in servers]
    # Each has read the school, and keeps it, before somebody else writes.
    assert [features_of(server) for server in servers] == [[]] * SERVERS

    for _ in range(2):
        switch(data, "enable")
        on = [answers_of(server, "probe") for server in servers]
        assert [[status for status, _ in told] for told in on] == [[401, 404, 200]] * SERVERS
        assert [features_of(server) for server in servers] == [["probe"]] * SERVERS

        switch(data, "disable")
        off = [answers_of(server, "probe") for server in servers]
        assert off == nobody, "off is as what never was, in each of them"
        assert [features_of(server) for server in servers] == [[]] * SERVERS


def test_it_is_on_in_one_school_and_off_in_another_in_every_process(
    data: Path, servers: list[Server]
) -> None:
    switch(data, "enable", "other")
    try:
        for server in servers:
            assert features_of(server, "other") == ["probe"]
            assert answers_of(server, "probe", "other")[2][0] == 200
            assert features_of(server) == []
            assert answers_of(server, "probe") == answers_of(server, "nobody")
    finally:
        switch(data, "disable", "other")
