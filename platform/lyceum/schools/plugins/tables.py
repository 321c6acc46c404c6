"""A plugin's tables as the database has them, whether or not its code is there still."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models

from lyceum.schools.models import Membership, PluginInstall, School

PARAMETER = "school"  # the one parameter of each Where
BATCH = 500


@dataclass(frozen=True)
class Where:
    """Which rows of a table are a school's: the WHERE of a statement whose parameter is its id."""

    table: str
    sql: str
    depth: int


def own_tables(slug: str) -> list[str]:
    """
    Return the tables of a plugin that are in the database.

    They are those of its models, and those that are named after it and are nobody else's, such as
    one that a model had which is no more.
    """
    there = set(connection.introspection.table_names())
    installed = PluginInstall.objects.exclude(slug=slug).values_list("slug", flat=True)
    others = (_labels() | set(installed)) - {slug}
    longer = tuple(f"{label}_" for label in others if label.startswith(f"{slug}_"))
    foreign = {table for label in others for table in _model_tables(label)}
    named = {name for name in there - foreign if name.startswith(f"{slug}_")}
    strange = {name for name in named if longer and name.startswith(longer)}
    return sorted((named - strange) | (set(_model_tables(slug)) & there))


def columns_of_people(tables: Iterable[str]) -> list[dict[str, Any]]:
    """Return the columns of tables that point to people, found in the database itself."""
    people = {model._meta.db_table for model in (get_user_model(), Membership)}
    return [
        {"table": table, "column": column, "by_uuid": False}
        for table, links in relations(tables).items()
        for column, (_, other) in sorted(links.items())
        if other in people
    ]


def columns_of_files(slug: str) -> list[dict[str, str]]:
    """Return the columns of a loaded plugin's tables in which files are named."""
    return [
        {"table": model._meta.db_table, "column": str(field.column)}
        for model in _models(slug)
        for field in model._meta.local_fields
        if isinstance(field, models.FileField)
    ]


def relations(tables: Iterable[str]) -> dict[str, dict[str, tuple[str, str]]]:
    """Return each table's foreign keys: column, to the column and table that it points to."""
    with connection.cursor() as cursor:
        return {table: connection.introspection.get_relations(cursor, table) for table in tables}


def rows_of_school(tables: Collection[str]) -> list[Where]:
    """
    Return how to find a school's rows, those that hang on others before these.

    A row of a table without a column for the school is a school's by any row that it points to. A
    table that neither has is left out: it is of the instance.
    """
    links = relations(tables)
    schools = School._meta.db_table
    found: dict[str, Where] = {}
    for table, columns in links.items():
        own = next((name for name, (_, other) in columns.items() if other == schools), None)
        if own:
            found[table] = Where(table, f"{_quoted(own)} = %({PARAMETER})s", 0)
    while reached := dict(_next_to(found, links)):
        found |= reached
    return sorted(found.values(), key=lambda where: (-where.depth, where.table))


def count_rows(where: Where, school_id: int) -> int:
    """Return how many rows of a table are a school's."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM {_quoted(where.table)} WHERE {where.sql}",  # noqa: S608
            {PARAMETER: school_id},
        )
        return int(cursor.fetchone()[0])


def values_of(where: Where, column: str, school_id: int) -> list[Any]:
    """Return what a column holds in a school's rows, empty ones left out."""
    told = f"SELECT {_quoted(column)} FROM {_quoted(where.table)} WHERE {where.sql}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(told, {PARAMETER: school_id})
        return [value for (value,) in cursor.fetchall() if value not in (None, "")]


def keys_of_school(where: Where, school_id: int) -> str:
    """Return the statement, without parameters, that finds the keys of a school's rows."""
    key, table = _quoted(key_of(where.table)), _quoted(where.table)
    told = where.sql % {PARAMETER: int(school_id)}
    return f"SELECT {key} FROM {table} WHERE {told}"  # noqa: S608


def stored_rows(where: Where, school_id: int) -> Iterator[dict[str, Any]]:
    """Yield a school's rows of a table, as the database has them."""
    told = f"SELECT * FROM {_quoted(where.table)} WHERE {where.sql}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(told, {PARAMETER: school_id})
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                yield dict(zip(names, row, strict=True))


def all_values(table: str, column: str) -> list[Any]:
    """Return what a column holds, empty ones left out."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_quoted(column)} FROM {_quoted(table)}")  # noqa: S608
        return [value for (value,) in cursor.fetchall() if value not in (None, "")]


def delete_rows(where: Where, school_id: int) -> int:
    """Delete a school's rows from a table; return how many there were."""
    with connection.cursor() as cursor:
        told = f"DELETE FROM {_quoted(where.table)} WHERE {where.sql}"  # noqa: S608
        cursor.execute(told, {PARAMETER: school_id})
        return int(cursor.rowcount)


def key_of(table: str) -> str:
    """Return the name of a table's primary key."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_primary_key_column(cursor, table)
    return found or "id"


def drop_tables(tables: Iterable[str]) -> None:
    """Remove tables with all that is in them. Not in a transaction."""
    rest = " CASCADE" if connection.vendor == "postgresql" else ""
    # SQLite's editor needs the checks of foreign keys off, which it sees to itself.
    with connection.schema_editor() as editor:
        for table in sorted(tables):
            editor.execute(f"DROP TABLE IF EXISTS {_quoted(table)}{rest}")


def _next_to(
    found: Mapping[str, Where], links: Mapping[str, Mapping[str, tuple[str, str]]]
) -> Iterator[tuple[str, Where]]:
    """Yield the tables that point to those found, and were not found yet."""
    near = {
        table: columns
        for table, columns in links.items()
        if table not in found and any(other in found for _, other in columns.values())
    }
    # One that points to another of them waits for it, so that it is found by both; unless all do.
    waiting = {
        table
        for table, columns in near.items()
        if any(other in near and other != table for _, other in columns.values())
    }
    for table in (near.keys() - waiting) or near.keys():
        parents = [
            (column, key, found[other])
            for column, (key, other) in sorted(near[table].items())
            if other in found
        ]
        told = " OR ".join(
            f"{_quoted(column)} IN (SELECT {_quoted(key)} FROM {_quoted(parent.table)}"  # noqa: S608
            f" WHERE {parent.sql})"
            for column, key, parent in parents
        )
        depth = 1 + max(parent.depth for _, _, parent in parents)
        yield table, Where(table, f"({told})", depth)


def _labels() -> set[str]:
    return {config.label for config in apps.get_app_configs()}


def _models(label: str) -> list[type[models.Model]]:
    # A plugin whose code is gone, or was set aside, has no app.
    if label not in _labels():
        return []
    found = apps.get_app_config(label).get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _model_tables(label: str) -> list[str]:
    return [model._meta.db_table for model in _models(label)]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
