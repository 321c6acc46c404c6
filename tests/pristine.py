"""The test database as the migrations leave it: where it comes from, and back to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

from tests.engines import TEMPLATE
from tests.migrated import migrate_postgresql, sqlite_file

FLUSH = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
ONE_AT_A_TIME = 7_421  # any number: the lock under which the template is made


@cache
def begin_with_a_copy() -> None:
    """Let the test database be a copy of the migrated one: once a run, whichever tests begin."""
    if connection.vendor == "postgresql":
        _copy_template()
    else:
        shutil.copy(sqlite_file(), connections["default"].settings_dict["TEST"]["NAME"])


class Files:
    """
    SQLite's databases, copied back whole: milliseconds.

    Django would empty each of a hundred tables and fill in its own rows again: seconds a test.
    """

    def __init__(self, folder: Path) -> None:
        self.kept = {alias: _copy_of(alias, folder / alias) for alias in connections}

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
            migrate_postgresql(f"{address}/{TEMPLATE}")
        for statement in ("DROP DATABASE IF EXISTS {}", "CREATE DATABASE {} TEMPLATE {}"):
            names = (sql.Identifier(name), sql.Identifier(TEMPLATE))
            server.execute(sql.SQL(statement).format(*names[: statement.count("{}")]))


def _copy_of(alias: str, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as copy:
        connections[alias].ensure_connection()
        connections[alias].connection.backup(copy)
    return path
