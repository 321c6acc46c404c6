"""What each room and plugin holds on people and on schools: declared, so that it can be handed out
and taken away.

A lower room is told of higher ones here alone. A provider is registered as its app is loaded, and
asked whether or not its plugin is switched on anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import models

from lyceum.kernel.registries import Registry


@dataclass(frozen=True)
class Person:
    """
    A person as all tables may know them: by id, by UUID, by an address or a name.

    `addresses` are in lower case: those that they proved, and those that they only claim.
    """

    id: int
    uuid: UUID
    addresses: frozenset[str] = frozenset()
    proved: frozenset[str] = frozenset()
    username: str = ""
    name: str = ""

    @property
    def telling(self) -> tuple[str, ...]:
        """The texts by which a stranger would know them, in copies that no column points to."""
        return tuple(sorted({*self.addresses, self.username, self.name} - {""}))


class OnErasure(StrEnum):
    """What becomes of a row that a person's erasure comes upon."""

    DELETE = "delete"  # the row, and its files
    UNLINK = "unlink"  # the row stays, and nobody is named in it
    KEEP = "keep"  # the row stays as it is, for the reason given


DELETE, UNLINK, KEEP = OnErasure.DELETE, OnErasure.UNLINK, OnErasure.KEEP


@dataclass(frozen=True)
class Holding:
    """
    One column that names people: what an export tells of its rows, and what an erasure does.

    :param model: its label, as in `"learning.Attempt"`
    :param person: the column, or a path to it as in a filter (`"membership__user"`): a foreign key
        to a person, a UUID, or an e-mail address
    :param on_erasure: what becomes of the rows
    :param reason: why rows are kept, or are not told in an export; demanded for both
    :param told: the fields that an export tells; none means all but `untold`
    :param untold: fields that nobody is told, such as digests; `("*",)` leaves the rows out
    :param blank: what other fields are set to when rows are unlinked, such as `{"address": None}`
    :param files: fields that hold files, which are handed out and deleted with their row
    :param part: what the rows are called in an export; the model's name if left out
    """

    model: str
    person: str
    on_erasure: OnErasure
    reason: str = ""
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    blank: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    part: str = ""

    def __post_init__(self) -> None:
        if (self.on_erasure == KEEP or "*" in self.untold) and not self.reason:
            raise ValueError(f"{self.model}.{self.person}: say why rows are kept, or not told.")


@dataclass(frozen=True)
class SchoolHolding:
    """
    One table whose rows are a school's: what its export tells, and that they go with it.

    :param school: a foreign key to the school, a path to one, a UUID or a slug of it
    :param reason: if given, rows stay when the school goes, and this says why
    """

    model: str
    school: str = "school"
    reason: str = ""
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class Part:
    """
    One file of an export: a name as in `answers.json`, and rows of plain data or one opened file.
    """

    name: str
    rows: Iterable[Mapping[str, Any]] = ()
    open: Callable[[], Any] | None = None


@dataclass(frozen=True)
class Provider:
    """
    All that one room or plugin holds.

    The functions are for what declarations cannot say. `erase` is called before the declared rows
    go, so that it can still read them, in the transaction of the erasure. `exempt` maps columns
    that look as if they named people (`"app.Model.column"`) to why they do not. With `guarded`, a
    provider that fails costs its own part alone: its rows are then found by the database's own
    foreign keys.
    """

    holdings: tuple[Holding, ...] = ()
    of_schools: tuple[SchoolHolding, ...] = ()
    export: Callable[[Person], Iterable[Part]] | None = None
    erase: Callable[[Person, datetime], None] | None = None
    export_school: Callable[[int], Iterable[Part]] | None = None
    delete_school: Callable[[int], None] | None = None
    exempt: Mapping[str, str] = field(default_factory=dict)
    nothing: str = ""
    guarded: bool = False


@dataclass(frozen=True)
class RecordedColumn:
    """A column that names people in a table whose code may be gone: by id, or by UUID."""

    table: str
    column: str
    by_uuid: bool = False


providers: Registry[Provider] = Registry("privacy providers")

# Each may refuse that a person goes, by raising a DomainError; it is asked in the transaction.
vetoes: Registry[Callable[[Person], None]] = Registry("vetoes of erasures")

# Each tells the columns that were noted when code was installed which may be gone by now.
recorded_columns: Registry[Callable[[], Iterable[RecordedColumn]]] = Registry("recorded columns")

# Each tells tables with the columns that name files, noted when code was installed.
recorded_files: Registry[Callable[[], Iterable[tuple[str, str]]]] = Registry("recorded files")

# Each is told of files whose rows were just deleted, in the transaction in which they were.
file_keepers: Registry[Callable[[Iterable[str]], None]] = Registry("file keepers")

# Each looks through what processes share and no table lists, and drops what names a person.
sweepers: Registry[Callable[[Person], None]] = Registry("sweepers")


def holdings() -> list[tuple[str, Holding]]:
    """Return every holding with the name of who declares it."""
    return [(name, held) for name, provider in providers.items() for held in provider.holdings]


def column_of(model: type[models.Model], path: str) -> models.Field[Any, Any]:
    """Return the field that a path in a filter ends at."""
    found: Any = None
    for step in path.split("__"):
        found = model._meta.get_field(step)
        model = found.related_model or model
    return found
