"""Comparing what is kept of published pages with what rendering them now would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lyceum.content.documents.freshness import tell_tree
from lyceum.content.documents.making import (
    Place,
    places_by_root,
    refresh,
    render,
    render_pages,
)
from lyceum.content.models import BasePage, Document, DocumentReference, PageTag
from lyceum.content.sorting import shelf_of, sort_key
from lyceum.content.types import is_there, type_of
from lyceum.content.visibility import below
from lyceum.kernel.clock import now
from lyceum.kernel.registries import Registry

# Each gets a school's root path and returns, in words, the counts that are wrong below it.
count_checks: Registry[Callable[[str], list[str]]] = Registry("count checks")


def differences() -> Iterator[str]:
    """
    Yield, in words, each difference between what is kept and what should be.

    What is stale is rendered first, as its next reader would have done.
    """
    for root_path, place in places_by_root().items():
        for check in count_checks:
            yield from check(root_path)
        refresh(root_path, plugins=place.plugins, at=now())
        for page in below(BasePage.objects.order_by("path"), root_path).specific().iterator():
            yield from _of_page(page, place)


def rebuild() -> int:
    """Count and render everything anew; return how many pages were rendered."""
    made = 0
    for root_path in places_by_root():
        tell_tree(root_path)
        pages = below(BasePage.objects.order_by("path"), root_path).filter(live=True)
        made += render_pages(pages.values_list("pk", flat=True), at=now())
    return made


def _of_page(page: Any, place: Place) -> Iterator[str]:
    kind = type_of(page)
    if page.live and (kind is None or not is_there(kind, place)):
        # Of a plugin that is off, or whose code is gone, there is what was last told.
        return
    name = f"{page._meta.verbose_name} {page.uuid} ({page.slug})"
    kept = {document.language: document for document in Document.objects.filter(page_id=page.pk)}
    references = set(
        DocumentReference.objects.filter(page_id=page.pk).values_list("kind", "target")
    )
    tags = set(PageTag.objects.filter(page_id=page.pk).values_list("tag", flat=True))
    if kind is None or not page.live:
        if kept or references or tags:
            yield f"{name}: is not published, but something is kept of it"
        return
    right = render(page, kind, place.languages, place)
    for language, document in right.documents.items():
        found = kept.pop(language, None)
        if found is None:
            yield f"{name}: no document in {language}"
        elif (found.card, found.body, found.digest) != (
            document.card,
            document.body,
            document.digest,
        ):
            yield f"{name}: the document in {language} is out of date"
        elif (found.shelf, bytes(found.sort_key)) != (
            shelf_of(page.path, kind.name),
            sort_key(right.copies[language].title, page.pk),
        ):
            yield f"{name}: the document in {language} stands in the wrong place of lists"
    for language in kept:
        yield f"{name}: a document in {language}, which is no language of the school"
    if references != right.references:
        yield f"{name}: what it shows is noted wrongly: {references ^ right.references}"
    if tags != right.tags:
        yield f"{name}: its tags are noted wrongly"
