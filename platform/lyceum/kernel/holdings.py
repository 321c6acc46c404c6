"""Rows that name a person or belong to a school: found, told as plain data, and taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage
from django.db.models import ForeignKey, Model, Q, QuerySet, UUIDField
from django.db.models.deletion import Collector
from django.db.models.fields.files import FieldFile

from lyceum.kernel.privacy import DELETE, KEEP, Holding, Part, Person, SchoolHolding, column_of

BATCH = 500
StoredFile = tuple[Storage, str]
# What stands in an export where another person would be named.
SOMEBODY = "another person"


def rows_of(person: Person, holding: Holding) -> QuerySet[Model]:
    """Return the rows that name a person by this column."""
    model = apps.get_model(holding.model)
    column = column_of(model, holding.person)
    if isinstance(column, ForeignKey) or column.primary_key:
        wanted = Q(**{holding.person: person.id})
    elif isinstance(column, UUIDField):
        wanted = Q(**{holding.person: person.uuid})
    else:
        wanted = Q(pk__in=[])
        for address in person.addresses:
            wanted |= Q(**{f"{holding.person}__iexact": address})
    return model._base_manager.filter(wanted)


def rows_of_school(school: Model, holding: SchoolHolding) -> QuerySet[Model]:
    """Return a school's rows of one table; `school` has `pk`, `uuid` and `slug`."""
    model = apps.get_model(holding.model)
    column = column_of(model, holding.school)
    known: Any = school
    value = known.pk if isinstance(column, ForeignKey) else known.slug
    if isinstance(column, UUIDField):
        value = known.uuid
    return model._base_manager.filter(**{holding.school: value})


def parts_of(person: Person, holding: Holding) -> Iterator[Part]:
    """Yield what an export tells of a holding: its rows, then their files."""
    if "*" in holding.untold:
        return
    yield from _parts(rows_of(person, holding), holding, person)


def parts_of_school(school: Model, holding: SchoolHolding) -> Iterator[Part]:
    """Yield what a school's export tells of a table: its rows, then their files."""
    if "*" in holding.untold:
        return
    yield from _parts(rows_of_school(school, holding), holding, None)


def parts_of_rows(rows: QuerySet[Model], holding: SchoolHolding) -> Iterator[Part]:
    """Yield what a school is told of rows that were found otherwise, then their files."""
    yield from _parts(rows, holding, None)


def erase_rows(person: Person, holding: Holding) -> None:
    """Delete or unlink the rows that name a person; those that are kept stay as they are."""
    if holding.on_erasure == KEEP:
        return
    found = rows_of(person, holding)
    if holding.on_erasure == DELETE:
        _delete(found)
    else:
        nobody = {} if "__" in holding.person else _nobody(holding)
        found.update(**{**nobody, **holding.blank})


def files_of(rows: QuerySet[Model], fields: tuple[str, ...]) -> list[StoredFile]:
    """Return the files that rows hold, to be deleted once the rows are gone for good."""
    return [
        (file.storage, str(file.name))
        for name in fields
        for row in rows.iterator(BATCH)
        if (file := getattr(row, name))
    ]


def _delete(found: QuerySet[Model]) -> None:
    """Delete rows with what goes with them, a slice in memory at a time however many they are."""
    if Collector(using=found.db).can_fast_delete(found):
        found.delete()
        return
    rows = found.model._base_manager
    slices = found.order_by("pk").values_list("pk", flat=True)
    keys = list(slices[:BATCH])
    while keys:
        rows.filter(pk__in=keys).delete()
        keys = list(slices.filter(pk__gt=keys[-1])[:BATCH])


def _nobody(holding: Holding) -> dict[str, Any]:
    column = column_of(apps.get_model(holding.model), holding.person)
    return {holding.person: None if column.null else ""}


def _parts(
    rows: QuerySet[Model], holding: Holding | SchoolHolding, person: Person | None
) -> Iterator[Part]:
    if not rows.exists():
        return
    part = holding.part or holding.model.rpartition(".")[2]
    links = [f.name for f in rows.model._meta.concrete_fields if isinstance(f, ForeignKey)]
    told = [name for name in links if _is_told(name, holding)]
    loaded = rows.select_related(*told).order_by("pk") if told else rows.order_by("pk")

    def as_data() -> Iterator[dict[str, Any]]:
        for row in loaded.iterator(BATCH):
            yield plain_row(row, holding, person)

    yield Part(f"{part}.json", rows=as_data())
    for row in rows.order_by("pk").iterator(BATCH):
        for name in holding.files:
            file = getattr(row, name)
            if file:
                yield Part(f"{part}-files/{_name_of(file)}", open=_opener(file))


def _opener(file: FieldFile) -> Callable[[], Any]:
    return lambda: file.storage.open(str(file.name))


def _name_of(file: FieldFile) -> str:
    return PurePosixPath(str(file.name)).name


def _is_told(name: str, holding: Holding | SchoolHolding) -> bool:
    return name in holding.told if holding.told else name not in holding.untold


def plain_row(
    row: Model, holding: Holding | SchoolHolding, person: Person | None
) -> dict[str, Any]:
    """
    Return a row as a reader understands it: things by UUID and name, files by their path.

    In a person's export nobody else is named; in a school's, people are.
    """
    told: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        if not _is_told(column.name, holding) or column.primary_key:
            continue
        value = getattr(row, column.name)
        if isinstance(value, FieldFile):
            part = holding.part or holding.model.rpartition(".")[2]
            value = f"{part}-files/{_name_of(value)}" if value else ""
        elif isinstance(value, Model):
            value = _named(value, person)
        elif isinstance(value, (frozenset, set)):
            value = sorted(value)
        elif not isinstance(value, (str, int, float, bool, dict, list, tuple, type(None))):
            value = column.value_to_string(row)
        told[column.name] = value
    return told


def _named(thing: Model, person: Person | None) -> Any:
    if thing._meta.label == settings.AUTH_USER_MODEL and person is not None:
        return "you" if thing.pk == person.id else SOMEBODY
    uuid = getattr(thing, "uuid", None)
    if thing._meta.label == "schools.Membership":
        return {"id": str(uuid)}
    return {"id": str(uuid), "name": str(thing)} if uuid else str(thing)
