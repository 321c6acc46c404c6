"""Screens of plugins in a real browser, under the policy of the school's pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from lyceum.kernel.plugins.versions import SLOTS
from lyceum.schools.current import CurrentSchool
from lyceum.testing.news import deliver_news
from lyceum.testing.plugins import switch_off, switch_on
from plugins.moments.tests.test_media import a_picture
from tests.content_types.exercise_kinds.tasks import a_translation
from tests.e2e.browser import a_page
from tests.pages import a_category, a_lesson, a_subcategory, an_exercise
from tests.people import a_learner, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


@dataclass
class Desk:
    """Where somebody sits: their browser's page, and where the school is found."""

    page: Any
    address: str
    complaints: list[str]

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture
def toto(db: None) -> CurrentSchool:
    return a_school("toto", host="toto.localhost")


@contextmanager
def a_desk(live_server: Any, chromium: str, person: Any = None) -> Iterator[Desk]:
    """Open a browser in which a person is signed in, or nobody is."""
    client = Client(headers={"host": "toto.localhost"})
    if person is not None:
        client.force_login(person, backend="lyceum.accounts.backends.AuthenticationBackend")
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    address = live_server.url.replace("//localhost", "//toto.localhost")
    complaints: list[str] = []
    with a_page(chromium, address, cookies) as page:
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield Desk(page, address, complaints)


def meanwhile(doing: Callable[[], Any]) -> None:
    """Do something beside an open browser, which has this thread for itself."""

    def do() -> None:
        doing()
        connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(do).result()


def a_lesson_with_an_exercise(school: CurrentSchool) -> str:
    below = a_subcategory(a_category(school, "English", slug="english"), "Verbs", slug="verbs")
    task = [{"type": "translation", "value": a_translation(language="en", accept=["A dog walks"])}]
    an_exercise(a_lesson(below, "To be", slug="to-be"), task=task)
    return "/learn/english/verbs/to-be"


def test_the_probe_draws_in_every_slot_and_a_screen_of_its_own(
    toto: CurrentSchool, live_server: Any, chromium: str
) -> None:
    path = a_lesson_with_an_exercise(toto)
    switch_on("probe", toto)
    ana = a_learner(toto, first_name="Ana")

    with a_desk(live_server, chromium, ana) as desk:
        drawn = set()
        for shown in ("/", path, "/me", f"/people/{ana.uuid}"):
            texts = desk.open(shown).locator(".slot .plugin.probe").all_inner_texts()
            drawn |= {text.removeprefix("probe: ") for text in texts}
        desk.page.get_by_role("link", name="Probe").click()
        desk.page.get_by_role("heading", name="Probe").wait_for()
        screen = desk.page.locator("main").inner_text()
        colour = desk.page.locator("p.probe").evaluate("each => getComputedStyle(each).color")
        expect(desk.page).to_have_title("Probe · Toto")
        desk.page.get_by_role("button", name="The seventh").click()
        desk.page.get_by_text("note 7").wait_for()
        desk.open("/probe/broken")

    assert {each.split()[0] for each in drawn} == set(SLOTS)
    assert {"lesson.after lesson", "exercise.after exercise,mark", "person.profile person"} <= drawn
    assert "Ana is at Toto." in screen
    assert "0 notes" in screen
    assert colour == "rgb(27, 35, 48)"
    assert [said for said in desk.complaints if "It breaks when it is drawn." in said]
    assert [said for said in desk.complaints if "Content Security Policy" in said] == []


def test_a_lesson_has_what_a_plugin_draws_and_says_what_it_cannot_show(
    toto: CurrentSchool, live_server: Any, chromium: str
) -> None:
    switch_on("probe", toto)
    below = a_subcategory(a_category(toto, "English", slug="english"), "Dogs", slug="dogs")
    remarks = [("probe_remark", {"said": said, "picture": None}) for said in ("Woof", "Broken")]
    lesson = a_lesson(below, "A dog", slug="a-dog", body_en=remarks)
    an_exercise(lesson, task=[{"type": "probe_echo", "value": {"word": "dog"}}])
    ana = a_learner(toto, first_name="Ana")

    with a_desk(live_server, chromium, ana) as desk:
        page = desk.open("/learn/english/dogs/a-dog")
        page.locator(".plugin.probe").get_by_text("Woof").wait_for()
        assert page.locator(".missing").all_inner_texts() == [
            "A part of this lesson cannot be shown at the moment (probe: remark)."
        ]
        page.get_by_label("A word of 3 letters").fill("cat")
        page.get_by_role("button", name="Check").click()
        assert page.locator(".outcome").inner_text() == "Not yet."
        page.get_by_role("button", name="Try again").click()
        page.get_by_label("A word of 3 letters").fill("dog")
        page.get_by_role("button", name="Check").click()
        page.get_by_text("1 of 1 exercises done").wait_for()
        # Off, and said so at the next page.
        meanwhile(lambda: switch_off("probe", toto))
        page = desk.open("/learn/english/dogs/a-dog")
        page.locator(".missing").nth(2).wait_for()
        assert page.locator(".plugin.probe").count() == 0


