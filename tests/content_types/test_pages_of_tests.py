"""The pages that tests begin with are what an editor's publication leaves."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import PageLogEntry, ReferenceIndex

from lyceum.content.models import Document, DocumentReference
from tests.pages import a_lesson, a_subcategory
from tests.people import a_school

pytestmark = pytest.mark.django_db

# What any two pages differ in.
OWN = {"id", "basepage_ptr", "path", "uuid", "slug", "url_path", "translation_key"}
TIMES = {"created_at", "first_published_at", "last_published_at", "latest_revision_created_at"}
REVISIONS = {"latest_revision", "live_revision"}


def test_a_page_made_at_once_is_as_one_that_was_published() -> None:
    school = a_school("toto")
    fields = {
        "title": "Animals",
        "description_en": "Cats and dogs",
        "slug": "animals",
        "title_es": "Los animales",
    }

    at_once = a_lesson(a_subcategory(school, "Nouns"), **fields)
    published = a_lesson(a_subcategory(school, "Nouns"), published=False, **fields)
    published.get_latest_revision().publish()
    published.refresh_from_db()

    assert told(at_once) == told(published)
    assert traces(at_once) == traces(published)


def told(page: Any) -> dict[str, Any]:
    """Return a page's columns but those of its own; of times, whether; of revisions, which."""
    columns = {field.attname: field.value_from_object(page) for field in page._meta.concrete_fields}
    kept = {name: value for name, value in columns.items() if name.removesuffix("_id") not in OWN}
    for name in TIMES:
        kept[name] = kept[name] is not None
    for name in REVISIONS:
        kept[f"{name}_id"] = page.revisions.filter(pk__gte=kept[f"{name}_id"]).count()
    return kept


def traces(page: Any) -> dict[str, Any]:
    """Return what else is written of a page, without what any two pages differ in."""
    documents = Document.objects.filter(page_id=page.pk).order_by("language")
    return {
        "documents": [(one.language, one.stale, len(one.card + one.body)) for one in documents],
        "shown": sorted(
            DocumentReference.objects.filter(page_id=page.pk).values_list("kind", flat=True)
        ),
        "history": list(
            PageLogEntry.objects.filter(page_id=page.pk).values_list("action", "content_changed")
        ),
        "index": ReferenceIndex.get_references_for_object(page).count(),
    }
