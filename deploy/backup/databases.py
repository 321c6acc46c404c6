"""Taking a database's contents out and putting them back, each engine by its own tools."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from deploy.backup.errors import BackupError
from deploy.engines import MissingProgram, found

Counts = dict[str, int]


class Engine(Protocol):
    """One kind of database."""

    name: str
    file: str  # what its contents are called in a backup

    def take_out(self, path: Path) -> Counts:
        """Write all contents of one moment to `path`; return the rows of each table then."""
        ...

    def put_back(self, path: Path) -> None:
        """Replace all contents by those at `path`, wholly or not at all."""
        ...

    def rows(self) -> Counts:
        """Count the rows of each table now."""
        ...


def engine() -> Engine:
    """Return the engine of this instance's database."""
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    if vendor == "sqlite":
        return SQLite()
    if vendor == "postgresql":
        return PostgreSQL()
    raise BackupError(f"There is no backup of {vendor} databases; SQLite and PostgreSQL have one.")


class SQLite:
    """SQLite's online backup: a whole copy while others write, page by page into place again."""

    name = "sqlite"
    file = "database.sqlite3"

    def take_out(self, path: Path) -> Counts:
        with closing(sqlite3.connect(path)) as copy:
            self._live().backup(copy)
            # One file, not three: a log beside it could be forgotten on the way.
            copy.execute("PRAGMA journal_mode=DELETE")
            return _count(copy.execute, "sqlite_master WHERE type = 'table'", "name")

    def put_back(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as copy:
            copy.backup(self._live())

    def rows(self) -> Counts:
        return _count(self._live().execute, "sqlite_master WHERE type = 'table'", "name")

    def _live(self) -> sqlite3.Connection:
        connections[DEFAULT_DB_ALIAS].ensure_connection()
        live: sqlite3.Connection = connections[DEFAULT_DB_ALIAS].connection
        return live


class PostgreSQL:
    """`pg_dump` of the very snapshot whose rows are counted; back by `psql`, in one transaction."""

    name = "postgresql"
    file = "database.dump"

    def take_out(self, path: Path) -> Counts:
        with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            dump = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges"]
            self._run(*dump, f"--snapshot={snapshot}", f"--file={path}")
            return _count_on(cursor)

    def put_back(self, path: Path) -> None:
        # What this process has open is prepared for tables that are about to go.
        connections[DEFAULT_DB_ALIAS].close()
        with tempfile.TemporaryDirectory() as folder:
            script = f"{folder}/restore.sql"
            self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path))
            psql = ["psql", "--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null"]
            anew = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
            self._run(*psql, "--set=ON_ERROR_STOP=1", f"--command={anew}", f"--file={script}")

    def rows(self) -> Counts:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            return _count_on(cursor)

    def _run(self, tool: str, *options: str) -> None:
        try:
            command = [found(tool, package="postgresql-client"), *options]
        except MissingProgram as missing:
            raise BackupError(str(missing)) from missing
        done = subprocess.run(command, env=self._address(), capture_output=True, text=True)
        if done.returncode:
            raise BackupError(f"{tool} failed: {done.stderr.strip()}")

    def _address(self) -> dict[str, str]:
        """Return an environment in which PostgreSQL's programs find this database."""
        settings = connections[DEFAULT_DB_ALIAS].settings_dict
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        return {
            **os.environ,
            **{name: str(settings[key]) for name, key in names.items() if settings[key]},
            "PGDATABASE": str(settings["NAME"]),
        }


def _count(execute: Callable[[str], Any], tables: str, column: str) -> Counts:
    names = [name for (name,) in execute(f"SELECT {column} FROM {tables}").fetchall()]  # noqa: S608
    return {name: execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def _count_on(cursor: Any) -> Counts:
    def execute(statement: str) -> Any:
        cursor.execute(statement)
        return cursor

    return _count(execute, "pg_tables WHERE schemaname = 'public'", "tablename")
