"""A creator's way: write or change a lesson, preview it, have it published; readers have it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from content_types.exchange.importing import import_folder
from content_types.models import Lesson
from lyceum.content.rights.grants import grant_page
from lyceum.kernel.clock import now
from lyceum.learning.models import Attempt
from lyceum.schools.current import CurrentSchool
from tests.e2e.browser import a_page, cookies_of
from tests.e2e.front_end import content_of_one_lesson
from tests.pages import a_category, a_subcategory
from tests.people import PASSWORD, a_learner, a_member, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

TITLES = {"en": "Hello again", "es": "Hola de nuevo", "ar": "مرحبًا من جديد"}


@pytest.fixture
def toto(db: None, tmp_path: Path) -> CurrentSchool:
    school = a_school("toto", name="English with Toto", host="toto.localhost")
    import_folder(content_of_one_lesson(tmp_path), school=school)
    return school


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


def sign_in(page: Any, address: str, email: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{address}/admin/login/")
    page.fill("input[name=username]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.get_by_role("region", name="What waits for you").wait_for()


def test_a_creator_changes_previews_and_publishes_and_readers_have_it_at_once(
    live_server: Any, toto: CurrentSchool, chromium: str
) -> None:
    lesson = Lesson.objects.get(slug="hello-toto")
    a_creator(toto, lesson)
    before = {language: lesson_in(language, lesson) for language in TITLES}
    address = live_server.url.replace("//localhost", "//toto.localhost")

    with a_page(chromium, address) as page:
        sign_in(page, address, "grace@toto.test")
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


def test_what_a_creator_writes_is_seen_played_sent_for_review_published_and_learnt(
    live_server: Any, chromium: str
) -> None:
    school = a_school("toto", host="toto.localhost", languages=["en", "es"], colours=OWN)
    verbs = a_subcategory(a_category(school, "English", slug="english"), "Verbs", slug="verbs")
    manager = a_member(school, "manager", email="ada@toto.test")
    creator = a_member(school, "content_creator", email="grace@toto.test")
    grant_page(actor=manager, user=creator, page=verbs, permissions=["add", "change"], at=now())
    address = live_server.url.replace("//localhost", "//toto.localhost")
    faults: list[str] = []

    with a_page(chromium, address, viewport={"width": 1500, "height": 1000}) as page:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: line.type == "error" and faults.append(line.text))
        sign_in(page, address, "grace@toto.test")
        page.goto(f"{address}/admin/pages/add/content_types/lesson/{verbs.pk}/")
        write_a_lesson(page)
        page.get_by_role("button", name="Save draft").click()
        told(page)
        lesson = page.url
        page.get_by_role("link", name="Add an exercise").click()
        write_an_exercise(page)
        tried = answer(preview_of(page))
        send_for_review(page)
        page.goto(lesson)
        again = answer(preview_of(page))
        send_for_review(page)
        assert page.get_by_role("button", name="Publish", exact=True).count() == 0

        sign_in(page, address, "ada@toto.test")
        for title in ("At the station", "When does it leave?"):
            approve(page, address, title)

    assert not Attempt.objects.exists()
    with a_page(chromium, address, cookies_of(a_learner(school))) as page:
        page.goto(f"{address}/learn/english/verbs/at-the-station")
        page.get_by_label("Gap").wait_for()
        shown = page.locator("main").inner_text()
        marks = answer(page)
        page.get_by_text("You have done this lesson.").wait_for()

    assert tried == again == marks == ["Not yet.", "Right!"]
    assert "The train leaves at nine." in shown
    assert Attempt.objects.count() == len(marks)
    assert faults == []


OWN = {"brand": "#6A1B9A"}


def preview_of(page: Any) -> Any:
    return page.frame_locator("#w-preview-iframe")


def write_a_lesson(page: Any) -> None:
    """Write a lesson in two languages, and see both as they are written."""
    page.get_by_role("button", name="Toggle preview").click()
    page.get_by_role("tab", name="Español").click()
    page.fill("input[name=title_es]", "En la estación")
    page.get_by_role("tab", name="English").click()
    page.fill("input[name=title_en]", "At the station")
    page.locator("[data-contentpath=body_en] .c-sf-add-button").first.click()
    page.get_by_role("option", name="Text").click()
    type_in(page.locator("[data-contentpath=body_en] [role=textbox]").first, "The train leaves")
    preview = preview_of(page)
    preview.get_by_text("The train leaves", exact=True).wait_for()
    page.keyboard.type(" at nine.")
    preview.get_by_text("The train leaves at nine.").wait_for()
    colour = "page => getComputedStyle(page).getPropertyValue('--color-brand')"
    assert preview.locator("html").evaluate(colour).strip() == OWN["brand"]
    page.get_by_label("Preview mode").select_option(label="Español")
    preview.get_by_role("heading", name="En la estación").wait_for()
    assert preview.locator("html").get_attribute("lang") == "es"
    page.get_by_label("Preview mode").select_option(label="English")


def write_an_exercise(page: Any) -> None:
    page.get_by_role("tab", name="English").click()
    page.fill("input[name=title_en]", "When does it leave?")
    page.get_by_role("tab", name="Exercise").click()
    page.locator("#task-root .c-sf-add-button").first.click()
    page.get_by_role("option", name="Fill in the blanks").click()
    type_in(page.locator("#task-root textarea:visible").first, "The train {leaves} at nine.")


def type_in(field: Any, text: str) -> None:
    """Type as a person does: what is there within two seconds is to Wagtail as it was before."""
    field.click()
    field.press_sequentially(text, delay=max(120, 2500 // len(text)))


def answer(shown: Any) -> list[str]:
    """Give a wrong answer and a right one; return the first line of what came of each."""
    marks = []
    for text in ("leave", "leaves"):
        shown.get_by_label("Gap").fill(text)
        shown.get_by_role("button", name="Check").click()
        marks.append(shown.locator(".outcome").inner_text().splitlines()[0])
        if text == "leave":
            shown.get_by_role("button", name="Try again").click()
    return marks


def send_for_review(page: Any) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Submit to Review at Toto").click()
    told(page)


def approve(page: Any, address: str, title: str) -> None:
    """Open what waits for a review from the first page of the desk, and publish it."""
    page.goto(f"{address}/admin/")
    waiting = page.get_by_role("region", name="Waiting for your review")
    waiting.get_by_role("link", name=title).click()
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Approve and Publish", exact=True).click()
    told(page)


def told(page: Any) -> None:
    """Wait for what the editor says once something was done."""
    page.locator(".messages").get_by_text("has been").first.wait_for()
