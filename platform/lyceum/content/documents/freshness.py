"""Keeping documents true: whatever changes, the pages that show it are rendered again.

All is marked in the transaction of the change itself; the next reader, or the publication that
follows, renders. A process killed in between therefore leaves nothing wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published, post_page_move

from lyceum.content import search
from lyceum.content.documents.making import (
    forget_page,
    places_by_root,
    refresh,
    render_pages,
)
from lyceum.content.documents.rendering import FILE, PAGE
from lyceum.content.documents.staleness import mark_below, mark_page, mark_pages, mark_showing
from lyceum.content.indexing import index_later, index_pages
from lyceum.content.models import (
    BasePage,
    LibraryDocument,
    LibraryImage,
    LibraryMedia,
)
from lyceum.content.types import type_of
from lyceum.content.visibility import from_path
from lyceum.kernel.clock import now
from lyceum.kernel.leftovers import release
from lyceum.kernel.registries import Registry

LIBRARIES = (LibraryImage, LibraryDocument, LibraryMedia)

# Saving a draft touches these alone, and readers see none of them.
OF_DRAFTS = frozenset(
    {"latest_revision", "has_unpublished_changes", "draft_title", "latest_revision_created_at"}
)

# Told, by their paths, which places of the tree gained, lost or moved a page that readers see.
tree_changed: Registry[Callable[[Sequence[str]], None]] = Registry("tree changed")

# While many pages change at once: the ids of those that did; else None.
_changing: ContextVar[set[int] | None] = ContextVar("lyceum_content_changing", default=None)


def connect() -> None:
    """Listen to Wagtail and to the libraries. Called once, when the room is ready."""
    pre_save.connect(_before_save, dispatch_uid="content.before_save")
    post_save.connect(_after_save, dispatch_uid="content.after_save")
    pre_delete.connect(_before_delete, dispatch_uid="content.before_delete")
    post_delete.connect(_after_delete, dispatch_uid="content.after_delete")
    page_published.connect(_published, dispatch_uid="content.published")
    post_page_move.connect(_moved, dispatch_uid="content.moved")


@contextmanager
def changing_many(root_path: str) -> Iterator[None]:
    """
    Change many pages below a root, as an import does, and make their documents at the end.

    Within the block nothing is rendered, counted or indexed; at its end, what changed is, once,
    and the pages that show it are too. Nothing is done where nothing changed.
    """
    changed: set[int] = set()
    token = _changing.set(changed)
    try:
        with disable_reference_index_auto_update(), index_later():
            yield
    finally:
        _changing.reset(token)
    if changed:
        _catch_up(changed, root_path)


def _catch_up(changed: set[int], root_path: str) -> None:
    pages = list(BasePage.objects.filter(pk__in=changed).order_by("path").specific())
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
        if not page.live:
            forget_page(page.pk)
    index_pages(pages)
    mark_pages({page.pk: page.path for page in pages if page.live}, at=now())
    for path in topmost(page.path for page in pages):
        mark_showing(PAGE, _uuids_from(path))
    tell_tree(root_path)
    refresh(root_path, plugins=places_by_root()[root_path].plugins, at=now())


def topmost(paths: Iterable[str]) -> list[str]:
    """Return those of some places in the tree that are below none of the others."""
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found


def counts_changed(page_ids: Sequence[int]) -> None:
    """Have pages rendered again whose counts were written. No other page shows them."""
    pages = BasePage.objects.order_by().filter(pk__in=page_ids, live=True)
    for page_id, path in list(pages.values_list("pk", "path")):
        mark_page(page_id, path=path, at=now())


def tell_tree(*paths: str) -> None:
    """Tell who listens that the tree changed at these places (paths)."""
    for listener in tree_changed:
        listener(paths)


def _before_save(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
    if raw or _changing.get() is not None or not isinstance(instance, BasePage):
        return
    was = BasePage.objects.filter(pk=instance.pk).values_list("live", flat=True).first()
    instance._was_live = bool(was)


def _after_save(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **_: Any
) -> None:
    if raw:
        return
    if isinstance(instance, LIBRARIES):
        mark_showing(FILE, [instance.uuid])
    elif isinstance(instance, BasePage) and not (update_fields and set(update_fields) <= OF_DRAFTS):
        changing = _changing.get()
        if changing is None:
            _page_saved(instance)
        else:
            changing.add(instance.pk)


def _page_saved(page: BasePage) -> None:
    was_live = getattr(page, "_was_live", False)
    if page.live and type_of(page.specific) is not None:
        mark_page(page.pk, path=page.path, at=now())
    elif was_live:
        forget_page(page.pk)
    if was_live == page.live:
        mark_showing(PAGE, [page.uuid])
    else:
        mark_showing(PAGE, _uuids_from(page.path))
        tell_tree(page.path)


def _before_delete(sender: Any, instance: Any, **_: Any) -> None:
    if isinstance(instance, BasePage):
        mark_showing(PAGE, [instance.uuid])


def _after_delete(sender: Any, instance: Any, **_: Any) -> None:
    if isinstance(instance, LIBRARIES):
        mark_showing(FILE, [instance.uuid])
    elif sender is BasePage:
        search.forget(instance.pk)
        if instance.specific_class is None:
            # The rest of it lies in a table of a plugin whose code is gone.
            release()
        if _changing.get() is None:
            tell_tree(instance.path)


def _published(sender: Any, instance: Any, **_: Any) -> None:
    if _changing.get() is None:
        render_pages([instance.pk], at=now())


def _moved(
    sender: Any, instance: Any, parent_page_before: Any, parent_page_after: Any, **_: Any
) -> None:
    changing = _changing.get()
    if changing is not None:
        changing.add(instance.pk)
        return
    if instance.live:
        mark_page(instance.pk, path=instance.path, at=now())
    mark_below(instance.path)
    mark_showing(PAGE, _uuids_from(instance.path))
    # Where it was, a path now names another page or none: the parent's is sure to be right.
    before = BasePage.objects.filter(pk=parent_page_before.pk).values_list("path", flat=True)
    tell_tree(*before, instance.path)


def _uuids_from(path: str) -> list[Any]:
    """Return the UUIDs of the page at a path and of all pages below it."""
    return list(from_path(BasePage.objects.order_by(), path).values_list("uuid", flat=True))
