"""What tests of real servers share: a folder of data with one school in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.topology import Topology
from tests.migrated import sqlite_file
from tests.services.servers import environment_of, run_in
from tests.services.topologies import a_topology

FOUND_THE_SCHOOL = """
from django.core.management import call_command
from lyceum.content.founding import found_school
call_command("createcachetable", database="cache")
found_school(slug="toto", name="English with Toto", host="toto.test", languages=["en", "es", "ar"],
             signup_policy="open", catalogue="public")
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one school. Its database is SQLite, whatever the suite itself is on."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(sqlite_file(), folder / "lyceum.sqlite3")
    run_in(environment_of(folder), FOUND_THE_SCHOOL)
    return folder


@pytest.fixture(scope="module")
def topology() -> Iterator[Topology]:
    """A whole production instance, with the school `toto`."""
    with a_topology() as running:
        yield running
