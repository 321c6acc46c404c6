"""What tests of real servers share: a folder of data with one school in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from deploy.topology import Topology
from tests.services.servers import environment_of, run_in
from tests.services.topologies import a_topology

MIGRATE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
FOUND_THE_SCHOOL = """
from django.core.management import call_command
from lyceum.content.founding import found_school
call_command("createcachetable", database="cache")
found_school(slug="toto", name="English with Toto", host="toto.test", languages=["en", "es", "ar"],
             signup_policy="open", catalogue="public")
"""


@pytest.fixture(scope="module")
def data(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A data folder with one school, from the test database's tables: migrating takes longer."""
    folder = tmp_path_factory.mktemp("data")
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), sqlite3.connect(folder / "lyceum.sqlite3") as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    else:
        run_in(environment_of(folder), MIGRATE)
    run_in(environment_of(folder), FOUND_THE_SCHOOL)
    return folder


@pytest.fixture(scope="module")
def topology() -> Iterator[Topology]:
    """A whole production instance, with the school `toto`."""
    with a_topology() as running:
        yield running
