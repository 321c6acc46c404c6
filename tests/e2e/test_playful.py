"""The theme of the kindergarten: a child who cannot read goes from the first page to the last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from content_types.exchange.importing import import_folder
from lyceum.schools.current import CurrentSchool
from lyceum.schools.settings import change_school
from tests.e2e.browser import WITH_MICROPHONE, a_page, cookies_of
from tests.e2e.test_accessibility import STILL, axe_on, too_wide
from tests.people import a_member, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

HOST = "learnify.localhost"
SHELF = "/learn/first-steps/numbers-and-shapes"
LESSON = f"{SHELF}/counting-to-five"
PHONE = {"width": 390, "height": 844}
FINGER = 64  # points, the least that a small one finds
# What really sounds, by its address; a sound that has no length is none.
LISTENING = """
window.heard = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.addEventListener("playing", () => {
    if (this.duration > 0.2) window.heard.push(this.currentSrc);
  }, { once: true });
  return play.call(this);
};
"""
OF_THE_THEME = re.compile(r"/sounds/en/([a-z-]+)\.mp3$")
INSTRUCTION, OWN_WORD = "/api/v1/media/", "blob:"
FETCHED = """src => fetch(src).then(async (told) =>
  [told.status, told.headers.get("content-type"), (await told.blob()).size > 2000])"""
# What is smaller than a finger, of all that can be touched.
SMALL = """least => [...document.querySelectorAll("a, button, summary, .choice")]
  .filter(each => each.checkVisibility() && !each.closest(".unseen, .skip"))
  .map(each => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
  .filter(([, box]) => box.width + 0.5 < least || box.height + 0.5 < least)
  .map(([name, box]) => `${name} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


@pytest.fixture
def school(db: None) -> CurrentSchool:
    school = a_school(
        "learnify", name="Learnify", host=HOST, level_scale="kg", theme="playful", languages=["en"]
    )
    import_folder(settings.ROOT / "deploy/demo/learnify", school=school)
    manager = a_member(school, "manager")
    # Its lessons are in English; all around them can be in Arabic, too.
    return change_school(actor=manager, school=school, changes={"languages": ["en", "ar"]})


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url).replace("//localhost", f"//{HOST}")


@pytest.fixture
def cookies(school: CurrentSchool) -> dict[str, str]:
    return cookies_of(a_member(school, "student", level="KG1", is_child=True), HOST)


def test_a_child_plays_a_lesson_by_pictures_and_sounds_alone(
    cookies: dict[str, str], address: str, chromium: str
) -> None:
    options = {"viewport": PHONE, "has_touch": True, "locale": "en"}
    own_words: dict[str, int] = {}

    def note(answer: Any) -> None:
        if found := OF_THE_THEME.search(answer.url):
            own_words[found[1]] = answer.status

    with a_page(chromium, address, cookies, WITH_MICROPHONE, **options) as page:
        page.add_init_script(LISTENING)
        page.on("response", note)
        page.goto(address)
        touch_picture(page.locator(".picture-card .picture").first)
        page.wait_for_url(f"{address}{SHELF}")
        touch_picture(page.locator(".picture-card .picture").nth(2))
        told = [hear(page, INSTRUCTION)]
        small = page.evaluate(SMALL, FINGER)
        for play in PLAYS:
            page.locator(".arrow.next").tap()
            told.append(hear(page, INSTRUCTION))
            small += page.evaluate(SMALL, FINGER)
            play(page)
            page.locator(".verdict .drawn-well-done").wait_for()
            hear(page, OWN_WORD)
            small += page.evaluate(SMALL, FINGER)
        stars = page.locator(".played > header .stars").get_attribute("aria-label")
        page.locator(".arrow.next").tap()
        page.locator(".end .drawn-well-done").wait_for()
        hear(page, OWN_WORD)
        files = [page.evaluate(FETCHED, src) for src in dict.fromkeys(told)]
        progress = page.evaluate("fetch('/api/v1/learning/progress').then(told => told.json())")

    assert files == [[200, "audio/mpeg", True]] * (1 + len(PLAYS))
    assert {"start", "next", "right", "well-done", "try-again", "finished"} <= set(own_words)
    assert set(own_words.values()) == {200}
    assert stars == "6 of 6 stars"
    assert [item["done"] for item in progress["items"]] == [True]
    assert small == []


def touch_picture(picture: Any) -> None:
    """Touch a picture in its middle: what leads on lies upon all of its card."""
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    picture.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def hear(page: Any, what: str) -> str:
    """Wait until something sounds, of those that were not heard yet; return its address."""
    heard = page.wait_for_function(
        "what => { const at = heard.findIndex(src => src.includes(what));"
        " return at >= 0 && heard.splice(0, at + 1).at(-1); }",
        arg=what,
    )
    return str(heard.json_value())


def choose(page: Any, text: str) -> None:
    """Choose an answer by what is drawn on it, and hand it in."""
    page.locator(".choice").filter(has=page.get_by_text(text, exact=True)).tap()
    page.locator(".act").tap()


def count_the_ducks(page: Any) -> None:
    choose(page, "3")
    page.locator(".verdict .drawn-cloud").wait_for()
    hear(page, OWN_WORD)
    page.locator(".came-of-it .act").tap()
    choose(page, "4")


def pair_rabbits_with_carrots(page: Any) -> None:
    for number in range(1, 5):
        for sign in ("🐰", "🥕"):
            page.locator(".tile").filter(has=page.get_by_text(sign * number, exact=True)).tap()
    page.locator(".act").tap()


def count_the_claps(page: Any) -> None:
    page.locator(".exercise .speaker").tap()
    hear(page, INSTRUCTION)
    choose(page, "👏👏👏")


def put_stars_in_order(page: Any) -> None:
    for place in range(5):
        row = page.locator(".order li").filter(has=page.get_by_text("⭐" * (place + 1), exact=True))
        for _ in range(row.evaluate("row => [...row.parentElement.children].indexOf(row)") - place):
            row.locator("button.step").first.tap()
    page.locator(".act").tap()


def add_a_balloon(page: Any) -> None:
    choose(page, "🎈🎈🎈🎈")


def count_aloud(page: Any) -> None:
    page.locator(".recorder button").first.tap()
    page.locator(".recorder button.stop").wait_for()
    page.wait_for_timeout(1200)
    page.locator(".recorder button.stop").tap()
    page.locator(".recorder .speaker").wait_for()
    page.locator(".act").tap()


PLAYS: tuple[Callable[[Any], None], ...] = (
    count_the_ducks,
    pair_rabbits_with_carrots,
    count_the_claps,
    put_stars_in_order,
    add_a_balloon,
    count_aloud,
)


def test_the_keys_alone_lead_through_a_lesson(
    cookies: dict[str, str], address: str, chromium: str
) -> None:
    with a_page(chromium, address, cookies, locale="en") as page:
        page.add_init_script(LISTENING)
        page.goto(address + SHELF)
        page.locator(".picture-card").nth(2).wait_for()
        tab_to(page, ".picture-card:has(a[href$='five']) a", "Enter")
        page.locator(".stage").wait_for()
        hear(page, INSTRUCTION)
        # Pressed once it is silent, and says it anew when it is pressed again.
        tab_to(page, ".stage > .speaker", "Enter")
        page.locator(".stage > .speaker[aria-pressed=false]").wait_for()
        page.keyboard.press("Enter")
        hear(page, INSTRUCTION)
        tab_to(page, ".arrow.next", "Enter")
        tab_to(page, ".choice input", "Space")
        for _ in range(4):
            page.keyboard.press("ArrowDown")
            if page.locator(".choice:has(:checked)").inner_text().strip() == "4":
                break
        tab_to(page, ".act", "Enter")
        page.locator(".verdict .drawn-well-done").wait_for()
        for _ in range(3):
            tab_to(page, ".arrow.next", "Enter")
            page.wait_for_function("() => document.activeElement.matches('.stage')")
        page.locator(".order").wait_for()
        for place in range(1, 6):
            handle = f".handle[aria-label^='{'⭐' * place}: "
            tab_to(page, f"{handle}']")
            before = "document.activeElement.getAttribute('aria-label').match(/[0-9]/)[0]"
            for at in range(int(page.evaluate(before)) - 1, place - 1, -1):
                page.keyboard.press("ArrowUp")
                moved = f'document.activeElement.matches("{handle}{at} of\']")'
                page.wait_for_function(moved)
        tab_to(page, ".act", "Enter")
        page.locator(".verdict .drawn-well-done").wait_for()
        tab_to(page, ".arrow.back", "Enter")
        page.locator(".exercise .speaker").wait_for()
        tab_to(page, ".grown-ups > summary", "Enter")
        seen = page.locator(".grown-ups nav a").first.is_visible()

    assert seen


def tab_to(page: Any, selector: str, key: str = "") -> None:
    """Go on by the tabulator until one is at a thing, and press a key there."""
    for _ in range(60):
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"The keys do not lead to {selector}.")
    if key:
        page.keyboard.press(key)


def test_no_step_breaks_a_rule_of_axe_nor_is_wider_than_a_small_phone(
    cookies: dict[str, str], address: str, chromium: str
) -> None:
    faults: list[str] = []
    with a_page(chromium, address, cookies, **STILL) as page:
        for language, direction in (("en", "ltr"), ("ar", "rtl")):
            page.context.add_cookies(
                [{"name": "lyceum_language", "value": language, "url": address}]
            )
            for name in pages_of_a_child(page, address):
                told = (*axe_on(page), *too_wide(page), *moving(page))
                faults += [f"{language} {name}: {fault}" for fault in told]
            assert page.locator("html").get_attribute("dir") == direction

    assert not faults, "\n".join(faults)


def pages_of_a_child(page: Any, address: str) -> Iterator[str]:
    """Open one page after the other; yield its name once all of it is there."""
    for path in ("/", SHELF):
        page.goto(address + path)
        page.locator(".picture-card .stars, .picture-card .picture").first.wait_for()
        page.wait_for_load_state("networkidle")
        yield path
    page.locator(".grown-ups > summary").click()
    yield "for grown-ups"
    page.goto(address + LESSON)
    page.locator(".stage").wait_for()
    for number in range(8):
        page.wait_for_load_state("networkidle")
        yield f"step {number}"
        if number == 1:
            page.locator(".choice").filter(has=page.get_by_text("2", exact=True)).click()
            page.locator(".act").click()
            page.locator(".verdict").wait_for()
            yield "an answer"
        if number < 7:
            page.locator(".arrow.next").click()
    page.locator(".notes > summary").click()
    yield "notes"


def moving(page: Any) -> Iterator[str]:
    """Yield what moves, though its reader asked for nothing to."""
    for one in page.evaluate(
        "document.getAnimations().map(each => each.animationName ?? 'a change')"
    ):
        yield f"{one} moves"
