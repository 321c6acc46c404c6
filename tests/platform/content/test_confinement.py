"""Editors of several schools at work in one process: each finds their own, whoever came first."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.test import Client
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from content_types.models import Lesson
from lyceum.content.models import BasePage, LibraryImage
from lyceum.kernel import prepared
from lyceum.schools.confinement import confined_to
from lyceum.schools.current import CurrentSchool
from tests.pages import a_lesson
from tests.people import a_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def campus() -> CurrentSchool:
    return a_school("campus")


def an_image(school: CurrentSchool) -> LibraryImage:
    image: LibraryImage = LibraryImage.objects.create(
        title=school.name,
        file=get_test_image_file(),
        collection=Collection.objects.get(school=school.id),
    )
    return image


def test_pages_and_files_of_other_schools_are_not_there(
    toto: CurrentSchool, campus: CurrentSchool
) -> None:
    ours, theirs = a_lesson(toto), a_lesson(campus)
    image, foreign = an_image(toto), an_image(campus)

    with confined_to(toto):
        assert set(Lesson.objects.all()) == {ours}
        assert not BasePage.objects.filter(pk=theirs.pk).exists()
        assert BasePage.objects.filter(depth=1).exists()
        assert set(LibraryImage.objects.all()) == {image}

    assert set(Lesson.objects.all()) == {ours, theirs}
    assert set(LibraryImage.objects.all()) == {image, foreign}


def test_a_form_that_one_school_opened_first_serves_the_next(
    toto: CurrentSchool, campus: CurrentSchool
) -> None:
    image, foreign = an_image(toto), an_image(campus)
    block: Any = ImageChooserBlock()
    with confined_to(toto):
        first = block.field.clean(str(image.pk))
        pages = ModelChoiceField(queryset=BasePage.objects.all())
    lesson = a_lesson(campus)

    with confined_to(campus):
        assert block.field.clean(str(foreign.pk)) == foreign
        assert pages.clean(lesson.pk).pk == lesson.pk
        with pytest.raises(ValidationError):
            block.field.clean(str(image.pk))

    assert first == image


def test_a_query_that_was_prepared_while_an_editor_works_serves_every_school(
    toto: CurrentSchool, campus: CurrentSchool
) -> None:
    a_lesson(toto, "The past"), a_lesson(campus, "Passwords")
    prepared._kept.clear()
    with confined_to(toto):
        Client(headers={"X-School": "toto"}).get("/api/v1/content/lessons")

    answer = Client(headers={"X-School": "campus"}).get("/api/v1/content/lessons").json()

    assert [item["title"] for item in answer["items"]] == ["Passwords"]


def test_a_search_in_an_editor_is_held_too(toto: CurrentSchool, campus: CurrentSchool) -> None:
    image = an_image(toto)
    an_image(campus)

    with confined_to(toto):
        assert list(LibraryImage.objects.search("toto")) == [image]
        assert list(LibraryImage.objects.search("campus")) == []
