"""The front end as learners use it: an account, a lesson, no connection, and what goes wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.front_end import (
    ANSWER,
    LESSON,
    REAL_LESSON,
    Desk,
    a_browser,
    a_counted_wire,
    a_desk,
    code_to,
    make_school,
)
from tests.people import PASSWORD
from tests.services.mails import text_of
from tests.services.servers import (
    MailServer,
    Server,
    environment_of,
    mail_server,
    product_server,
    run_in,
)

pytestmark = pytest.mark.long

logger = logging.getLogger(__name__)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("front-end")
    make_school(folder)
    return folder


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mails")) as running:
        yield running


@pytest.fixture(scope="module")
def server(data: Path, mails: MailServer) -> Iterator[Server]:
    environment = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mails.port)}
    with product_server(data, workers=1, **environment) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with a_browser(chromium) as running:
        yield running


def test_signing_up_leads_to_a_lesson_that_is_done(
    server: Server, mails: MailServer, browser: Any
) -> None:
    with a_desk(browser, server) as desk:
        page = desk.open("/sign-up")
        page.get_by_label("First name").fill("Lucía")
        page.get_by_label("E-mail address").fill("lucia@example.test")
        page.get_by_label("Password").fill("12345678")
        page.get_by_role("button", name="Sign up").click()
        refused = page.get_by_label("Password").locator("xpath=..").locator(".fault").inner_text()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign up").click()
        page.get_by_label("Code").fill(code_to(mails, "lucia@example.test"))
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{desk.address}/")

        desk.open(LESSON)
        wrong = desk.answer(1, "The large dog sleep").inner_text()
        desk.exercise(1).get_by_role("button", name="Try again").click()
        marks = [desk.answer(number, ANSWER).inner_text() for number in (1, 2)]
        page.get_by_text("You have done this lesson.").wait_for()
        desk.open("/progress")
        page.get_by_text("You finished a lesson: The dog").wait_for()
        progress = page.locator("main").inner_text()

    assert "common" in refused or "digits" in refused
    assert "Right" not in wrong
    assert all("Right" in mark for mark in marks)
    assert "1 lesson done" in progress
    assert desk.complaints == []


def test_the_second_step_is_set_up_and_asked_for(server: Server, browser: Any) -> None:
    with a_desk(browser, server) as desk:
        desk.sign_in("eva@example.test", PASSWORD)
        page = desk.open("/me")
        page.get_by_text("The second step").click()
        page.get_by_role("button", name="Set it up").click()
        page.get_by_role("img", name="QR code").wait_for()
        secret = page.locator("ol code").inner_text()
        page.get_by_label("Code").fill(code_of_app(secret))
        page.get_by_role("button", name="Go on").click()
        # What changes how one gets in is for the person alone, and not for who found the device.
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Password").fill(PASSWORD)
        dialog.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Show them").click()
        page.locator(".codes code").first.wait_for()
        codes = page.locator(".codes code").all_inner_texts()
        page.get_by_role("button", name="Sign out").last.click()
        page.wait_for_url(f"{desk.address}/")

        desk_at_code(desk)
        page.get_by_label("Code").fill("000000")
        page.get_by_role("button", name="Go on").click()
        refused = page.locator(".fault").inner_text()
        page.get_by_label("Code").fill(codes[0])
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{desk.address}/")
        page.get_by_role("link", name="Eva").wait_for()

    assert len(codes) == 10
    assert refused == "This code is not right, or it was used before."


def test_another_address_takes_the_place_of_the_old_one_once_it_is_proved(
    server: Server, mails: MailServer, browser: Any
) -> None:
    with a_desk(browser, server) as desk:
        desk.sign_in("zoe@example.test", PASSWORD)
        page = desk.open("/me")
        page.get_by_text("Change the e-mail address").click()
        ask_for_address(page, "wrong@example.test")
        # What changes how one gets in is for the person alone.
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Password").fill(PASSWORD)
        dialog.get_by_role("button", name="Go on").click()
        page.get_by_label("Code").wait_for()
        mails.take_mail_to("wrong@example.test")
        page.get_by_role("button", name="Cancel").click()
        faults = []
        for email in ("zoe@example.test", "zoe@nowhere"):
            ask_for_address(page, email)
            faults.append(page.locator(".fault").inner_text())
            page.reload()
            page.get_by_text("Change the e-mail address").click()
        ask_for_address(page, "zoe.new@example.test")
        page.get_by_label("Code").fill("AAAA-AAAA")
        page.get_by_role("button", name="Go on").click()
        refused = page.locator(".fault").inner_text()
        page.reload()
        page.get_by_text("Change the e-mail address").click()
        page.get_by_label("Code").fill(code_to(mails, "zoe.new@example.test"))
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("status").get_by_text("Saved").wait_for()
        told = page.locator("details[open]").inner_text()
        page.get_by_role("button", name="Sign out").last.click()
        page.wait_for_url(f"{desk.address}/")
        desk.sign_in("zoe.new@example.test", PASSWORD)

        # An old address opens the account no more.
        old = server.auth("POST", "auth/login", {"email": "zoe@example.test", "password": PASSWORD})

    assert faults == [
        "This is an address of yours already.",
        "Check this: it cannot be accepted as it is.",
    ]
    assert refused == "This code is not right, or it was used before."
    assert "Your address: zoe.new@example.test" in told
    assert "zoe@example.test" not in told
    assert "changed" in text_of(mails.take_mail_to("zoe@example.test"))
    assert old.status == 400
    assert desk.complaints == []


def ask_for_address(page: Any, email: str) -> None:
    page.get_by_label("New e-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()


def desk_at_code(desk: Desk) -> None:
    page = desk.open("/sign-in")
    page.get_by_label("E-mail address or user name").fill("eva@example.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").wait_for()


def code_of_app(secret: str) -> str:
    """Return what an authenticator app shows now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_a_lesson_that_was_opened_is_there_without_a_connection_and_answers_wait(
    server: Server, browser: Any, data: Path
) -> None:
    with a_desk(browser, server) as desk:
        desk.sign_in("ana@example.test", PASSWORD)
        page = desk.open(LESSON)
        desk.exercise(2).wait_for()
        desk.keeps_pages()

        page.context.set_offline(True)
        desk.open(LESSON)
        text = page.locator("main").inner_text()
        waits = [desk.answer(number, ANSWER).inner_text() for number in (1, 2)]
        page.get_by_text("2 answers wait for a connection.").wait_for()
        desk.open(LESSON)
        page.get_by_text("2 answers wait for a connection.").wait_for()
        unpublish(data, "sleep-2")

        page.context.set_offline(False)
        page.get_by_text("1 answer that waited was sent.").wait_for()
        told = page.locator(".strip").inner_text()
        page.get_by_role("button", name="All right").click()
        desk.open("/progress")
        progress = page.locator("main").inner_text()

    publish(data, "sleep-2")
    assert "A dog sleeps." in text
    assert all("Kept" in each for each in waits)
    assert "Sleep 2: This answer was refused." in told
    assert "2 points" not in progress
    assert desk.complaints == []


