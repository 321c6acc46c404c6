"""The image of a slide is told with a text of its own."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from content_types.models import Lesson
from content_types.rendering.blocks import slides as rendered
from lyceum.content.documents.rendering import Rendering
from tests.pages import a_lesson
from tests.people import a_school
from tests.platform.content.test_confinement import an_image

pytestmark = pytest.mark.django_db


def a_body(*slides: dict[str, Any]) -> str:
    rows = [{"type": "item", "id": str(n), "value": slide} for n, slide in enumerate(slides)]
    return json.dumps([{"type": "slides", "id": "a", "value": {"slides": rows}}])


def told_of(lesson: Lesson) -> list[str]:
    """Return what readers are told of the image of each slide."""
    shown = rendered(lesson.body_en[0].value, Rendering("en", ("en",)))
    return [slide["image"]["alt"] for slide in shown["slides"]]


def test_what_a_slide_says_of_its_image_comes_before_what_the_library_says() -> None:
    school = a_school()
    image, lesson = an_image(school), a_lesson(school)
    image.description = "A picture"
    image.save()
    slides = (
        {"title": "One", "image": image.pk, "alt": "A cat"},
        {"title": "2", "image": image.pk},
    )
    lesson.body_en = a_body(*slides)

    assert told_of(lesson) == ["A cat", "A picture"]


def test_slides_from_before_are_given_what_the_library_said_of_their_images() -> None:
    school = a_school()
    image, silent, lesson = an_image(school), an_image(school), a_lesson(school)
    image.description = "A picture"
    image.save()
    images = (image.pk, silent.pk, None)
    lesson.body_en = a_body(*({"title": "One", "text": "", "image": pk} for pk in images))
    lesson.save_revision(clean=False)
    lesson.save(clean=False)
    migration = import_module("content_types.migrations.0004_alternative_texts_of_slides")

    migration.describe_slides(apps, None)

    lesson = Lesson.objects.get(pk=lesson.pk)
    for version in (lesson, lesson.get_latest_revision_as_object()):
        slides = version.body_en[0].value["slides"]
        assert [slide["alt"] or "" for slide in slides] == ["A picture", "", ""]
        assert [slide["title"] for slide in slides] == ["One"] * 3
