"""A whole production instance for tests: its engines, two web processes and a worker."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deploy.engines import MissingProgram, found, postgres_programs, run_to_the_end
from deploy.processes import ROOT
from deploy.topology import Topology
from tests.engines import QUICK, a_folder
from tests.migrated import fill
from tests.services.servers import MailServer, Server


def need_engines() -> None:
    """Skip, saying so, where an engine is not installed and none is required."""
    try:
        postgres_programs()
        found("redis-server", package="redis-server")
    except MissingProgram as missing:
        if "engines" in os.environ.get("LYCEUM_TEST_REQUIRE", ""):
            pytest.fail(f"{missing} It is required here (LYCEUM_TEST_REQUIRE).")
        pytest.skip(str(missing))


@contextmanager
def a_topology(**more: str) -> Iterator[Topology]:
    """Run an instance with one school on it, `toto`, for the length of a block."""
    need_engines()
    with a_folder() as folder:
        # The copied database has the tables of the tests' plugins: a backup names them too.
        more = {"LYCEUM_PLUGIN_SHELVES": str(ROOT / "tests" / "plugins"), **more}
        topology = Topology(folder, more=more, postgres_settings=QUICK)
        try:
            topology.start_engines()
            fill(topology.postgres, "lyceum")
            topology.prepare()
            topology.start_product()
            run_python(topology, "-m", "tests.services.seeding")
            yield topology
        finally:
            topology.stop()


def run_python(topology: Topology, *arguments: str) -> None:
    """Run Python with the product's environment on a topology."""
    run_to_the_end([sys.executable, *arguments], topology.whole_environment())


def server_of(topology: Topology) -> Server:
    """Return the instance as its clients see it, through a proxy that ends TLS."""
    manners = {"X-School": "toto", "X-Forwarded-Proto": "https"}
    return Server(topology.port, manners, topology.web)


def mails_of(topology: Topology) -> MailServer:
    """Return what the instance mailed."""
    assert topology.mail.port is not None
    return MailServer(port=topology.mail.port, folder=topology.mail.folder)
