"""How the suite stays quick: a plugin of pytest, for its tests and for those of every plugin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests import pristine


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the database that is there: a copy of the migrated one, see `tests.pristine`."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Begin with a copy of the migrated database: migrating takes longer than most tests."""
    pristine.begin_with_a_copy()


@pytest.fixture(scope="session", autouse=True)
def quick_restore(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Undo a test that commits by putting back what the migrations left."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        kept = (
            pristine.Rows()
            if connection.vendor == "postgresql"
            else pristine.Files(tmp_path_factory.mktemp("pristine"))
        )
        connection.close()
    TransactionTestCase._fixture_teardown = lambda case: kept.restore()  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = pristine.FLUSH  # type: ignore[attr-defined]
