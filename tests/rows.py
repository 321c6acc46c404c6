"""What is in the database, counted: to tell that a refusal left nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from lyceum.events.models import AuditEntry


def rows_of_every_table() -> dict[str, int]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: model._default_manager.count() for model in models}


@contextmanager
def nothing_written() -> Iterator[None]:
    """Fail if any table has more or fewer rows at the end of the block."""
    before = rows_of_every_table()
    yield
    assert rows_of_every_table() == before


def forget_what_was_done() -> None:
    """Empty the audit, which lets nobody do so, for the length of a test in one transaction."""
    where = " ON events_auditentry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER events_auditentry_stays{where}")
    AuditEntry.objects.all().delete()
