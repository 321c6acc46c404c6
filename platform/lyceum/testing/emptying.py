"""Undoing a test that commits: tables are emptied, the audit's among them, which refuses that."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

Teardown = Callable[[TransactionTestCase], None]
# It made the triggers, and knows how they are taken away and put back on each engine.
_rows_stay = import_module("lyceum.events.migrations.0005_audit_rows_stay")


def with_the_audit(teardown: Teardown) -> Teardown:
    """Return Django's way of emptying the tables, for a database in which the audit's rows stay."""

    def empty(case: TransactionTestCase) -> None:
        _with_editor(_rows_stay.allow_deletion)
        try:
            teardown(case)
        finally:
            _with_editor(_rows_stay.refuse_deletion)

    return empty


def _with_editor(act: Callable[[Any, Any], None]) -> None:
    with connection.schema_editor() as editor:
        act(None, editor)
