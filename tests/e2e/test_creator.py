"""A creator's way: into the editor, change a lesson, publish it, and readers have it at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from content_types.models import Lesson
from lyceum.content.grants import grant_page
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from tests.people import PASSWORD, a_member

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "es", "ar")


def lesson_in(language: str, lesson: Lesson) -> Any:
    response = Client(headers={"host": "toto.test"}).get(
        f"/api/v1/content/lessons/{lesson.uuid}?lang={language}"
    )
    assert response.status_code == 200
    return response


def form_of(page: Any) -> dict[str, Any]:
    """Return what the editor's form of a page would send if nothing were changed."""
    from wagtail.test.utils.form_data import querydict_from_html

    return dict(querydict_from_html(page.content.decode(), form_id="w-editor-form").items())


def test_a_creator_changes_a_lesson_and_readers_have_it_at_once(toto: CurrentSchool) -> None:
    lesson = Lesson.objects.get(slug="hello-toto")
    before = {language: lesson_in(language, lesson) for language in LANGUAGES}
    manager = a_member(toto, "manager")
    creator = a_member(toto, "content_creator", email="grace@toto.test")
    grant_page(
        actor=manager,
        user=creator,
        page=lesson.get_ancestors().get(slug="everyday-english"),
        permissions={"add", "change", "publish"},
        at=now(),
    )
    browser = Client(headers={"host": "toto.test"})
    browser.post("/admin/login/", {"username": "grace@toto.test", "password": PASSWORD})

    editor = browser.get(f"/admin/pages/{lesson.pk}/edit/")
    titles = {f"title_{code}": f"Changed ({code})" for code in LANGUAGES}
    saved = browser.post(
        f"/admin/pages/{lesson.pk}/edit/",
        {**form_of(editor), **titles, "action-publish": "action-publish"},
    )

    assert editor.status_code == 200
    assert saved.status_code == 302
    for language in LANGUAGES:
        after = lesson_in(language, lesson)
        assert json.loads(after.content)["title"] == f"Changed ({language})"
        assert after["ETag"] != before[language]["ETag"]