def unpublish(data: Path, slug: str) -> None:
    _change(data, f"page = Exercise.objects.get(slug={slug!r})\npage.unpublish()")


def publish(data: Path, slug: str) -> None:
    change = f"page = Exercise.objects.get(slug={slug!r})\npage.get_latest_revision().publish()"
    _change(data, change)


def _change(data: Path, change: str) -> None:
    run_in(environment_of(data), f"from content_types.models import Exercise\n{change}")


def test_who_signs_out_leaves_nothing_to_the_next_one(server: Server, browser: Any) -> None:
    with a_desk(browser, server) as desk:
        desk.sign_in("mia@example.test", PASSWORD)
        page = desk.open(LESSON)
        desk.exercise(2).wait_for()
        desk.keeps_pages()
        page.context.set_offline(True)
        desk.answer(1, ANSWER).wait_for()
        page.context.set_offline(False)
        page.get_by_text("was sent").wait_for()
        kept = desk.kept()
        desk.open("/me")
        page.get_by_role("button", name="Sign out").last.click()
        page.wait_for_url(f"{desk.address}/")
        page.get_by_role("link", name="Sign in").wait_for()
        left = desk.kept()

        # A page with nobody's name in it, for whoever comes next.
        desk.keeps_pages()
        page.context.set_offline(True)
        page.goto(desk.address + LESSON)
        page.get_by_role("alert").first.wait_for()
        shown = page.locator("body").inner_text()

    personal = {"/api/v1/me", "/api/v1/learning/progress?limit=100"}
    assert personal & set(kept["read"])
    assert not personal & set(left.get("read", []))
    assert not any("/content/lessons/" in each for each in left.get("read", []))
    assert "Mia" not in shown


