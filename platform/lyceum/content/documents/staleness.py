"""What is out of date: documents that the next reader, or who has just published, renders again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lyceum.content.documents.making import BATCH, places_by_root
from lyceum.content.models import BasePage, Document, DocumentReference
from lyceum.content.visibility import SCHOOL_DEPTH, STEP, below


def mark_page(page_id: int, *, path: str, at: datetime) -> None:
    """Have a published page rendered again by its next reader, in every language."""
    mark_pages({page_id: path}, at=at)


def mark_pages(paths: Mapping[int, str], *, at: datetime) -> None:
    """Have published pages, given by id with their paths, rendered again by the next reader."""
    places = places_by_root()
    rows = [
        Document(page_id=page_id, language=language, stale=True, rendered_at=at)
        for page_id, path in paths.items()
        if (place := places.get(path[: SCHOOL_DEPTH * STEP]))
        for language in place.languages
    ]
    Document.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    ids = list(paths)
    for start in range(0, len(ids), BATCH):
        Document.objects.filter(page_id__in=ids[start : start + BATCH]).update(stale=True)


def mark_showing(kind: str, targets: Sequence[Any]) -> None:
    """Have those pages rendered again that show one of the things, named by UUID or slug."""
    for start in range(0, len(targets), BATCH):
        names = [str(target) for target in targets[start : start + BATCH]]
        showing = DocumentReference.objects.filter(kind=kind, target__in=names)
        Document.objects.filter(page_id__in=showing.values("page_id"), stale=False).update(
            stale=True
        )


def mark_below(path: str) -> None:
    """Have all pages below a path rendered again."""
    pages = below(BasePage.objects.order_by(), path)
    Document.objects.filter(page_id__in=pages.values("pk"), stale=False).update(stale=True)
