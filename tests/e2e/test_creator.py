"""A creator's way: into the editor, change a lesson, preview it, publish it; readers have it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from content_types.models import Lesson
from lyceum.content.rights.grants import grant_page
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from tests.e2e.browser import a_page
from tests.people import PASSWORD, a_member

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

TITLES = {"en": "Hello again", "es": "Hola de nuevo", "ar": "مرحبًا من جديد"}


def lesson_in(language: str, lesson: Lesson) -> Any:
    response = Client(headers={"host": "toto.localhost"}).get(
        f"/api/v1/content/lessons/{lesson.uuid}?lang={language}"
    )
    assert response.status_code == 200
    return response


def plain(lesson: Any) -> str:
    """Return a lesson's body without the blanks between tags, which the editor drops."""
    return json.dumps(lesson.json()["body"]).replace("> <", "><")


def a_creator(school: CurrentSchool, lesson: Lesson) -> None:
    creator = a_member(school, "content_creator", email="grace@toto.test")
    grant_page(
        actor=a_member(school, "manager"),
        user=creator,
        page=lesson.get_ancestors().get(slug="everyday-english"),
        permissions=["add", "change", "publish"],
        at=now(),
    )


def test_a_creator_changes_previews_and_publishes_and_readers_have_it_at_once(
    live_server: Any, toto: CurrentSchool, chromium: str
) -> None:
    lesson = Lesson.objects.get(slug="hello-toto")
    a_creator(toto, lesson)
    before = {language: lesson_in(language, lesson) for language in TITLES}
    address = live_server.url.replace("//localhost", "//toto.localhost")

    with a_page(chromium, address) as page:
        page.goto(f"{address}/admin/login/")
        page.fill("input[name=username]", "grace@toto.test")
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.goto(f"{address}/admin/pages/{lesson.pk}/edit/")
        for language, name in (("en", "English"), ("es", "Español"), ("ar", "العربية")):
            page.get_by_role("tab", name=name).click()
            page.fill(f"input[name=title_{language}]", TITLES[language])
        page.get_by_role("button", name="Toggle preview").click()
        preview = page.frame_locator("iframe").first
        preview.get_by_text(TITLES["en"]).first.wait_for()
        page.get_by_role("button", name="More actions").last.click()
        page.get_by_role("button", name="Publish").click()
        page.get_by_text("published").first.wait_for()

    for language, title in TITLES.items():
        after = lesson_in(language, lesson)
        assert after.json()["title"] == title
        assert after["ETag"] != before[language]["ETag"]
        assert plain(after) == plain(before[language])
