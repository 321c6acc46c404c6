"""Two people meet by moments, in a real browser; and the screens of both plugins, by axe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from lyceum.accounts.models import User
from lyceum.schools.current import CurrentSchool
from lyceum.testing.plugins import switch_on
from plugins.moments.tests.telling import comment, post
from plugins.moments.tests.test_media import a_video
from tests.e2e.browser import a_page, cookies_of
from tests.e2e.test_accessibility import STILL, faults_of
from tests.people import a_learner, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def toto(db: None) -> CurrentSchool:
    school = a_school("toto", host="toto.localhost", languages=["en", "ar"])
    return switch_on("badges", switch_on("moments", school))


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url).replace("//localhost", "//toto.localhost")


def asking(person: User) -> Client:
    client = Client(headers={"host": "toto.localhost"})
    client.force_login(person, backend="lyceum.accounts.backends.AuthenticationBackend")
    return client


def opened(page: Any, address: str) -> Any:
    """Open a moment, and return it."""
    page.goto(address)
    page.locator("article.moment").wait_for()
    return page.locator("article.moment")


def choose(thing: Any, act: str) -> None:
    """Open what more can be done with a thing, and do one of it."""
    thing.get_by_label("More").first.click()
    thing.get_by_role("button", name=act, exact=True).first.click()


def test_two_people_reply_share_change_report_and_delete(
    toto: CurrentSchool, address: str, chromium: str
) -> None:
    ana, ben = a_learner(toto, first_name="Ana"), a_learner(toto, first_name="Ben")
    told = post(asking(ana), "I read a book.")
    moment = f"{address}/moments/{told['id']}"

    with a_page(chromium, address, cookies_of(ben), **STILL) as page:
        told = opened(page, moment)
        page.get_by_label("Say something kind").fill("Which one?")
        page.get_by_role("button", name="Send").click()
        page.get_by_role("heading", name="1 comment").wait_for()
        told.get_by_role("button", name="Share").click()
        page.get_by_role("dialog").get_by_label("Say something about it").fill("Read this.")
        page.get_by_role("dialog").get_by_role("button", name="Share").click()
        expect(told.get_by_role("button", name="Share 1")).to_be_visible()
        choose(told, "Report")
        page.get_by_role("dialog").get_by_text("Advertising").click()
        page.get_by_role("dialog").get_by_role("button", name="Send").click()
        page.get_by_text("Thank you. Somebody will look at it.").wait_for()

    with a_page(chromium, address, cookies_of(ana), **STILL) as page:
        told = opened(page, moment)
        asked = page.locator("article.moments-comment").first
        asked.get_by_role("button", name="Reply").click()
        asked.get_by_label("Reply to Ben").fill("Momo.")
        asked.get_by_role("button", name="Send").click()
        asked.get_by_role("button", name="1 reply").wait_for()
        page.get_by_role("heading", name="2 comments").wait_for()
        choose(told, "Change")
        page.locator(".moments-composer").get_by_role("textbox").first.fill("I read two books.")
        page.get_by_role("button", name="Save").click()
        told.get_by_text("I read two books.").wait_for()
        expect(told.get_by_text("changed", exact=True)).to_be_visible()
        page.goto(f"{address}/moments")
        shared = page.locator("article.moment", has_text="Read this.")
        shared.locator("blockquote").get_by_text("I read two books.").wait_for()
        choose(opened(page, moment), "Delete")
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        page.wait_for_url(f"{address}/moments")
        page.get_by_text("What was shared here is not to be seen any more.").wait_for()
        expect(page.get_by_text("I read two books.")).to_have_count(0)


def test_a_video_is_told_and_what_is_none_is_refused_in_words(
    toto: CurrentSchool, address: str, chromium: str
) -> None:
    ana = a_learner(toto, first_name="Ana")
    none = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"This is no film."}
    film = {**none, "buffer": a_video()}

    with a_page(chromium, address, cookies_of(ana), **STILL) as page:
        page.goto(f"{address}/moments")
        page.get_by_role("button", name="Tell something").click()
        page.get_by_label("Add pictures or videos").set_input_files(none)
        page.get_by_role("alert").get_by_text("Take a picture").wait_for()
        page.get_by_label("Add pictures or videos").set_input_files(film)
        page.get_by_role("button", name="Remove").wait_for()
        page.get_by_role("button", name="Post", exact=True).click()
        page.locator("article.moment").get_by_label("Video by Ana").wait_for()


def test_the_screens_of_plugins_break_no_rule_of_axe(
    toto: CurrentSchool, address: str, chromium: str
) -> None:
    ana, ben = a_learner(toto, first_name="Ana"), a_learner(toto, first_name="Ben")
    moment = post(asking(ben), "I read a book.", tags=["books"])
    comment(asking(ana), moment, "Which one?")
    paths = [
        *("/moments", "/moments/featured", "/moments/activity", "/moments/tags/books"),
        *(f"/moments/{moment['id']}", f"/moments/people/{ben.uuid}", f"/people/{ben.uuid}"),
        *("/badges", "/badges/leaderboard"),
    ]

    with a_page(chromium, address, cookies_of(ana), **STILL) as page:
        faults = list(faults_on(page, address, paths))

    assert not faults, "\n".join(faults)


def faults_on(page: Any, address: str, paths: list[str]) -> Iterator[str]:
    for language in ("en", "ar"):
        for path in paths:
            yield from faults_of(page, address, path, language)
