"""The editor's own search: each page that is saved is put into Wagtail's index, or many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import post_delete, post_save
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler

from lyceum.content.models import BasePage

BATCH = 200

_later: ContextVar[bool] = ContextVar("lyceum_index_later", default=False)


def connect() -> None:
    """Listen to pages in the place of Wagtail's search. Called once, when the room is ready."""
    post_save.connect(_saved, dispatch_uid="content.index_saved")
    post_delete.connect(_deleted, dispatch_uid="content.index_deleted")


@contextmanager
def index_later() -> Iterator[None]:
    """Leave pages that are saved within the block to who calls `index_pages` after it."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def index_pages(pages: Iterable[Any]) -> None:
    """Put pages of their specific classes into the index, as they are in the database."""
    by_model: dict[type[Any], list[Any]] = defaultdict(list)
    for page in pages:
        by_model[type(page)].append(page)
    for backend in get_search_backends(with_auto_update=True):
        for model, those in by_model.items():
            for start in range(0, len(those), BATCH):
                backend.add_bulk(model, those[start : start + BATCH])


def _saved(sender: Any, instance: Any, **given: Any) -> None:
    if isinstance(instance, BasePage) and not _later.get():
        post_save_signal_handler(instance, **given)


def _deleted(sender: Any, instance: Any, **given: Any) -> None:
    if isinstance(instance, BasePage):
        post_delete_signal_handler(instance, **given)
