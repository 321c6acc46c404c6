"""By what one school's data would be known at another: ids, texts, people, settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from lyceum.accounts.models import User
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.settings import settings_view
from lyceum.schools.plugins.tables import (
    PARAMETER,
    Where,
    key_of,
    own_tables,
    relations,
    rows_of_school,
    values_of,
)

# Shorter texts are found anywhere, by chance.
SHORTEST = 6


@dataclass(frozen=True)
class Traces:
    """
    What is of one school alone.

    :param texts: of its rows, people and settings, ids among them
    :param ids: by which its things are asked for: the first row's of each table, and a person's
    :param keys: the primary keys of those rows
    """

    texts: frozenset[str]
    ids: tuple[str, ...]
    keys: tuple[str, ...]


def traces_of(plugin: str, school: CurrentSchool, *, beside: CurrentSchool) -> Traces:
    """Return what a plugin has of a school and not of another."""
    texts = {*_texts(plugin, school)} - {*_texts(plugin, beside)}
    firsts = [rows[0] for rows in _rows(plugin, school) if rows]
    people = [str(each.uuid) for each in _people(school)[:1]]
    ids = [str(row.uuid) for row in firsts if hasattr(row, "uuid")]
    return Traces(frozenset(texts), (*ids, *people), tuple(str(row.pk) for row in firsts))


def tables_of_the_instance(plugin: str) -> set[str]:
    """Return the tables of a plugin whose rows are no school's, neither by column nor by link."""
    tables = own_tables(plugin)
    return set(tables) - {where.table for where in rows_of_school(tables)}


def rows_by_table(plugin: str, school: CurrentSchool) -> dict[str, list[Any]]:
    """Return a school's rows in each table of a plugin, as the database has them."""
    return {where.table: _stored(where, school) for where in rows_of_school(own_tables(plugin))}


def crossings(plugin: str, one: CurrentSchool, other: CurrentSchool) -> list[str]:
    """Return the columns, as `table.column`, in which a row of one school points to another's."""
    wheres = {where.table: where for where in rows_of_school(own_tables(plugin))}
    theirs = {where.table: _keys(where, other) for where in wheres.values()}
    return [
        f"{table}.{column}"
        for table, links in relations(wheres).items()
        for column, (_, target) in sorted(links.items())
        if target in wheres
        and not theirs[target].isdisjoint(values_of(wheres[table], column, one.id))
    ]


def _keys(where: Where, school: CurrentSchool) -> set[Any]:
    return set(values_of(where, key_of(where.table), school.id))


def _stored(where: Where, school: CurrentSchool) -> list[Any]:
    table = connection.ops.quote_name(where.table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {table} WHERE {where.sql} ORDER BY 1", {PARAMETER: school.id}
        )
        return list(cursor.fetchall())


def _rows(plugin: str, school: CurrentSchool) -> Iterator[list[models.Model]]:
    """Yield a school's rows of each model of a plugin."""
    wheres = {where.table: where for where in rows_of_school(own_tables(plugin))}
    for model in apps.get_app_config(plugin).get_models(include_auto_created=True):
        if where := wheres.get(model._meta.db_table):
            rows = model._base_manager.filter(pk__in=_keys(where, school))
            yield list(rows.order_by("pk"))


def _texts(plugin: str, school: CurrentSchool) -> Iterator[str]:
    for rows in _rows(plugin, school):
        for row in rows:
            for field in row._meta.concrete_fields:
                yield from _texts_in(field, getattr(row, field.attname))
    for person in _people(school):
        yield str(person.uuid)
        yield from _strings([person.email, person.get_full_name()])
    if host.plugins[plugin].told.settings:
        yield from _strings(settings_view(school, plugin).values)


def _texts_in(field: models.Field[Any, Any], value: Any) -> Iterator[str]:
    if isinstance(field, models.UUIDField):
        yield from [str(value)] if value else []
    elif isinstance(field, models.FileField):
        yield from _strings(str(value))
    elif isinstance(field, (models.CharField, models.TextField, models.JSONField)):
        yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from [value] if _is_telling(value) else []
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _strings(each))
    elif isinstance(value, (list, tuple)):
        yield from (text for each in value for text in _strings(each))


def _is_telling(text: str) -> bool:
    return len(text) >= SHORTEST


def _people(school: CurrentSchool) -> list[User]:
    """Return the people of a school, those who came last first."""
    members = User.objects.filter(memberships__school_id=school.id)
    return list(members.order_by("-pk"))
