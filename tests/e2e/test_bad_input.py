"""What is broken, missing or silent is said in words in its place, and the page goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lyceum.content.models import BasePage, LibraryImage
from lyceum.content.preview.services import make_preview
from lyceum.kernel.clock import now
from lyceum.learning.models import Attempt
from lyceum.schools.current import CurrentSchool
from tests.e2e.browser import a_page, cookies_of
from tests.e2e.lessons import FULL, full_lessons
from tests.people import PASSWORD, a_learner, a_member, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

# What a page waits for is a tenth as long here: twenty seconds of silence are two.
IMPATIENT = """
  const whole = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => whole(milliseconds / 10);
"""
# What a service worker fetches cannot be made to fail from here.
ALONE = {"locale": "en", "service_workers": "block"}

FAILURES: dict[str, Callable[[Any], Any]] = {
    "Something broke at the school's end.": lambda route: route.fulfill(status=500, body="<h1>"),
    "What came was not the school's answer.": lambda route: route.fulfill(
        content_type="text/html", body="<h1>Sign in to the Wi-Fi"
    ),
    "There is no connection.": lambda route: route.abort("connectionrefused"),
    "The school does not answer.": lambda route: None,
}


@pytest.fixture
def school(db: None) -> CurrentSchool:
    school = a_school("toto", host="toto.localhost")
    full_lessons(school)
    return school


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url).replace("//localhost", "//toto.localhost")


def exercise(page: Any, name: str) -> Any:
    return page.locator("section.exercise").filter(
        has=page.get_by_role("heading", name=name, exact=True)
    )


def choose_the_cat(page: Any) -> Any:
    """Answer an exercise; return it."""
    shown = exercise(page, "multiple_choice")
    shown.get_by_text("a cat", exact=True).click()
    shown.get_by_role("button", name="Check").click()
    return shown


def test_what_cannot_be_shown_is_named_in_its_place_and_the_lesson_goes_on(
    school: CurrentSchool, address: str, chromium: str
) -> None:
    lost = LibraryImage.objects.get()
    shape = lost.width / lost.height
    lost.file.delete(save=False)
    learner = a_learner(school)
    lesson = f"/api/v1/content/lessons/{BasePage.objects.get(slug='a-cat').uuid}"
    client = Client(headers={"host": "toto.localhost"})
    client.force_login(learner, backend="lyceum.accounts.backends.AuthenticationBackend")
    newer = {
        path: with_the_unknown(client.get(path).json()) for path in (lesson, f"{lesson}/exercises")
    }
    faults: list[str] = []

    with a_page(chromium, address, cookies_of(learner), **ALONE) as page:
        page.on("response", lambda told: told.status >= 500 and faults.append(told.url))
        page.goto(address + FULL)
        page.locator(".no-picture").first.scroll_into_view_if_needed()
        page.locator(".slides").scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        pictures = page.locator(".no-picture").all_inner_texts()
        box = page.locator(".no-picture").first.bounding_box()

        page.goto(address + "/learn/animals/pets")
        for path, told in newer.items():
            page.route(f"**{path}?*", telling(told))
        page.get_by_role("link", name="A cat").click()
        exercise(page, "multiple_choice").wait_for()
        page.get_by_text("(origami)").wait_for()
        missing = page.locator(".missing").all_inner_texts()
        mark = choose_the_cat(page).locator(".outcome").inner_text()
        text = page.locator("main").inner_text()

    assert pictures[0] == "This picture cannot be shown. A cat"
    assert abs(box["width"] / box["height"] - shape) < 0.05
    assert [each for each in missing if "A part of this lesson cannot be shown" in each] == [
        f"A part of this lesson cannot be shown at the moment ({name})."
        for name in ("hologram", "constructor", "slides", "probe: remark")
    ]
    kinds = [each for each in missing if "kind of exercise" in each]
    assert [each.rpartition("(")[2] for each in kinds] == ["matching).", "origami)."]
    assert "Right!" in mark
    assert "It may scratch." in text
    assert faults == []


def telling(told: dict[str, Any]) -> Callable[[Any], Any]:
    return lambda route: route.fulfill(json=told)


def with_the_unknown(told: dict[str, Any]) -> dict[str, Any]:
    """Add what a newer server, or a plugin that is gone, would have told."""
    if "items" in told:
        for each in told["items"]:
            if each["title"] == "matching":
                each["task"] = {"pairs": 7}
        first = told["items"][0]
        told["items"].append({**first, "id": "new", "title": "Fold", "kind": "origami"})
    else:
        unknown = ("hologram", "constructor", "slides")
        told["body"][:0] = [{"type": name, "id": name, "slides": 7} for name in unknown]
    return told


def test_an_api_that_breaks_or_is_silent_is_told_in_words_and_nothing_is_lost(
    school: CurrentSchool, address: str, chromium: str
) -> None:
    a_learner(school, email="zoe@toto.test", first_name="Zoe")
    cat = BasePage.objects.get(slug="a-cat").specific
    token = make_preview(page=cat, actor=a_member(school, "manager"), at=now())
    faults: list[str] = []

    with a_page(chromium, address, **ALONE) as page:
        page.context.add_init_script(IMPATIENT)
        page.on("pageerror", lambda error: faults.append(str(error)))
        sign_in_at_last(page, address)
        open_at_last(page, address)
        answer_at_last(page, address)
        begin_at_last(page, address)
        preview_at_last(page, f"{address}/preview?token={token}")

    assert faults == []
    # Each answer once, however often it was sent.
    assert Attempt.objects.count() == 3


def told_of(page: Any, words: str, within: Any = None) -> Any:
    alert = (within or page).get_by_role("alert").filter(has_text=words)
    alert.wait_for()
    return alert


def sign_in_at_last(page: Any, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address or user name").fill("zoe@toto.test")
    page.get_by_label("Password").fill(PASSWORD)
    button = page.get_by_role("button", name="Sign in", exact=True)
    for words, failing in FAILURES.items():
        page.route("**/auth/login", failing)
        button.click()
        told_of(page, words)
        page.unroute("**/auth/login")
    button.click()
    page.wait_for_url(f"{address}/")


def open_at_last(page: Any, address: str) -> None:
    lesson = "**/api/v1/content/lessons/*-*"
    for words, failing in FAILURES.items():
        page.goto(f"{address}/learn/animals/pets")
        page.route(lesson, failing)
        page.get_by_role("link", name="A cat").click()
        alert = told_of(page, words)
        assert page.get_by_role("heading", level=1).inner_text() == "A cat"
        page.unroute(lesson)
        alert.get_by_role("button", name="Try again").click()
        page.get_by_text("It may scratch.").wait_for()


def answer_at_last(page: Any, address: str) -> None:
    """Answer while nothing comes back: what was refused is still there, and what was not waits."""
    page.goto(address + FULL)
    for words, failing in FAILURES.items():
        page.route(ATTEMPTS, failing)
        page.route(SYNC, failing)
        if words in LATER:
            wait_and_send(page, *LATER[words])
        else:
            told_of(page, words, choose_the_cat(page))
        page.unroute(ATTEMPTS)
        page.unroute(SYNC)
    shown = exercise(page, "multiple_choice")
    shown.get_by_role("button", name="Check").click()
    assert "Right!" in shown.locator(".outcome").inner_text()


ATTEMPTS, SYNC = "**/api/v1/learning/exercises/*/attempts*", "**/api/v1/learning/sync"
# What is answered while the school cannot be reached: which exercise, which field, what.
LATER = {
    "There is no connection.": ("dictation", "Write what you hear", "The bus leaves at nine"),
    "The school does not answer.": ("translation", "Your translation", "The big dog sleeps"),
}


def wait_and_send(page: Any, name: str, field: str, text: str) -> None:
    shown = exercise(page, name)
    shown.get_by_label(field).fill(text)
    shown.get_by_role("button", name="Check").click()
    assert "Kept" in shown.locator(".outcome").inner_text()
    page.get_by_text("1 answer waits for a connection.").wait_for()
    page.unroute(ATTEMPTS)
    page.unroute(SYNC)
    page.get_by_role("button", name="Send now").click()
    page.get_by_text("1 answer that waited was sent.").wait_for()
    page.get_by_role("button", name="All right").click()


def begin_at_last(page: Any, address: str) -> None:
    """Begin with a school that does not say what it is, what it has, or who is there."""
    for silent in ("**/api/v1/school", "**/api/v1/content/tree*", "**/api/v1/me"):
        for words, failing in FAILURES.items():
            if words == "There is no connection." or words.startswith("What came"):
                continue  # told in the same places
            page.goto(f"{address}/search")
            page.get_by_role("link", name="Toto").wait_for()
            page.route(silent, failing)
            page.goto(f"{address}/learn/animals" if silent.endswith("/school") else f"{address}/me")
            if "tree" in silent:
                page.get_by_role("link", name="Zoe").wait_for()
                page.get_by_role("link", name="Toto").click()
            alert = told_of(page, words)
            page.unroute(silent)
            alert.get_by_role("button", name="Try again").click()
            page.get_by_role("link", name="Zoe").wait_for()
            assert alert.count() == 0


def preview_at_last(page: Any, address: str) -> None:
    for words, failing in FAILURES.items():
        page.route("**/api/v1/school", failing)
        page.goto(address)
        alert = told_of(page, words)
        assert "It may scratch." in page.locator("body").inner_text()
        page.unroute("**/api/v1/school")
        alert.get_by_role("button", name="Try again").click()
        page.get_by_text("not saved yet").wait_for()
