"""Which columns name people or schools, by the models themselves, and which nobody declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from lyceum.kernel.privacy import DELETE, Provider, column_of, holdings, providers

PEOPLE = "accounts.User", "schools.Membership"
SCHOOL = "schools.School"
BY_UUID = re.compile(
    r"^(actor|author|by|child|creator|guardian|learner|member|owner|parent|participant|person|"
    r"recipient|sender|student|subject|target|teacher|user)(_?(id|uuid))?$"
)
BY_TEXT = re.compile(r"(^|_)(email|e_mail|phone|username|user_agent|ip|ip_address)$")


def undeclared_columns(*, app: str = "", beside: Provider | None = None) -> list[str]:
    """
    Return the columns that name people, as `app.Model.column`, and that no provider tells of.

    Such a column is a foreign key to a person or a membership; a UUID named after somebody; an
    address, a telephone number, or what gives away a device. So is a foreign key to a row that is
    a person's, in a table that nothing else is said of.

    :param app: the label of the one app to look at
    :param beside: a provider that is not registered yet
    """
    known = _known(beside)
    held = [holding for provider in known for holding in provider.holdings]
    declared = {(holding.model, holding.person.split("__")[0]) for holding in held}
    personal = {holding.model for holding in held if holding.on_erasure == DELETE}
    told = {holding.model for holding in held}
    beyond = {pair for pair in _columns_of_people(personal) if pair[0] not in told}
    return sorted(
        f"{label}.{column}"
        for label, column in {*_columns_of_people(set()), *beyond}
        if (label, column) not in declared and f"{label}.{column}" not in _exempt(known)
        if not app or label.split(".")[0] == app
    )


def uuids_of_people(app: str) -> list[dict[str, str | bool]]:
    """
    Return the columns of an app that name people by UUID, to be noted while its code is there.

    Each is `{"table", "column", "by_uuid"}`. Foreign keys are known to the database itself.
    """
    return [
        {"table": model._meta.db_table, "column": str(column.column), "by_uuid": True}
        for model in _models()
        if model._meta.app_label == app
        for column in model._meta.local_fields
        if isinstance(column, models.UUIDField) and _is_named_after_somebody(column)
    ]


def undeclared_tables_of_schools(*, app: str = "", beside: Provider | None = None) -> list[str]:
    """
    Return the columns that name a school, as `app.Model.column`, and that no provider tells of.

    The parameters are those of `undeclared_columns`.
    """
    known = _known(beside)
    held = [holding for provider in known for holding in provider.of_schools]
    declared = {(holding.model, holding.school.split("__")[0]) for holding in held}
    return sorted(
        f"{label}.{field.name}"
        for model in _models()
        for field in model._meta.local_fields
        if (label := model._meta.label) and _names_a_school(field)
        if (label, field.name) not in declared and f"{label}.{field.name}" not in _exempt(known)
        if not app or model._meta.app_label == app
    )


def unknown_columns() -> list[str]:
    """Return what providers declare that no model has, so that a renamed column is noticed."""
    wrong = []
    for _, held in holdings():
        try:
            model = apps.get_model(held.model)
            column_of(model, held.person)
            for name in (*held.told, *held.untold, *held.blank, *held.files):
                if name != "*":
                    model._meta.get_field(name)
        except (LookupError, FieldDoesNotExist) as error:
            wrong.append(f"{held.model}.{held.person}: {error}")
    return wrong


def _known(beside: Provider | None) -> list[Provider]:
    return [*providers, *([beside] if beside else [])]


def _exempt(known: list[Provider]) -> set[str]:
    return {column for provider in known for column in provider.exempt}


def _columns_of_people(personal: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns that name people, or point to rows of models that are people's."""
    people = {*PEOPLE, settings.AUTH_USER_MODEL, *personal}
    for model in _models():
        for column in model._meta.local_fields:
            if _points_to(column) in people or _is_named_after_somebody(column):
                yield model._meta.label, column.name


def _points_to(column: models.Field[Any, Any]) -> str:
    related = column.related_model if column.is_relation else None
    return related._meta.label if isinstance(related, type) else ""


def _is_named_after_somebody(column: models.Field[Any, Any]) -> bool:
    if isinstance(column, models.UUIDField):
        return bool(BY_UUID.match(column.name))
    is_text = isinstance(column, (models.CharField, models.TextField, models.GenericIPAddressField))
    is_address = isinstance(column, (models.EmailField, models.GenericIPAddressField))
    return is_address or (is_text and bool(BY_TEXT.search(column.name)))


def _names_a_school(column: models.Field[Any, Any]) -> bool:
    if _points_to(column) == SCHOOL:
        return True
    return column.name == "school" and not column.is_relation


def _models() -> list[type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if not model._meta.proxy and model._meta.managed]
