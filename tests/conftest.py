"""What every test may ask for, and how the suite stays quick."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase


@pytest.fixture(scope="session", autouse=True)
def quick_restore(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """
    Undo a test that commits by copying the pristine databases back: milliseconds on SQLite.

    Django would empty each of a hundred tables and fill in its own rows again: seconds a test.
    """
    pristine = tmp_path_factory.mktemp("pristine")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        kept = {
            alias: _copy_of(alias, pristine / alias)
            for alias in connections
            if connections[alias].vendor == "sqlite"
        }
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    if len(kept) == len(list(connections)):
        TransactionTestCase._fixture_teardown = lambda case: _restore(kept)  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def counters_start_at_zero() -> None:
    """Let no test meet the limits that another one used up."""
    cache.clear()


def _copy_of(alias: str, path: Path) -> Path:
    with sqlite3.connect(path) as copy:
        connections[alias].ensure_connection()
        connections[alias].connection.backup(copy)
    return path


def _restore(kept: dict[str, Path]) -> None:
    for alias, path in kept.items():
        connections[alias].ensure_connection()
        with sqlite3.connect(path) as copy:
            copy.backup(connections[alias].connection)
