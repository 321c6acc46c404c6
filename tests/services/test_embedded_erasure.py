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
from tests.services.test_topology import WEBM
from tests.services.visitors import HEAD, MANAGER, MOMENTS, WORDS, Caller, live, signed_up

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


def cleared(instance: Embedded, words: tuple[str, ...]) -> None:
    """Wait until the worker has cleared away what was deleted, and no word is found any more."""
    deadline = time.monotonic() + PATIENCE
    while (left := traces(instance.held(), words)) and time.monotonic() < deadline:
        time.sleep(2)
    assert left == {}


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

    cleared(instance, WORDS)


TITLE, DRAFT = "Secretly-about-zebras", "Not-yet-about-zebras"
WROTE, CHILD, INVITED = "Written-among-zebras", "quetzalina", "invited.among@zebras.example"
OF_THE_SCHOOL = (TITLE, DRAFT, WROTE, CHILD, INVITED)
TEACH = f"""
from itertools import count
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file
from lyceum.content.models import LibraryDocument, LibraryImage
from lyceum.schools.current import school_by_slug
from tests import pages
from tests.children import a_child, a_class
from tests.pages import a_lesson
from tests.people import a_member
pages._numbers = count(100)  # the seeding, another process, began with 1 too
school = school_by_slug("toto")
a_member(school, "admin", email="{HEAD["email"]}")
lesson = a_lesson(school, "{TITLE}", slug="{TITLE.lower()}")
lesson.title_en = "{DRAFT}"
lesson.save_revision()
where = {{"collection_id": school.collection_id}}
LibraryImage.objects.create(title="{TITLE}", file=get_test_image_file("{TITLE}.png"), **where)
told = ContentFile(b"{TITLE}", name="{TITLE}.txt")
LibraryDocument.objects.create(title="{TITLE}", file=told, **where)
a_child(school, "{CHILD}", cohort=a_class(school, name="{TITLE}"))
"""


def test_after_the_deletion_of_a_school_no_byte_tells_of_what_it_had(instance: Embedded) -> None:
    server = instance.server
    instance.run(TEACH)
    one, head = (Caller(server, server.log_in(**who)) for who in (MANAGER, HEAD))
    one.ask("POST", MOMENTS, {"text": WROTE}, expect=201)
    one.send("/api/v1/media", WEBM + WROTE.encode(), "audio/webm")
    invited = {"email": INVITED, "roles": ["student"]}
    one.ask("POST", "/api/v1/school/invitations", invited, expect=201)
    one.ask("GET", f"/api/v1/content/search?q={TITLE}", expect=200)
    head.confirm()
    head.ask("POST", "/api/v1/school/export", expect=202)
    until(lambda: archives(instance), "The archive was not made.")
    before = traces(instance.held(), OF_THE_SCHOOL)
    assert set(before["rows of lyceum.sqlite3"]) == set(OF_THE_SCHOOL)
    assert [name for name in before if name.startswith("media/exports/")]

    head.ask("DELETE", "/api/v1/school", {"slug": "toto"}, expect=204)

    cleared(instance, OF_THE_SCHOOL)
    # People stay, as accounts.
    kept = traces(instance.held(), (HEAD["email"],))
    assert "rows of lyceum.sqlite3" in kept
