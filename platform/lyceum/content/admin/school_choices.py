"""What forms of the editor offer to choose from: rows and people of one's own school."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from weakref import WeakSet

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import F, ForeignKey, Model
from wagtail.models import CollectionMember
from wagtail.models.pages import AbstractPage

from lyceum.kernel.errors import DomainError
from lyceum.schools.confinement import AmongMembers, WithinSchool
from lyceum.schools.models import School

FARTHEST = 3  # links from a row to its school

_kept: WeakSet[type] = WeakSet()


def narrowed(field: forms.Field) -> None:
    """Leave of what a field offers the school's own."""
    rows = getattr(field, "queryset", None)
    if rows is None:
        return
    if rows.model is get_user_model():
        field.queryset = rows.filter(AmongMembers(F("pk")))  # type: ignore[attr-defined]
    elif way := way_to_school(rows.model):
        field.queryset = rows.filter(WithinSchool(F(way)))  # type: ignore[attr-defined]


def keep_to_school(form: type) -> type:
    """Narrow the forms below a form: those for another row are made of their class in the page."""
    for rows in getattr(form, "formsets", {}).values():
        if rows.form not in _kept:
            _kept.add(rows.form)
            for field in rows.form.base_fields.values():
                narrowed(field)
    return form


@cache
def way_to_school(model: type[Model]) -> str:
    """Return the columns that lead from a row to its school's id, as a filter names them."""
    ways: list[tuple[type[Model], str]] = [(model, "")]
    for _ in range(FARTHEST):
        for place, way in ways:
            if place is School:
                return f"{way}pk"
        ways = [
            (field.related_model, f"{way}{field.name}__")
            for place, way in ways
            for field in _links(place)
        ]
    return next((f"{way}pk" for place, way in ways if place is School), "")


def boundless(form: type, slug: str) -> list[str]:
    """Return the fields of a form that would offer every school's rows, and not narrowed ones."""
    below = [rows.form for rows in getattr(form, "formsets", {}).values()]
    return [
        name
        for each in (form, *below)
        for name, field in getattr(each, "base_fields", {}).items()
        if (rows := getattr(field, "queryset", None)) is not None
        and not _has_bounds(rows.model, slug)
    ]


def _has_bounds(model: type[Model], slug: str) -> bool:
    if model is get_user_model() or way_to_school(model):
        return True
    # Their managers find the school's own; what a plugin keeps for all schools is for all.
    confined = issubclass(model, AbstractPage | CollectionMember)
    return confined or model._meta.app_label == slug


def _links(model: type[Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        # What may point to nothing would hide the rows that do.
        leads = isinstance(field, ForeignKey) and not field.null
        if leads and field.related_model is not get_user_model():
            yield field


def show_refusal(error: DomainError, form: forms.BaseForm) -> None:
    """Write what a service refused beside the field that it is about."""
    for name, told in (error.fields or {"": [error.message]}).items():
        form.add_error(name if name in form.fields else None, told)
