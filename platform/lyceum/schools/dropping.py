"""Files that go with their rows: deleted after the commit, and tried again until they are gone."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from lyceum.schools.models import DroppedFile

# What a request waits for; the worker sees to more.
MOST_AT_ONCE = 500
# In a row: the storage is away, and the rest would only wait for it too.
MOST_FAILURES = 3

logger = logging.getLogger(__name__)


def drop_files(names: Iterable[str]) -> None:
    """
    Have files of the default storage deleted, once the transaction that took their rows is
    committed.

    They are written down in that transaction: what a killed process or a storage that is away left
    behind, the worker deletes later.
    """
    wanted = [name for name in dict.fromkeys(names) if name]
    rows = DroppedFile.objects.bulk_create(DroppedFile(name=name) for name in wanted)
    if rows:
        keys = [row.pk for row in rows]
        transaction.on_commit(partial(_delete_at_once, keys), robust=True)


def delete_dropped_files(at: datetime) -> int:
    """Delete what was left; those that failed least come first. Return how many files went."""
    gone = 0
    left = DroppedFile.objects.filter(dropped_at__lte=at).order_by("attempts", "pk")
    while rows := list(left[:MOST_AT_ONCE]):
        deleted = _delete(rows)
        gone += deleted
        if deleted < len(rows):
            break
    return gone


def _delete_at_once(keys: Sequence[int]) -> None:
    from lyceum.schools.tasks import delete_dropped

    deleted = _delete(list(DroppedFile.objects.filter(pk__in=keys[:MOST_AT_ONCE]).order_by("pk")))
    if len(keys) > MOST_AT_ONCE and deleted:
        delete_dropped()


def _delete(rows: Sequence[DroppedFile]) -> int:
    deleted = failures = 0
    for row in rows:
        try:
            default_storage.delete(row.name)
        except Exception:
            # Whatever a bucket raises: the rows are gone, and other files have yet to go.
            logger.exception("A file whose row is gone could not be deleted: %s", row.name)
            DroppedFile.objects.filter(pk=row.pk).update(attempts=row.attempts + 1)
            failures += 1
            if failures == MOST_FAILURES:
                break
        else:
            failures = 0
            DroppedFile.objects.filter(pk=row.pk).delete()
            deleted += 1
    return deleted
