"""A device in learners' hands: recordings without a connection, a newer theme, another person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.processes import ROOT
from tests.e2e.browser import WITH_MICROPHONE
from tests.e2e.front_end import ANSWER, LESSON, a_browser, a_desk, make_school
from tests.people import PASSWORD
from tests.services.servers import Server, environment_of, free_port, product_server, run_in

pytestmark = pytest.mark.long

SPEAKING = "/learn/english/verbs/the-cat"
SPOKEN = """
from content_types.models import Subcategory
from tests.content_types.exercise_kinds.tasks import a_sentence, a_translation
from tests.pages import a_lesson, an_exercise
below = Subcategory.objects.get(slug="verbs")
lesson = a_lesson(below, "The cat", slug="the-cat", title_ar="القطة",
                  body_en=[("text", "<p>A cat purrs.</p>")])
for number in (1, 2, 3):
    task = [{"type": "speaking", "value": a_sentence()}]
    an_exercise(lesson, f"Say {number}", slug=f"say-{number}", task=task, title_ar=f"قل {number}")
an_exercise(lesson, "Write", slug="write", title_ar="اكتب",
            task=[{"type": "translation", "value": a_translation()}])
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("devices")
    make_school(folder)
    run_in(environment_of(folder), SPOKEN)
    return folder


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Server]:
    with product_server(data, workers=1) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with a_browser(chromium, WITH_MICROPHONE) as running:
        yield running


def spoken(page: Any, number: int) -> Any:
    return page.get_by_role("region", name=f"Say {number}")


def say(page: Any, number: int) -> str:
    """Record oneself for a moment, and hand it in; return what came of it."""
    exercise = spoken(page, number)
    exercise.get_by_role("button", name="Record").click()
    exercise.get_by_text("0:01 /").wait_for()
    exercise.get_by_role("button", name="Stop").click()
    exercise.get_by_label("Your recording").wait_for()
    exercise.get_by_role("button", name="Hand it in").click()
    return str(exercise.locator(".outcome").inner_text())


# A recording is made too large, or none at all: what a device could have kept from before.
SPOIL = """([title, bytes]) => new Promise((done) => {
  const opening = indexedDB.open("waiting", 1);
  opening.onsuccess = () => {
    const store = opening.result.transaction("items", "readwrite").objectStore("items");
    store.getAll().onsuccess = ({target}) => {
      const kept = target.result.find((each) => each.title === title);
      kept.recording = new Blob([kept.recording.slice(0, 512 * Math.sign(bytes)),
                                 new Uint8Array(bytes || 99)], {type: "audio/webm"});
      store.put(kept).onsuccess = () => (opening.result.close(), done());
    };
  };
})"""


def test_a_recording_waits_for_a_connection_and_is_handed_in_once(
    server: Server, browser: Any, data: Path
) -> None:
    with a_desk(browser, server) as desk:
        desk.sign_in("ana@example.test", PASSWORD)
        page = desk.open(SPEAKING)
        spoken(page, 3).wait_for()
        desk.keeps_pages()
        page.context.set_offline(True)
        said = say(page, 1)
        page.get_by_text("1 answer waits for a connection.").wait_for()

        desk.open(SPEAKING)
        page.get_by_text("1 answer waits for a connection.").wait_for()
        spoken(page, 1).get_by_text("Kept.").wait_for()
        heard_again = spoken(page, 1).get_by_label("Your recording").count()

        page.context.set_offline(False)
        page.get_by_text("1 answer that waited was sent.").wait_for()
        spoken(page, 1).locator(".outcome").get_by_text("Your teacher will listen").wait_for()
        standing = spoken(page, 1).locator("header").inner_text()
        desk.open(SPEAKING)
        spoken(page, 1).get_by_text("Your teacher is listening to it").first.wait_for()
        spoken(page, 1).get_by_text("Earlier answers").click()
        earlier = spoken(page, 1).locator(".earlier li")
        earlier.first.wait_for()
        attempts = earlier.count()
        strip = page.locator(".strip").inner_text()

    assert "Kept. It will be sent when there is a connection." in said
    assert heard_again == 1
    assert "Your teacher is listening to it" in standing
    assert attempts == 1
    assert strip == ""
    assert recordings_of(data, "ana@example.test") == 1
    assert desk.complaints == []


