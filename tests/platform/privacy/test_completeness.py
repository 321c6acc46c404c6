"""Nothing that points to a person, or is a school's, is held without saying so."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import models

from lyceum.kernel import completeness
from lyceum.kernel.completeness import (
    undeclared_columns,
    undeclared_tables_of_schools,
    unknown_columns,
)
from lyceum.kernel.privacy import KEEP, Holding, Provider, providers


def test_every_column_that_names_a_person_has_a_provider() -> None:
    assert undeclared_columns() == []


def test_every_table_of_a_school_has_a_provider() -> None:
    assert undeclared_tables_of_schools() == []


def test_providers_declare_nothing_that_is_not_there() -> None:
    assert unknown_columns() == []


def test_a_provider_without_anything_says_why() -> None:
    silent = [
        name
        for name, each in providers.items()
        if not (each.holdings or each.export or each.erase or each.nothing)
    ]

    assert silent == []


def test_who_keeps_rows_says_why() -> None:
    with pytest.raises(ValueError, match="say why"):
        Holding("accounts.Profile", "user", KEEP)


def test_new_columns_are_noticed_whatever_way_they_lead_to_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def link(to: str, **options: Any) -> Any:
        return models.ForeignKey(to, models.CASCADE, related_name="+", **options)

    class Diary(models.Model):
        writer = link(settings.AUTH_USER_MODEL)
        place = link("schools.Membership")
        # What goes with a person is as good as the person.
        recording = link("content.Recording")
        reader_uuid = models.UUIDField()
        learner = models.UUIDField()
        contact_email = models.CharField(max_length=100)
        came_from = models.GenericIPAddressField(null=True)
        readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
        school = link("schools.School")
        title = models.CharField(max_length=100)
        page = link("content.BasePage")

        class Meta:
            app_label = "diaries"

    through: Any = Diary.readers.through
    for model in (Diary, through):
        model._meta.apps.lazy_model_operation(lambda *_: None)
    monkeypatch.setattr(completeness, "_models", lambda: [Diary, through])

    assert undeclared_columns() == [
        "diaries.Diary.came_from",
        "diaries.Diary.contact_email",
        "diaries.Diary.learner",
        "diaries.Diary.place",
        "diaries.Diary.recording",
        "diaries.Diary.writer",
        "diaries.Diary_readers.user",
    ]
    assert undeclared_tables_of_schools() == ["diaries.Diary.school"]
    assert undeclared_columns(app="learning") == []


@pytest.fixture(autouse=True)
def unregistered() -> Any:
    """Take the models of a test out of Django's registry again."""
    yield
    from django.apps import apps

    apps.all_models.pop("diaries", None)
    apps.clear_cache()


def test_what_is_exempt_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    exempt = {"events.AuditEntry.address"}

    assert any(exempt <= set(each.exempt) for each in providers)
    monkeypatch.setitem(providers._things, "events", Provider())

    assert "events.AuditEntry.address" in undeclared_columns()
    assert "events.Event.actor" in undeclared_columns()
