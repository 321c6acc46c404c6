"""What people type into the editor's searches: signs, and quotes left open."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.pages import a_lesson
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db

SEARCHES = (
    "wagtailadmin_pages:search",
    "wagtailimages:index",
    "wagtaildocs:index",
    "wagtailmedia:index",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs_chooser:choose_results",
)


@pytest.mark.parametrize("address", SEARCHES)
@pytest.mark.parametrize("asked", ['the "past', '">‹', '"', "it's", "50%", "a\\b (c) ^d* -e"])
def test_a_search_takes_whatever_is_typed(editor_of, address, asked):
    school = a_school()
    browser = editor_of(a_member(school, "manager"), school)

    assert browser.get(reverse(address), {"q": asked}).status_code == 200


def test_a_word_is_found_though_its_quotes_are_left_open(editor_of):
    school = a_school()
    a_lesson(school, "The past tense")
    browser = editor_of(a_member(school, "manager"), school)

    page = browser.get(reverse("wagtailadmin_pages:search"), {"q": '"past'})

    assert "The past tense" in page.content.decode()
