"""Queries that are written once: their SQL is kept in the process, and each run brings its values.

Django writes a query anew each time it is asked, which for a query of ten conditions takes longer
than the database takes to answer it. What is asked with every request is prepared instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    CharField,
    Expression,
    Field,
    IntegerField,
    Model,
    QuerySet,
    TextField,
)
from django.db.models import query as django_query
from django.db.models.base import ModelState
from django.db.models.signals import post_init, pre_init
from django.utils.translation import get_language

# Statements take some kilobytes each. More shapes than this come of a mistake, or of a flood of
# questions that nobody asks: then all are written anew.
MOST = 1000

# Values of these go to the database as they are.
PLAIN = (CharField, TextField, IntegerField)

Row = tuple[Any, ...]
Converter = tuple[int, Sequence[Callable[..., Any]], Any]


class Slot(Expression):
    """A place in a query for one value, which each run brings by this name."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [_Place(self.name, self.output_field)]


class ManySlot(Slot):
    """A place in a query for any number of values, to be used with `__in`."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT value FROM json_each(%s))", [_Places(self.name, self.output_field)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        kind = self.output_field.db_type(connection)
        return f"(SELECT unnest(%s::{kind}[]))", [_Places(self.name, self.output_field)]


# Makes of a value's name and kind what stands in a query: a slot, or the value itself.
Put = Callable[[str, Field[Any, Any]], Any]


@dataclass(frozen=True)
class Question:
    """
    A query that is not run yet: how it is built, and which values it is asked with.

    `shape` is as in `fetch`. `build` calls what it is handed wherever a value stands.
    """

    shape: Hashable | None
    build: Callable[[Put], QuerySet[Any, Any]]
    values: Mapping[str, Any]

    def rows(self) -> QuerySet[Any, Any]:
        """Return it as a queryset like any other."""
        return self.build(lambda name, field: self.values[name])

    def asked_with(self, **values: Any) -> Question:
        """Return it with other values."""
        return replace(self, values={**self.values, **values})

    def refined(
        self, refine: Callable[[Any, Put], QuerySet[Any, Any]], *shape: Hashable, **values: Any
    ) -> Question:
        """Return it narrowed or ordered further; `shape` is all that `refine` depends on."""
        return Question(
            shape=None if self.shape is None else (self.shape, *shape),
            build=lambda put: refine(self.build(put), put),
            values={**self.values, **values},
        )

    def fetch(self, refine: Callable[[Any], Any], *shape: Hashable) -> list[Any]:
        """Return its rows; what `refine` makes of the query depends on `shape` alone."""
        whole = None if self.shape is None else (self.shape, *shape)
        return fetch(whole, lambda: refine(self.build(Slot)), **self.values)


@dataclass(frozen=True)
class _Place:
    name: str
    field: Field[Any, Any]

    def filled(self, value: Any, database: Any) -> Any:
        if isinstance(self.field, PLAIN):
            return value
        return self.field.get_db_prep_value(value, database, prepared=False)


class _Places(_Place):
    def filled(self, value: Any, database: Any) -> Any:
        values = [super(_Places, self).filled(one, database) for one in value]
        return values if database.vendor == "postgresql" else json.dumps(values)


@dataclass(frozen=True)
class _Statement:
    """A query as the database gets it, and how its rows become what Python gets."""

    sql: str
    params: Sequence[Any]
    converters: Sequence[Converter]
    make: Callable[[Sequence[Any]], Any]

    def run(self, database: Any, values: dict[str, Any]) -> list[Any]:
        params = [
            one.filled(values[one.name], database) if isinstance(one, _Place) else one
            for one in self.params
        ]
        with database.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self.make(self._converted(row, database)) for row in rows]

    def _converted(self, row: Row, database: Any) -> list[Any]:
        values = list(row)
        for place, convert, expression in self.converters:
            value = values[place]
            for one in convert:
                value = one(value, expression, database)
            values[place] = value
        return values


_preparing: ContextVar[bool] = ContextVar("lyceum_preparing", default=False)
_kept: dict[Hashable, _Statement | None] = {}


def fetch(
    shape: Hashable | None, build: Callable[[], QuerySet[Any, Any]], **values: Any
) -> list[Any]:
    """
    Return the rows of a query that is built where it has not been yet.

    :param shape: all on which the query's text depends, and a name of its own among all queries;
        None if that cannot be told: then it is built each time
    :param build: returns the query, with a `Slot` wherever a value differs from run to run. Rows
        are objects, or after `.values(…)` tuples in that order
    :param values: what goes into the slots
    """
    # What a translated field means depends on the language.
    database: Any = connections[DEFAULT_DB_ALIAS]
    key = (database.vendor, get_language(), shape)
    try:
        statement = _kept[key]
    except KeyError:
        statement = _prepare(build, database)
        if shape is not None:
            _keep(key, statement)
    return statement.run(database, values) if statement is not None else []


def _keep(key: Hashable, statement: _Statement | None) -> None:
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[key] = statement


def is_preparing() -> bool:
    """Return whether a query is being written that later requests will share."""
    return _preparing.get()


def _prepare(build: Callable[[], QuerySet[Any, Any]], database: Any) -> _Statement | None:
    """Return a query as a statement; None for one that has no rows, whatever the values."""
    token = _preparing.set(True)
    try:
        rows = build()
        compiler: Any = rows.query.get_compiler(connection=database)
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    finally:
        _preparing.reset(token)
    selected = [one[0] for one in compiler.select]
    converters = [(place, *found) for place, found in compiler.get_converters(selected).items()]
    untyped: Any = rows
    make = _object_maker(compiler) if untyped._fields is None else _tuple_maker(untyped)
    return _Statement(sql, tuple(params), converters, make)


def _tuple_maker(rows: Any) -> Callable[[Sequence[Any]], Row]:
    query = rows.query
    selected = list(query.selected)
    # Where fields are translated, a package in between changes their order.
    wanted = list(getattr(rows, "original_fields", None) or rows._fields)
    wanted += [name for name in query.annotation_select if name not in wanted]
    places = [selected.index(name) for name in wanted]
    if places == list(range(len(selected))):
        return tuple
    return lambda row: tuple([row[place] for place in places])


def _object_maker(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Return what makes an object, with its related ones, of a row (as Django's own iterable)."""
    info, select = compiler.klass_info, compiler.select
    fields = info["select_fields"]
    own = slice(fields[0], fields[-1] + 1)
    new = _maker_of(info["model"], [one[0].target.attname for one in select[own]])
    populators: Any = django_query.get_related_populators
    populate = [_populating(one) for one in populators(info, select, DEFAULT_DB_ALIAS)]

    annotations = tuple((compiler.annotation_col_map or {}).items())

    def make(row: Sequence[Any]) -> Any:
        thing = new(row[own])
        for one in populate:
            one(row, thing)
        for name, place in annotations:
            setattr(thing, name, row[place])
        return thing

    return make


