"""What a deletion leaves behind in the database's own files, and how it is cleared away."""

from __future__ import annotations

from django.db import connection


def clear_remnants() -> bool:
    """
    Overwrite what deleted rows left in SQLite's files; return whether all of it is gone.

    Pages are overwritten as rows go (`PRAGMA secure_delete`), but the log beside the database
    still holds them as they were until it is taken over and cut; that waits for readers, and is
    tried again later where one does not end. Search indexes drop deleted words when they are
    merged. PostgreSQL's files are no one's to read but its own, and its autovacuum frees them.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        for table in _search_tables():
            name = connection.ops.quote_name(table)
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_) = cursor.fetchone()
    return not busy


def rewrite() -> None:
    """
    Write the whole database anew, without a byte of what was deleted before `secure_delete`.

    Nobody writes meanwhile: some seconds a gigabyte, for a quiet hour.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    clear_remnants()


def _search_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'"
        )
        return [name for (name,) in cursor.fetchall()]