@pytest.mark.parametrize("reader", ["stranger", "learner"])
@pytest.mark.parametrize(("school", "played"), [("lively", ".exercise"), ("playful", ".stage")])
def test_the_first_page_of_a_lesson_is_light_and_stands_still(
    server: Server, browser: Any, school: str, played: str, reader: str
) -> None:
    with a_counted_wire(server) as wire, a_desk(browser, server) as desk:
        desk.address = f"http://{school}.localhost:{server.port}"
        if reader == "learner":
            desk.sign_in(f"tom@{school}.test", PASSWORD)
        # Another port: nothing of it is known, but for the cookie.
        desk.address = f"http://{school}.localhost:{wire.port}"
        desk.page.add_init_script(
            """window.shift = 0;
            new PerformanceObserver((list) => {
              for (const each of list.getEntries()) window.shift += each.value;
            }).observe({type: "layout-shift", buffered: true});"""
        )
        page = desk.open(REAL_LESSON)
        page.locator(played).first.wait_for()
        page.wait_for_load_state("networkidle")
        asked, size = list(wire.asked), wire.bytes
        # What is kept for later comes after it.
        desk.keeps_pages()
        shift = page.evaluate("window.shift")

    of = f"{school}, {reader}: {size} bytes, {len(asked)} requests, layout shift {shift:.4f}"
    logger.info("%s; %s with what is kept for later", of, wire.bytes)  # --log-cli-level=INFO
    assert size <= 150_000
    assert len(asked) <= 15, asked
    assert shift < 0.1


def test_what_goes_wrong_on_the_way_is_said_in_words_and_the_page_goes_on(
    server: Server, browser: Any, data: Path
) -> None:
    attempts = "**/api/v1/learning/exercises/*/attempts*"
    said = {}
    # What a service worker fetches cannot be made to fail from here.
    with a_desk(browser, server, service_workers="block") as desk:
        desk.sign_in("leo@example.test", PASSWORD)
        page = desk.open(LESSON)
        for name, failure in FAILURES.items():
            page.route(attempts, failing_with(failure))
            desk.exercise(1).get_by_label("Your translation").fill(ANSWER)
            desk.exercise(1).get_by_role("button", name="Check").click()
            said[name] = desk.exercise(1).get_by_role("alert").inner_text()
            page.unroute(attempts)

        # The session ends elsewhere, in the middle of an answer.
        page.context.clear_cookies(name="sessionid")
        desk.exercise(1).get_by_role("button", name="Check").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("E-mail address or user name").fill("leo@example.test")
        dialog.get_by_label("Password").fill(PASSWORD)
        dialog.get_by_role("button", name="Sign in", exact=True).click()
        mark = desk.exercise(1).locator(".outcome").inner_text()

        suspend(data, "leo@example.test")
        desk.answer(2, ANSWER)
        suspended = desk.exercise(2).get_by_role("alert").inner_text()

        page.route("**/api/v1/school", lambda route: route.fulfill(status=500, body="<h1>500"))
        page.goto(desk.address + LESSON)
        page.get_by_role("alert").wait_for()
        without_the_school = page.locator("body").inner_text()

        page.unroute("**/api/v1/school")
        page.route("**/api/v1/media/**", lambda route: route.abort())
        desk.open(REAL_LESSON)
        page.locator(".no-picture").first.wait_for()
        pictures = page.locator(".no-picture").all_inner_texts()

    assert said["broken"].startswith("Something broke at the school's end.")
    assert said["a page"].startswith("What came was not the school's answer.")
    assert "Try again in 30 seconds." in said["too often"]
    assert "Right" in mark
    assert "suspended" in suspended or "members" in suspended
    assert "Something broke at the school's end." in without_the_school
    assert "A dog sleeps." in without_the_school
    assert all(pictures)
    assert desk.complaints == []


def failing_with(failure: dict[str, Any]) -> Any:
    return lambda route: route.fulfill(**failure)


FAILURES: dict[str, dict[str, Any]] = {
    "broken": {"status": 500, "content_type": "text/html", "body": "<h1>500</h1>"},
    "a page": {"status": 200, "content_type": "text/html", "body": "<h1>Sign in to the Wi-Fi"},
    "too often": {"status": 429, "headers": {"Retry-After": "30"}, "json": {"code": "throttled"}},
}


def suspend(data: Path, email: str) -> None:
    script = "from lyceum.schools.models import Membership\n"
    chosen = f"Membership.objects.filter(user__email={email!r})"
    run_in(environment_of(data), f"{script}{chosen}.update(status='inactive')")