def recordings_of(data: Path, email: str) -> int:
    script = (
        "from lyceum.content.models import Recording\n"
        f"print(Recording.objects.filter(owner__email={email!r}).count())"
    )
    return int(run_in(environment_of(data), script))


def test_of_recordings_that_are_refused_it_is_said_why_and_they_keep_no_other_back(
    server: Server, browser: Any, data: Path
) -> None:
    with a_desk(browser, server) as desk:
        desk.sign_in("eva@example.test", PASSWORD)
        page = desk.open(SPEAKING)
        spoken(page, 3).wait_for()
        desk.keeps_pages()
        page.context.set_offline(True)
        for number in (1, 2, 3):
            say(page, number)
        desk.page.get_by_role("region", name="Write").get_by_label("Your translation").fill(ANSWER)
        page.get_by_role("region", name="Write").get_by_role("button", name="Check").click()
        page.get_by_text("4 answers wait for a connection.").wait_for()
        page.evaluate(SPOIL, ["Say 1", 21 * 1024 * 1024])
        page.evaluate(SPOIL, ["Say 2", 0])
        unpublish(data, "say-3")

        page.context.set_offline(False)
        page.get_by_text("1 answer that waited was sent.").wait_for()
        told = page.locator(".strip").inner_text()
        spoken(page, 1).get_by_role("alert").wait_for()
        beside = spoken(page, 1).inner_text()
        waiting = page.get_by_text("for a connection").count()

    assert "Say 1: This answer was refused. The file is too large." in told
    assert "Say 2: This answer was refused. This recording cannot be read." in told
    assert "Say 3: This answer was refused. This is not here, or no longer." in told
    assert "The file is too large." in beside
    assert "Record again" in beside
    assert not waiting
    assert desk.complaints == []


def unpublish(data: Path, slug: str) -> None:
    script = f"Exercise.objects.get(slug={slug!r}).unpublish()"
    run_in(environment_of(data), f"from content_types.models import Exercise\n{script}")


def who_answered(data: Path, lesson: str) -> set[str]:
    """Return the addresses of those who answered an exercise of a lesson, as the school has it."""
    script = (
        "from lyceum.learning.models import Attempt\n"
        f"given = Attempt.objects.filter(lesson__slug={lesson!r})\n"
        "print(*given.values_list('user__email', flat=True))"
    )
    return set(run_in(environment_of(data), script).split())


