"""A creator tries an answer beside the accept-list in a real browser, and accepts it too."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from content_types.models import Exercise
from lyceum.plugin.exercises import find_task
from tests.content_types.exercise_kinds.tasks import a_translation
from tests.e2e.browser import a_page
from tests.pages import a_lesson, an_exercise
from tests.people import a_member, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_an_answer_is_tried_and_accepted_by_keyboard_and_kept(
    live_server: Any, chromium: str
) -> None:
    school = a_school("toto", host="toto.localhost")
    task = [{"type": "translation", "value": a_translation(language="en", accept=["A dog walks"])}]
    exercise = an_exercise(a_lesson(school), task=task)
    creator = Client(headers={"host": "toto.localhost"})
    creator.force_login(
        a_member(school, "manager"), backend="lyceum.accounts.backends.AuthenticationBackend"
    )
    cookies = {name: morsel.value for name, morsel in creator.cookies.items()}

    address = live_server.url.replace("//localhost", "//toto.localhost")

    with a_page(chromium, address, cookies) as page:
        page.goto(f"{address}/admin/pages/{exercise.pk}/edit/")
        page.locator(".answer-trial input").fill("A [big] dog walks")
        page.keyboard.press("Enter")
        first = page.locator(".answer-trial__verdict").inner_text()
        page.locator(".answer-trial input").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator(".answer-trial__verdict--right").wait_for()
        page.get_by_role("button", name="Save draft").click()
        page.wait_for_url(f"**/admin/pages/{exercise.pk}/edit/")
        page.get_by_text("has been").first.wait_for()

    assert first.startswith("Wrong")
    kept = Exercise.objects.get(pk=exercise.pk).get_latest_revision_as_object()
    read = find_task(kept.task)
    assert read is not None
    assert read.value["accept"] == ["A dog walks", r"A \[big\] dog walks"]
