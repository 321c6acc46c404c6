"""What every test may ask for, and how the suite stays quick."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the database that is there: the copy of an earlier run's, see below."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Begin with the database of an earlier run, if it was made by the same migrations."""
    template = _template()
    if template.exists():
        shutil.copy(template, connections["default"].settings_dict["TEST"]["NAME"])


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
    if "default" in kept and not _template().exists():
        _keep_as_template(kept["default"])
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    if len(kept) == len(list(connections)):
        TransactionTestCase._fixture_teardown = lambda case: _restore(kept)  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def counters_start_at_zero() -> None:
    """Let no test meet the limits that another one used up."""
    cache.clear()


def _template() -> Path:
    """Return where the migrated, empty database is kept: a name for each state of migrations."""
    digest = hashlib.sha256()
    for source in (
        *sorted(settings.ROOT.glob("platform/**/migrations/*.py")),
        *sorted(settings.ROOT.glob("content_types/migrations/*.py")),
        settings.ROOT / "deploy/requirements.lock",
        settings.ROOT / "deploy/settings/base.py",
    ):
        digest.update(source.read_bytes())
    return Path(settings.ROOT, ".data", f"test-template-{digest.hexdigest()[:16]}.sqlite3")


def _keep_as_template(pristine: Path) -> None:
    template = _template()
    template.parent.mkdir(exist_ok=True)
    for old in template.parent.glob("test-template-*"):
        old.unlink(missing_ok=True)
    # Renamed into place: two processes of one suite must not meet half a file.
    unfinished = template.with_suffix(f".{os.getpid()}")
    shutil.copy(pristine, unfinished)
    unfinished.rename(template)


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
