"""Rows that point to people from tables whose code is broken or gone, found by the database itself.

No model, migration or manifest is needed: the foreign keys that the database keeps say which
column points where. What a deletion left dangling is unlinked where the column may be empty, and
deleted where it may not: what `SET_NULL` and `CASCADE` would have done.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import DO_NOTHING, FileField, Model, ProtectedError, RestrictedError

from lyceum.kernel.privacy import (
    Person,
    RecordedColumn,
    file_keepers,
    recorded_columns,
    recorded_files,
)

logger = logging.getLogger(__name__)

BATCH = 500

SQLITE = """
    SELECT t.name, k."from", k."table", coalesce(k."to", 'id'), NOT c."notnull"
    FROM sqlite_master t, pragma_foreign_key_list(t.name) k, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND c.name = k."from"
"""
POSTGRESQL = """
    SELECT t.relname, a.attname, p.relname, pa.attname, NOT a.attnotnull
    FROM pg_constraint k
    JOIN pg_class t ON t.oid = k.conrelid
    JOIN pg_class p ON p.oid = k.confrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
    JOIN pg_attribute pa ON pa.attrelid = p.oid AND pa.attnum = k.confkey[1]
    WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True)
class Link:
    """A foreign key, as the database has it."""

    table: str
    column: str
    to_table: str
    to_column: str
    nullable: bool


def links() -> list[Link]:
    """Return every foreign key of the database. One query."""
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
        return [
            Link(table, column, to_table, to_column, bool(nullable))
            for table, column, to_table, to_column, nullable in cursor.fetchall()
        ]


def unattended_links() -> list[Link]:
    """Return the foreign keys that Django leaves alone: without a model, or by choice."""
    known = known_tables()
    chosen = {
        (model._meta.db_table, column.column)
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.local_fields
        if column.remote_field is not None and column.remote_field.on_delete is DO_NOTHING
    }
    return [
        link for link in links() if link.table not in known or (link.table, link.column) in chosen
    ]


def known_tables() -> frozenset[str]:
    """Return the tables that loaded models stand for."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True, include_swapped=True)
    )


def release(found: list[Link] | None = None) -> int:
    """
    Unlink or delete the rows whose target is gone, of unattended tables; return how many.

    Call it in the transaction that deleted the targets: foreign keys are checked at its end.
    """
    found = unattended_links() if found is None else found
    changed = 0
    while found:
        # A row deleted here may be another's target: until a round finds nothing more.
        in_round = sum(_release(link) for link in found)
        changed += in_round
        if not in_round:
            break
    return changed


def delete_regardless(row: Model) -> None:
    """Delete a row though some table holds on to it, or to what goes with it: it is let go."""
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError, IntegrityError):
        logger.warning("%s is held on to; what holds it is let go.", row._meta.label)
        model = type(row)
        model._base_manager.filter(pk=row.pk)._raw_delete(using=row._state.db)
        release(links())
        return
    release()


def _release(link: Link) -> int:
    table, column = _quoted(link.table), _quoted(link.column)
    dangling = (
        f"{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {_quoted(link.to_table)} target "  # noqa: S608
        f"WHERE target.{_quoted(link.to_column)} = {table}.{column})"
    )
    if link.nullable:
        try:
            with transaction.atomic():
                return _run(f"UPDATE {table} SET {column} = NULL WHERE {dangling}")  # noqa: S608
        except IntegrityError:
            # A rule of the table wants the column filled: then the row cannot stay.
            pass
    return _delete(link.table, dangling)


def erase_recorded(person: Person) -> None:
    """Unlink or delete the rows that name a person in columns which were noted at installation."""
    nullable = _nullable_columns()
    known = known_tables()
    for recorded in _recorded():
        place = (recorded.table, recorded.column)
        if recorded.table in known or place not in nullable:
            continue
        table, column = map(_quoted, place)
        value = _value(person, recorded)
        if nullable[place]:
            _run(f"UPDATE {table} SET {column} = NULL WHERE {column} = %s", value)  # noqa: S608
        else:
            _delete(recorded.table, f"{column} = %s", value)


def rows_left(
    person: Person, *, users: str, among: str = ""
) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """
    Yield the rows that name a person in tables without code, by table, as the database has them.

    They are read as they are used: use those of one table before the next.

    :param users: the table of people
    :param among: tables of loaded models too, whose names begin so
    """
    columns = [
        RecordedColumn(link.table, link.column)
        for link in links()
        if link.to_table == users and _is_wanted(link.table, among)
    ]
    present = _nullable_columns()
    recorded = [c for c in _recorded() if _is_wanted(c.table, among)]
    for column in dict.fromkeys([*columns, *recorded]):
        if (column.table, column.column) not in present:
            continue
        rows = _rows(column, _value(person, column))
        first = next(rows, None)
        if first is not None:
            yield f"{column.table}-{column.column}", chain([first], rows)


def _rows(column: RecordedColumn, value: Any) -> Iterator[dict[str, Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {_quoted(column.table)} WHERE {_quoted(column.column)} = %s",  # noqa: S608
            [value],
        )
        rows = cursor.fetchmany(BATCH)
        names = [described[0] for described in cursor.description or ()]
        while rows:
            yield from (dict(zip(names, row, strict=True)) for row in rows)
            rows = cursor.fetchmany(BATCH)


def _is_wanted(table: str, among: str) -> bool:
    return table.startswith(among) if among else table not in known_tables()


def _recorded() -> list[RecordedColumn]:
    # Those that are foreign keys are found as such: they may lead to a membership, whose id is no
    # person's.
    keys = {(link.table, link.column) for link in links()}
    told = (column for tell in recorded_columns for column in tell())
    return [column for column in told if (column.table, column.column) not in keys]


def _value(person: Person, column: RecordedColumn) -> Any:
    if not column.by_uuid:
        return person.id
    return person.uuid if connection.features.has_native_uuid_field else person.uuid.hex


def _nullable_columns() -> dict[tuple[str, str], bool]:
    """Return the columns of the leftover tables, and whether each may be empty."""
    wanted = {link.table for link in links()} | {column.table for column in _recorded()}
    found = {}
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in sorted(wanted & present - known_tables()):
            for column in connection.introspection.get_table_description(cursor, table):
                found[table, column.name] = bool(column.null_ok)
    return found


def _delete(table: str, which: str, *values: Any) -> int:
    """Delete rows of a table, and say which files they named."""
    columns = _columns_of_files(table)
    if columns:
        named = ", ".join(map(_quoted, columns))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {named} FROM {_quoted(table)} WHERE {which}", values)  # noqa: S608
            files = [str(name) for row in cursor.fetchall() for name in row if name]
        for keeper in file_keepers:
            keeper(files)
    return _run(f"DELETE FROM {_quoted(table)} WHERE {which}", *values)  # noqa: S608


def _columns_of_files(table: str) -> list[str]:
    """Return the columns of a table that name files: of its model, or as they were noted."""
    columns = {
        str(column.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table == table
        for column in model._meta.local_fields
        if isinstance(column, FileField)
    }
    noted = {column for tell in recorded_files for of, column in tell() if of == table}
    with connection.cursor() as cursor:
        there = connection.introspection.get_table_description(cursor, table) if noted else []
    return sorted(columns | (noted & {column.name for column in there}))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _run(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return max(cursor.rowcount, 0)