def test_a_learner_tells_a_moment_comments_and_likes(
    toto: CurrentSchool, live_server: Any, chromium: str
) -> None:
    switch_on("moments", toto)
    ana = a_learner(toto, first_name="Ana")
    ben = a_learner(toto, first_name="Ben")

    with a_desk(live_server, chromium, ana) as desk:
        page = desk.open("/moments")
        page.get_by_role("button", name="Tell something").click()
        page.get_by_label("What do you want to tell?").fill("I read <b>a book</b>.")
        page.get_by_label("Tags").fill("#books, reading")
        page.get_by_label("Add pictures or videos").set_input_files(
            {"name": "cat.png", "mimeType": "image/png", "buffer": a_picture(form="PNG")}
        )
        page.get_by_role("button", name="Remove").wait_for()
        page.get_by_role("button", name="Post", exact=True).click()
        told = page.locator("article.moment")
        told.get_by_text("I read <b>a book</b>.").wait_for()
        told.get_by_role("link", name="#books").wait_for()
        assert told.get_by_role("img", name="Picture by Ana").count() == 1

    with a_desk(live_server, chromium, ben) as desk:
        page = desk.open("/")
        page.locator(".slot.home-card").get_by_role("link", name="I read").click()
        page.get_by_role("button", name="Like").click()
        page.get_by_role("button", name="Like", pressed=True).wait_for()
        page.get_by_label("Say something kind").fill("Which one?")
        page.get_by_role("button", name="Send").click()
        page.get_by_role("heading", name="1 comment").wait_for()
        page.locator("article.moment").get_by_role("link", name="Ana").click()
        page.get_by_role("button", name="Follow", exact=True).click()
        page.get_by_text("1 follower").wait_for()

    deliver_news()
    with a_desk(live_server, chromium, ana) as desk:
        text = desk.open("/moments/activity").locator("main").inner_text()
        assert "Ben said something to your moment" in " ".join(text.split())
        # Off, and gone at the next page.
        meanwhile(lambda: switch_off("moments", toto))
        gone = desk.open("/moments")
        assert gone.get_by_role("heading", name="There is nothing here").count() == 1
        assert gone.get_by_role("link", name="Moments").count() == 0
        assert gone.evaluate("fetch('/moments').then((answer) => answer.status)") == 404


def test_points_and_a_badge_follow_an_answer_and_a_leaderboard_can_be_left(
    toto: CurrentSchool, live_server: Any, chromium: str
) -> None:
    path = a_lesson_with_an_exercise(toto)
    switch_on("badges", toto)
    ana = a_learner(toto, first_name="Ana")

    with a_desk(live_server, chromium, ana) as desk:
        page = desk.open(path)
        page.get_by_label("Your translation").fill("A dog walks")
        page.get_by_role("button", name="Check").click()
        page.get_by_text("Right!").wait_for()
        meanwhile(deliver_news)
        page.get_by_text("New badge:").first.wait_for()
        text = desk.open("/badges").locator("main").inner_text()
        assert "First step" in text.partition("Still to earn")[0]
        page.get_by_role("navigation", name="Badges").get_by_role(
            "link", name="Leaderboard"
        ).click()
        page.get_by_role("row", name="1 Ana you").wait_for()
        page.get_by_role("button", name="Take me off").click()
        page.get_by_text("Nobody has points here yet.").wait_for()


def test_a_child_is_told_kindly_what_is_not_for_children(
    toto: CurrentSchool, live_server: Any, chromium: str
) -> None:
    for plugin in ("moments", "badges"):
        toto = switch_on(plugin, toto)
    kim = a_learner(toto, first_name="Kim", is_child=True)

    with a_desk(live_server, chromium, kim) as desk:
        assert "Leaderboards are for grown-ups." in desk.open("/badges/leaderboard").inner_text(
            "main"
        )
        page = desk.open("/moments")
        page.get_by_text("Not everybody writes here.").wait_for()
        assert page.get_by_role("button", name="Tell something").count() == 0