def _populating(populator: Any) -> Callable[[Sequence[Any], Any], None]:
    """Return what gives an object its related one, and that one its own."""
    if populator.reorder_for_init is not None:
        return cast(Callable[[Sequence[Any], Any], None], populator.populate)
    own = slice(populator.cols_start, populator.cols_end)
    new, key = _maker_of(populator.model_cls, populator.init_list), populator.pk_idx
    further = [_populating(one) for one in populator.related_populators]

    def populate(row: Sequence[Any], thing: Any) -> None:
        values = row[own]
        if values[key] is None:
            populator.local_setter(thing, None)
            return
        related = new(values)
        for one in further:
            one(row, related)
        populator.local_setter(thing, related)
        populator.remote_setter(related, thing)

    return populate


def _maker_of(model: Any, names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a model's object of values; quickly, where nobody listens to its making."""
    listened_to = any(signal.has_listeners(model) for signal in (pre_init, post_init))
    whole = len(names) == len(model._meta.concrete_fields)
    if listened_to or not whole or model.__init__ is not Model.__init__:
        return lambda values: model.from_db(DEFAULT_DB_ALIAS, names, values)

    def make(values: Sequence[Any]) -> Any:
        thing = model.__new__(model)
        thing._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        thing.__dict__.update(zip(names, values, strict=True))
        return thing

    return make
