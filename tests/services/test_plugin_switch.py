"""The switch of a plugin: seen by the very next request of three servers, when a fourth writes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from deploy.processes import ROOT
from lyceum.kernel.plugins.host import host
from lyceum.testing.addresses import addresses_beside, addresses_of
from lyceum.testing.off import METHODS, is_mounted, unknown_like
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
SWITCH_ALL = """
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import school_by_slug
from lyceum.schools.plugins.switching import disable_plugin, enable_plugin
act, order = {act}_plugin, host.loaded()[::{step}]
for plugin in order:
    act(actor=None, school=school_by_slug("{school}"), slug=plugin.slug, at=now())
"""
# Tells, each time that it is asked, which doors of all plugins it has open.
WATCH = """
import json, sys
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import school_by_slug
from lyceum.testing.doors import doors_at
from lyceum.testing.people import a_person
operator = a_person(is_superuser=True)
for _ in sys.stdin:
    told = {}
    for slug in ("toto", "other"):
        school = school_by_slug(slug)
        told[slug] = {
            f"{plugin.slug}: {door}": is_open
            for plugin in host.loaded()
            for door, is_open in doors_at(plugin.slug, school, operator=operator).items()
        }
    print(json.dumps(told), flush=True)
"""
# Of each answer its own, or of the connection.
APART = {"x-request-id", "date", "expires"}


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


def switch_all(data: Path, act: str, school: str) -> None:
    """Switch all plugins there are, in a process of its own; off in turned order."""
    script = SWITCH_ALL.format(act=act, school=school, step=1 if act == "enable" else -1)
    run_in(environment_of(data, LYCEUM_PLUGIN_SHELVES=SHELF), script)


@pytest.fixture
def doors(data: Path, servers: list[Server]) -> Iterator[Callable[[], Any]]:
    """A process that lives on, and what it tells of its doors at the two schools when asked."""
    process = subprocess.Popen(
        [sys.executable, "-c", WATCH],
        cwd=ROOT,
        env=environment_of(data, LYCEUM_PLUGIN_SHELVES=SHELF),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask() -> Any:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield ask
    process.communicate()


def answer_of(server: Server, school: str, method: str, path: str, token: str) -> Any:
    """Return what a server answers on a school's own host, as far as it may not differ."""
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    body = None if method in ("GET", "HEAD", "OPTIONS") else b'{"anything": 1}'
    named = {"Host": f"{school}.localhost", "Content-Type": "application/json"}
    reply = server.send(method, path, body, **{"X-School": school}, **named, **shown)
    headers = {name: value for name, value in reply.headers.items() if name.lower() not in APART}
    return reply.status, headers, reply.content


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


def test_every_door_of_every_plugin_opens_and_shuts_in_a_process_that_lives_on(
    data: Path, doors: Callable[[], Any]
) -> None:
    before = doors()
    assert [door for school in before.values() for door, is_open in school.items() if is_open] == []

    switch_all(data, "enable", "toto")
    told = doors()
    assert [door for door, is_open in told["toto"].items() if not is_open] == []
    assert [door for door, is_open in told["other"].items() if is_open] == []

    switch_all(data, "disable", "toto")
    assert doors() == before


def test_every_address_of_every_plugin_is_there_for_one_school_alone(
    data: Path, servers: list[Server]
) -> None:
    walked = {plugin.slug: addresses_of(plugin.slug) for plugin in host.loaded()}
    for server in servers:
        # It has read both schools, and keeps them.
        assert features_of(server) == features_of(server, "other") == []
    switch_all(data, "enable", "other")
    try:
        for number, (slug, addresses) in enumerate(walked.items()):
            server, other = servers[number % SERVERS], servers[(number + 1) % SERVERS]
            for address in addresses + addresses_beside(slug):
                off_like_nobody(server, slug, address)
            for address in addresses:
                there = [answer_of(other, "other", "GET", path, "") for path in at(slug, address)]
                gone = [answer_of(other, "other", "PUT", path, "") for path in at(slug, address)]
                is_there = there[0] != there[1] or gone[0] != gone[1]
                assert is_there or is_mounted(address), f"{address} is nowhere."
    finally:
        switch_all(data, "disable", "other")


def at(slug: str, address: str) -> list[str]:
    """Return an address of a plugin, and the same of nobody's."""
    return [address, address.replace(f"/{slug}", f"/{unknown_like(slug)}", 1)]


def off_like_nobody(server: Server, slug: str, address: str) -> None:
    for method in METHODS:
        for token in ("", "nonsense"):
            own, nobody = (
                answer_of(server, "toto", method, path, token) for path in at(slug, address)
            )
            told = json.dumps([own[0], own[1], own[2].decode()])
            other = json.dumps([nobody[0], nobody[1], nobody[2].decode()])
            assert told == other.replace(unknown_like(slug), slug), f"{method} {address}"
