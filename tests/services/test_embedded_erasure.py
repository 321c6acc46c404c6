"""A person and a school erased where all is files: looked for in every byte of these."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.processes import Child
from deploy.serving import worker_command
from tests.lives import EMAIL
from tests.migrated import sqlite_file
from tests.services.kept import files_in, rows_in, traces
from tests.services.servers import (
    MailServer,
    Server,
    environment_of,
    local,
    mail_server,
    product_server,
    run_in,
)
from tests.services.visitors import MANAGER, WORDS, Caller, live, signed_up

pytestmark = pytest.mark.long

PATIENCE = 150.0  # what clears remnants waits a minute where somebody reads
PLUGINS = ("moments", "badges")
FOUND = """
from django.core.management import call_command
from tests.services.seeding import seed
call_command("createcachetable", database="cache")
seed()
for plugin in {plugins!r}:
    call_command("plugins", "enable", plugin, school="toto")
"""
LEAVE = "from tests.services.leaving import leave\nleave()"
OF_A_SCHOOL = """
from tests.children import a_child
from tests.services.leaving import teach
teach()
"""


@dataclass(frozen=True)
class Embedded:
    """An instance whose database, cache, queue and files are a folder."""

    data: Path
    server: Server
    mails: MailServer

    def run(self, script: str) -> str:
        return run_in(environment_of(self.data), script)

    def held(self) -> dict[str, bytes]:
        """Return every file raw, and the rows that the databases tell."""
        files = {name: held for name, held in files_in(self.data).items() if "mails" not in name}
        rows = {f"rows of {path.name}": rows_in(path) for path in self.data.glob("*.sqlite3")}
        return files | rows


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Embedded]:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(sqlite_file(), data / "lyceum.sqlite3")
    run_in(environment_of(data), FOUND.format(plugins=PLUGINS))
    with mail_server(tmp_path / "mails") as mails:
        told = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mails.port)}
        environment = local(data) | told
        worker = Child("worker", worker_command(), environment, log=data / "worker.log")
        with product_server(data, workers=2, **told) as server:
            worker.start()
            try:
                yield Embedded(data, server, mails)
            finally:
                worker.stop(60)


def until(done: Callable[[], Any], said: str) -> Any:
    """Wait until something is so; return what it came to."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if came := done():
            return came
        time.sleep(1)
    raise AssertionError(said)


def archives(instance: Embedded) -> list[Any]:
    with closing(sqlite3.connect(instance.data / "lyceum.sqlite3")) as database:
        asked = "SELECT uuid FROM accounts_export WHERE status = 'ready'"
        return database.execute(asked).fetchall()


def test_after_an_erasure_no_byte_of_any_file_tells_of_a_person(instance: Embedded) -> None:
    server = instance.server
    one = signed_up(server, instance.mails, EMAIL)
    other = Caller(server, server.log_in(**MANAGER))
    instance.run(LEAVE)
    live(one, other)
    until(lambda: archives(instance), "The archive was not made.")
    before = traces(instance.held())
    assert set(before["rows of lyceum.sqlite3"]) == set(WORDS)

    one.confirm()
    one.ask("DELETE", "/api/v1/me", {"confirm": EMAIL}, expect=204)

    until(lambda: not traces(instance.held()), "Something is left.")