def test_who_takes_the_device_over_sees_and_sends_nothing_of_who_had_it(
    server: Server, browser: Any, data: Path
) -> None:
    with a_desk(browser, server) as desk:
        desk.sign_in("mia@example.test", PASSWORD)
        page = desk.open(LESSON)
        desk.exercise(2).wait_for()
        desk.keeps_pages()
        page.context.set_offline(True)
        desk.answer(1, ANSWER).wait_for()
        # Nobody signed out: the session ended by itself.
        page.context.clear_cookies(name="sessionid")
        page.context.set_offline(False)
        desk.sign_in("zoe@example.test", PASSWORD)
        desk.open(LESSON)
        desk.exercise(2).wait_for()
        to_zoe = page.locator("body").inner_text()
        page.context.set_offline(True)
        desk.open("/me")
        without_connection = page.locator("body").inner_text()
        page.context.set_offline(False)
        desk.open("/me").get_by_role("button", name="Sign out").last.click()
        page.wait_for_url(f"{desk.address}/")
        page.locator("header").get_by_role("link", name="Sign in").wait_for()

        # What waits is Mia's, and is sent when she is back.
        page.goto(f"{desk.address}/sign-in")
        page.get_by_label("E-mail address or user name").fill("mia@example.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_text("1 answer that waited was sent.").wait_for()

    assert "Zoe" in to_zoe
    assert "Mia" not in to_zoe + without_connection
    assert "for a connection" not in to_zoe + without_connection
    assert "Kept." not in to_zoe
    answered = who_answered(data, "the-dog")
    assert "mia@example.test" in answered
    assert "zoe@example.test" not in answered
    assert desk.complaints == []


def test_what_is_written_goes_along_into_another_language(server: Server, browser: Any) -> None:
    with a_desk(browser, server) as desk:
        desk.sign_in("leo@example.test", PASSWORD)
        page = desk.open(f"{SPEAKING}#exercise")
        page.get_by_role("region", name="Write").get_by_label("Your translation").fill("The large")
        spoken(page, 1).get_by_role("button", name="Record").click()
        spoken(page, 1).get_by_text("0:01 /").wait_for()
        spoken(page, 1).get_by_role("button", name="Stop").click()
        spoken(page, 1).get_by_label("Your recording").wait_for()
        page.get_by_label("Language").select_option("ar")
        page.locator("html[dir=rtl] main:not([aria-busy]) section.exercise").first.wait_for()
        where = page.url
        written = page.get_by_role("region", name="اكتب").locator("textarea")
        written.wait_for()
        there = written.input_value()
        lost = page.get_by_role("region", name="قل 1").locator(".callout").inner_text()
        written.fill(ANSWER)
        page.get_by_role("region", name="اكتب").get_by_role("button").first.click()
        page.get_by_role("region", name="اكتب").locator(".outcome.right").wait_for()
        # What was handed in does not come back.
        page.reload()
        written.wait_for()
        after = written.input_value()

    assert where.startswith(f"{desk.address}{SPEAKING}")
    assert there == "The large"
    assert "لم ينتقل تسجيلك" in lost
    assert after == ""
    assert desk.complaints == []


def test_a_newer_theme_comes_with_the_next_page_and_leaves_what_is_open_and_what_waits(
    browser: Any, data: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "themes", tmp_path / "themes")
    static = tmp_path / "themes/classic/static"
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.themes_elsewhere",
        "LYCEUM_TEST_THEMES": str(tmp_path),
    }
    port = free_port()
    with a_desk(browser, Server(port=port)) as desk:
        with product_server(data, workers=1, port=port, **settings):
            desk.sign_in("ida@example.test", PASSWORD)
            page = desk.open(LESSON)
            desk.exercise(2).wait_for()
            desk.keeps_pages()
            page.evaluate("caches.open('of-an-older-one').then(() => 0)")
            kept = desk.kept()["files"]
            before = [each for each in kept if each.startswith("/_themes/classic/")]
        # The school is away while it is deployed anew, and the tab stays open.
        waits = desk.answer(2, ANSWER).inner_text()
        with (static / "theme.css").open("a") as style:
            style.write("\n.foot { text-transform: uppercase; }\n")
        with (static / "service-worker.js").open("a") as worker:
            worker.write("\n// newer\n")
        with product_server(data, workers=1, port=port, **settings):
            page.locator("header").get_by_role("link", name="Ida").click()
            page.get_by_role("heading", name="About you").wait_for()
            page.locator('header a[href="/progress"]').click()
            page.wait_for_url(f"{desk.address}/progress")
            page.locator("main:not([aria-busy]) h1").first.wait_for()
            old_foot = foot_of(page)

            desk.open(LESSON)
            page.get_by_text("1 answer that waited was sent.").wait_for()
            new_foot = foot_of(page)
            desk.wait_until("() => caches.has('of-an-older-one').then((there) => !there)")
            desk.wait_until(
                """async (old) => {
                  const files = await (await caches.open("files")).keys();
                  const kept = files.map(({url}) => new URL(url).pathname);
                  return kept.length > 0 && !kept.some((each) => old.includes(each));
                }""",
                before,
            )
            read = desk.kept()["read"]

    assert "Kept." in waits
    assert (old_foot, new_foot) == ("none", "uppercase")
    assert any("/content/lessons/" in address for address in read)
    assert desk.complaints == []


def foot_of(page: Any) -> str:
    found = "getComputedStyle(document.querySelector('.foot')).textTransform"
    return str(page.evaluate(found))
