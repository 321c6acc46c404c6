"""The tables of every plugin that there is: they can be taken back, and people are told of them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import migrations

from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.schema import migration_names
from lyceum.kernel.privacy import providers
from lyceum.testing.tables import assert_migrations_reversible, assert_privacy_complete

PLUGINS = sorted(plugin.slug for plugin in host.loaded())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plugin", PLUGINS)
def test_migrations_can_be_taken_back_and_made_again(plugin: str) -> None:
    assert_migrations_reversible(plugin)


@pytest.mark.parametrize("plugin", PLUGINS)
def test_every_column_that_names_somebody_is_told_of(plugin: str) -> None:
    assert_privacy_complete(plugin)


def first_migration_of_keeper() -> Any:
    name = migration_names(host.plugins["keeper"])[0]
    return import_module(f"plugins.keeper.migrations.{name}").Migration


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_has_no_way_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    first = first_migration_of_keeper()
    one_way = migrations.RunPython(lambda apps, schema_editor: None)
    monkeypatch.setattr(first, "operations", [*first.operations, one_way])

    with pytest.raises(AssertionError, match="not reversible"):
        assert_migrations_reversible("keeper")


@pytest.mark.django_db(transaction=True)
def test_a_model_without_its_migration_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    first = first_migration_of_keeper()
    monkeypatch.setattr(first, "operations", first.operations[:1])

    with pytest.raises(AssertionError, match="not what its migrations make"):
        assert_migrations_reversible("keeper")


def test_a_column_that_nobody_tells_of_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(providers._things, "keeper")

    with pytest.raises(AssertionError, match="keeper has no privacy provider"):
        assert_privacy_complete("keeper")
