"""What the editor's own search finds: each page as it was saved last, many changed at once too."""

from __future__ import annotations

import pytest

from lyceum.content.documents.freshness import changing_many
from lyceum.content.models import BasePage
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import a_school

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    return sorted(page.title for page in BasePage.objects.search(words))


def test_a_page_is_found_by_its_title_until_that_changes_or_it_is_deleted() -> None:
    page = a_category(a_school("toto"), "Grammar")

    assert found("grammar") == ["Grammar"]

    page.title_en = "Reading"
    page.save_revision().publish()

    assert (found("grammar"), found("reading")) == ([], ["Reading"])

    page.delete()

    assert found("reading") == []


def test_pages_that_change_together_are_found_once_all_have() -> None:
    school = a_school("toto")
    subcategory = a_subcategory(a_category(school, "Grammar"), "Verbs")

    with changing_many(school.root_path):
        a_lesson(subcategory, "Past perfect")
        a_lesson(subcategory, "Past simple")
        before = found("past")

    assert before == []
    assert found("past") == ["Past perfect", "Past simple"]
