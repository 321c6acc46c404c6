"""The content policies in a real browser: nothing of ours is refused, what is smuggled in is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from content_types.models import Exercise, Lesson
from lyceum.schools.current import CurrentSchool
from tests.e2e.browser import a_page
from tests.people import a_member

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

# ReDoc's maker would learn who reads.
MEANT_TO_BE_REFUSED = "https://cdn.redoc.ly/redoc/logo-mini.svg"


@dataclass
class Tour:
    """A manager's browser at the school, which notes what the content policies refuse."""

    page: Any
    address: str
    section: int
    refused: list[str]

    def open(self, path: str) -> None:
        response = self.page.goto(self.address + path, wait_until="load")
        assert response.status == 200, (path, response.status)

    def note(self, said: Any) -> None:
        if said.type == "error" and "Content Security Policy" in said.text:
            self.refused.append(f"{self.page.url}: {said.text}")


@pytest.fixture
def lesson(toto: CurrentSchool) -> Lesson:
    return Lesson.objects.get(slug="hello-toto")


@pytest.fixture
def translation(toto: CurrentSchool) -> Exercise:
    return next(one for one in Exercise.objects.all() if one.task[0].block_type == "translation")


@pytest.fixture
def tour(
    live_server: Any, toto: CurrentSchool, lesson: Lesson, translation: Exercise, chromium: str
) -> Iterator[Tour]:
    manager = Client(headers={"host": "toto.localhost"})
    manager.force_login(
        a_member(toto, "manager"), backend="lyceum.accounts.backends.AuthenticationBackend"
    )
    section = lesson.get_parent().pk
    cookies = {name: morsel.value for name, morsel in manager.cookies.items()}
    address = live_server.url.replace("//localhost", "//toto.localhost")
    with a_page(chromium, address, cookies) as page:
        tour = Tour(page, address, section, [])
        page.set_default_timeout(90_000)
        page.on("console", tour.note)
        page.on("pageerror", lambda error: tour.refused.append(f"{page.url}: {error}"))
        yield tour


def test_the_editor_works_with_scripts_of_ours_alone(
    tour: Tour, lesson: Lesson, translation: Exercise, tmp_path: Path
) -> None:
    page, editor = tour.page, f"/admin/pages/{lesson.pk}/edit/"
    section = tour.section
    for path in (
        *("", f"pages/{section}/", f"pages/{lesson.pk}/history/", "images/", "media/"),
        *(f"pages/{section}/add_subpage/", "documents/", "media/audio/add/"),
    ):
        tour.open(f"/admin/{path}")

    tour.open(editor)
    page.locator("[id$=prerequisites-ADD]").click()
    page.get_by_role("button", name="Choose a page (Lesson)").last.click()
    page.locator(".modal-body").wait_for()

    tour.open(editor)
    page.get_by_role("tab", name="English").click()
    text = page.locator(".public-DraftEditor-content:visible").first
    text.click()
    page.keyboard.press("Control+b")
    page.keyboard.type("Words")
    text.get_by_text("Words", exact=True).first.wait_for()

    tour.open(editor)
    page.get_by_role("button", name="Toggle preview").click()
    page.frame_locator("iframe").first.get_by_text("Toto").first.wait_for()
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").first.click()
    page.locator("#id_go_live_at").click()
    page.locator(".xdsoft_datetimepicker:visible").wait_for()

    tour.open(f"/admin/pages/{translation.pk}/edit/")
    page.locator(".answer-trial input").first.fill("something else")
    page.keyboard.press("Enter")
    page.locator(".answer-trial__verdict").wait_for()

    Image.new("RGB", (60, 40), "orange").save(tmp_path / "orange.png")
    tour.open("/admin/images/multiple/add/")
    with page.expect_response(lambda answer: answer.request.method == "POST") as taken:
        page.set_input_files("#fileupload", tmp_path / "orange.png")
    assert taken.value.status == 200
    page.locator("#upload-list form").wait_for()

    assert tour.refused == []


def test_a_script_that_came_in_by_a_page_does_not_run(tour: Tour) -> None:
    for path in ("/admin/", "/api/v1/docs", "/", "/api/v1/problems/not_found"):
        tour.open(path)
        ran = tour.page.evaluate(
            """() => {
                document.body.insertAdjacentHTML(
                    'beforeend', '<img src="x" onerror="window.ran = 1"><iframe srcdoc="<p>">');
                const script = document.createElement('script');
                script.textContent = 'window.ran = 1';
                document.body.append(script);
                return new Promise((done) => setTimeout(() => done(window.ran), 300));
            }"""
        )
        assert ran is None, path
        assert any("script" in refusal for refusal in tour.refused), path
        tour.refused.clear()


def test_the_documentation_works_with_what_is_ours_alone(tour: Tour) -> None:
    tour.open("/api/v1/docs")
    tour.page.locator(".opblock-summary").first.click()
    tour.page.get_by_role("button", name="Try it out").first.wait_for()
    tour.open("/api/v1/problems/not_found")
    tour.open("/")
    assert tour.refused == []

    tour.open("/api/v1/redoc")
    tour.page.locator("h1").first.wait_for()
    assert all(MEANT_TO_BE_REFUSED in refusal for refusal in tour.refused)
