"""The library's files go with their rows, whoever deletes these, and whatever the storage does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import FileField
from wagtail.documents import signal_handlers as of_documents
from wagtail.images import signal_handlers as of_images
from wagtailmedia import signal_handlers as of_media

from lyceum.schools.dropping import drop_files

_elsewhere: ContextVar[bool] = ContextVar("lyceum_files_dropped_elsewhere", default=False)


def connect() -> None:
    """
    Take the place of what Wagtail does after a row is deleted. Before its own apps are ready.

    It deletes the file once, and forgets it where the storage is away; of media it breaks off then,
    and knows no captions.
    """
    for handlers in (of_documents, of_images, of_media):
        handlers.post_delete_file_cleanup = _drop_with_row


@contextmanager
def dropped_together() -> Iterator[None]:
    """Drop no file with its row within the block: who deletes many rows drops all at once."""
    token = _elsewhere.set(True)
    try:
        yield
    finally:
        _elsewhere.reset(token)


def _drop_with_row(instance: Any, **_: Any) -> None:
    if _elsewhere.get():
        return
    fields = (field for field in instance._meta.fields if isinstance(field, FileField))
    drop_files(str(getattr(instance, field.name).name or "") for field in fields)
