"""Screens of plugins in a real browser, under the policy of the school's pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from lyceum.kernel.plugins.versions import SLOTS
from lyceum.schools.current import CurrentSchool
from lyceum.testing.plugins import switch_on
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
        title = desk.page.title()
        desk.page.get_by_role("button", name="The seventh").click()
        desk.page.get_by_text("note 7").wait_for()
        desk.open("/probe/broken")

    assert {each.split()[0] for each in drawn} == set(SLOTS)
    assert {"lesson.after lesson", "exercise.after exercise,mark", "person.profile person"} <= drawn
    assert "Ana is at Toto." in screen
    assert "0 notes" in screen
    assert colour == "rgb(27, 35, 48)"
    assert title == "Probe · Toto"
    assert [said for said in desk.complaints if "It breaks when it is drawn." in said]
    assert [said for said in desk.complaints if "Content Security Policy" in said] == []
