"""Keys that lists are sorted by, and the migration that gives them to what is there."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from lyceum.content.models import Document
from lyceum.content.sorting import LENGTH, shelf_of, sort_key
from tests.pages import a_lesson
from tests.people import a_school


def test_a_key_is_the_titles_words_and_then_the_page() -> None:
    assert sort_key("¡Él está!", 1)[:9] == b"el esta\0\0"
    assert sort_key("a", 1) < sort_key("A", 2) < sort_key("a b", 1) < sort_key("Ab", 1)
    assert len(sort_key("ﷺ" * 255, 1)) <= LENGTH + 9


@pytest.mark.django_db
def test_documents_that_are_kept_get_the_place_that_rendering_gives() -> None:
    lesson = a_lesson(a_school("toto"), "To be", title_es="Ser")
    rendered = {one.language: bytes(one.sort_key) for one in Document.objects.filter(page=lesson)}
    assert rendered["es"] == sort_key("Ser", lesson.pk)
    Document.objects.update(shelf="", sort_key=b"")

    import_module("lyceum.content.migrations.0011_places_by_title").give_places(apps, None)

    kept = Document.objects.filter(page=lesson)
    assert {one.language: bytes(one.sort_key) for one in kept} == rendered
    assert {one.shelf for one in kept} == {shelf_of(lesson.path, "lesson")}
