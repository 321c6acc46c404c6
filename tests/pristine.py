"""The test database as the migrations leave it: where it comes from, and back to it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from deploy.processes import python_path

TEMPLATE = "lyceum_template"
ONE_AT_A_TIME = 7_421  # any number: the lock under which the template is made


def begin_with_a_copy() -> None:
    """Let the test database be a copy of the migrated one, where there is one or one can be."""
    if connection.vendor == "postgresql":
        _copy_template()
    elif _kept_file().exists():
        shutil.copy(_kept_file(), connections["default"].settings_dict["TEST"]["NAME"])


class Files:
    """
    SQLite's databases, copied back whole: milliseconds.

    Django would empty each of a hundred tables and fill in its own rows again: seconds a test.
    """

    def __init__(self, folder: Path) -> None:
        self.kept = {alias: _copy_of(alias, folder / alias) for alias in connections}
        if not _kept_file().exists():
            _keep(self.kept["default"])

    def restore(self) -> None:
        for alias, path in self.kept.items():
            connections[alias].ensure_connection()
            with sqlite3.connect(path) as copy:
                copy.backup(connections[alias].connection)


class Rows:
    """PostgreSQL's rows: what tests left is deleted, what the migrations made is put back."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            self.tables = [name for (name,) in cursor.fetchall()]
            self.rows = {table: _rows_of(cursor, table) for table in _filled(cursor, self.tables)}
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
            self.sequences = cursor.fetchall()

    def restore(self) -> None:
        with connection.cursor() as cursor:
            # Neither the order of tables nor the refusal to change an event holds here.
            cursor.execute("SET session_replication_role = replica")
            for table in _filled(cursor, self.tables):
                cursor.execute(f'DELETE FROM "{table}"')
            for table, rows in self.rows.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as copy:
                    copy.write(rows)
            cursor.execute("SET session_replication_role = origin")
            calls = (_setval(name, last) for name, last in self.sequences)
            cursor.execute("SELECT " + ", ".join(calls))


def _filled(cursor: Any, tables: list[str]) -> list[str]:
    """Return the tables that hold a row. One query."""
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]


def _rows_of(cursor: Any, table: str) -> bytes:
    with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
        return b"".join(copy)


def _setval(name: str, last: int | None) -> str:
    return f"setval('\"{name}\"', {last or 1}, {'true' if last else 'false'})"


def _copy_template() -> None:
    parts = settings.DATABASES["default"]
    name = connections["default"].settings_dict["TEST"]["NAME"] or f"test_{parts['NAME']}"
    address = os.environ["LYCEUM_TEST_DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{address}/postgres", autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        there = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not server.execute(there, [TEMPLATE]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            _migrate(f"{address}/{TEMPLATE}")
        for statement in ("DROP DATABASE IF EXISTS {}", "CREATE DATABASE {} TEMPLATE {}"):
            names = (sql.Identifier(name), sql.Identifier(TEMPLATE))
            server.execute(sql.SQL(statement).format(*names[: statement.count("{}")]))


def _migrate(address: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.ROOT,
        env={
            **os.environ,
            "LYCEUM_TEST_DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "deploy.settings.test",
            "PYTHONPATH": python_path(),
        },
        check=True,
    )


def _kept_file() -> Path:
    """Return where the migrated, empty database is kept: a name for each state of migrations."""
    digest = hashlib.sha256()
    for source in (
        *sorted(settings.ROOT.glob("platform/**/migrations/*.py")),
        *sorted(settings.ROOT.glob("content_types/migrations/*.py")),
        *sorted(settings.ROOT.glob("plugins/*/migrations/*.py")),
        *sorted(settings.ROOT.glob("tests/plugins/*/migrations/*.py")),
        settings.ROOT / "deploy/requirements.lock",
        settings.ROOT / "deploy/settings/base.py",
    ):
        digest.update(source.read_bytes())
    return Path(settings.ROOT, ".data", f"test-template-{digest.hexdigest()[:16]}.sqlite3")


def _keep(pristine: Path) -> None:
    template = _kept_file()
    template.parent.mkdir(exist_ok=True)
    for old in template.parent.glob("test-template-*"):
        old.unlink(missing_ok=True)
    # Renamed into place: two processes of one suite must not meet half a file.
    unfinished = template.with_suffix(f".{os.getpid()}")
    shutil.copy(pristine, unfinished)
    unfinished.rename(template)


def _copy_of(alias: str, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as copy:
        connections[alias].ensure_connection()
        connections[alias].connection.backup(copy)
    return path
