"""A learner in a real browser: each kind of exercise by mouse, touch, voice, and by keys alone."""

from __future__ import annotations

from typing import Any

import pytest

from lyceum.schools.current import CurrentSchool
from tests.e2e.browser import WITH_MICROPHONE, a_page, cookies_of
from tests.e2e.lessons import FULL, full_lessons
from tests.people import a_learner, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def school(db: None) -> CurrentSchool:
    school = a_school("toto", host="toto.localhost", enforce_time=True)
    full_lessons(school)
    return school


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url).replace("//localhost", "//toto.localhost")


class Played:
    """One exercise on a lesson's page."""

    def __init__(self, page: Any, name: str) -> None:
        heading = page.get_by_role("heading", name=name, exact=True)
        self.page, self.shown = page, page.locator("section.exercise").filter(has=heading)

    def choose(self, text: str) -> None:
        self.shown.get_by_text(text, exact=True).click()

    def press(self, name: str) -> None:
        self.shown.get_by_role("button", name=name, exact=True).click()

    def tile(self, text: str) -> Any:
        return self.shown.locator(".tile").filter(has=self.page.get_by_text(text, exact=True))

    def check(self, button: str = "Check") -> str:
        """Hand the answer in, and return what came of it."""
        self.press(button)
        return " ".join(self.shown.locator(".outcome").inner_text().split())

    def again(self) -> None:
        self.press("Try again")

    def of(self, state: str) -> list[str]:
        """Return the parts of the answer that are marked so: what a reader of screens hears."""
        parts = self.shown.locator(f".choice.{state}, .tile.{state}, .order li.{state}")
        return [" ".join(text.split()) for text in parts.all_inner_texts()]


def test_each_kind_is_answered_wrong_and_right_by_mouse_touch_and_voice(
    school: CurrentSchool, address: str, chromium: str
) -> None:
    ana = a_learner(school)
    with a_page(
        chromium, address, cookies_of(ana), WITH_MICROPHONE, has_touch=True, locale="en"
    ) as page:
        elsewhere = requests_elsewhere(page, address)
        page.goto(address + FULL)
        choose_one(Played(page, "multiple_choice"))
        fill_gaps(Played(page, "fill_blank"))
        pair(Played(page, "matching"))
        put_in_order(Played(page, "drag_drop"))
        translate(Played(page, "translation"))
        listen(Played(page, "listening"))
        write_what_one_hears(Played(page, "dictation"))
        speak(Played(page, "speaking"))
        speak(Played(page, "voice_response"))
        assert elsewhere == [], "before anybody asked for it"
        play_the_film(page)
        assert elsewhere == ["https://www.youtube-nocookie.com/embed/x"]
        done = page.locator(".answered").inner_text()
        end = page.locator(".lesson-end").inner_text()
        placeholder = page.locator(".missing").inner_text()
        page.get_by_role("link", name="Next lesson").click()
        page.get_by_role("heading", name="A dog").wait_for()
        answer_in_time(Played(page, "fill_blank"))
        page.goto(address + "/learn/animals/pets")
        card = page.locator(".card", has_text="A cat").locator(".standing").inner_text()

    assert done == "9 of 9 exercises done"
    assert "You have done this lesson." in end
    assert "probe: remark" in placeholder
    assert card == "Done"


def requests_elsewhere(page: Any, address: str) -> list[str]:
    """Return a list that grows by what the page asks of other sites."""
    asked: list[str] = []
    ours = (address, "blob:", "data:")
    page.on("request", lambda it: it.url.startswith(ours) or asked.append(it.url))
    return asked


def play_the_film(page: Any) -> None:
    film = page.get_by_role("button", name="A film of cats Play here, from youtu.be")
    with page.expect_request("https://www.youtube-nocookie.com/**"):
        film.click()
    assert page.locator("iframe").get_attribute("title") == "A film of cats"


def choose_one(played: Played) -> None:
    played.choose("a dog")
    told = played.check()
    assert "Not yet." in told
    assert "A dog barks." in told
    assert "Think of an animal." in told
    assert played.of("wrong") == ["a dog wrong"]

    played.again()
    assert played.shown.locator(".hint").inner_text() == "Hint: Think of an animal."
    played.choose("a cat")
    assert "Right!" in played.check()
    assert played.of("right") == ["a cat right"]


def fill_gaps(played: Played) -> None:
    first, second = played.shown.get_by_label("Gap").all()
    first.fill("am")
    second.fill("cat")
    told = played.check()
    assert told.startswith("Partly right. 50% 5 points")
    assert "“\u2068cat\u2069” is not the word that belongs here." in told
    assert "right" in first.get_attribute("class")
    assert second.get_attribute("aria-invalid") == "true"

    played.again()
    second.fill("is")
    assert "Right!" in played.check()


def pair(played: Played) -> None:
    pairs = {"cat": "gato", "dog": "perro", "hen": "vaca", "cow": "gallina"}
    for left, right in pairs.items():
        # Either side may be the first, by mouse or by finger.
        for text in (left, right) if left < "d" else (right, left):
            played.tile(text).tap()
    assert "Partly right. 50% 5 points" in played.check()
    assert {text.split()[0] for text in played.of("wrong") if "wrong" in text} == {"hen", "cow"}

    played.again()
    for text in ("hen", "gallina", "cow", "vaca"):
        played.tile(text).click()
    assert "Right!" in played.check()


def put_in_order(played: Played) -> None:
    order = ["I", "often", "drink", "tea"]
    rows = played.shown.locator(".order li > span:not(.sign)")
    for text in order:
        # Each is dragged to the top, so that the last shall be the first.
        drag_to_the_top(played, rows.all_inner_texts().index(text))
    assert rows.all_inner_texts() == order[::-1]
    assert "Look at the order again." in played.check()

    played.again()
    for place, text in enumerate(order):
        while (at := rows.all_inner_texts().index(text)) > place:
            played.shown.get_by_role("button", name=f"Move up: {text}").click()
            assert rows.all_inner_texts().index(text) == at - 1
    assert "Right!" in played.check()


def drag_to_the_top(played: Played, at: int) -> None:
    handles = played.shown.locator(".handle")
    handles.first.scroll_into_view_if_needed()
    start, end = handles.nth(at).bounding_box(), handles.first.bounding_box()
    mouse = played.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 20)
    mouse.down()
    mouse.move(end["x"] + 20, end["y"] + 5, steps=8)
    mouse.up()


def translate(played: Played) -> None:
    field = played.shown.get_by_label("Your translation")
    field.fill("The big cat sleeps")
    told = played.check()
    assert "“\u2068cat\u2069” is not the word that belongs here." in told
    assert played.shown.locator("mark").inner_text() == "cat"

    # What was written is still there to be mended; Enter hands it in.
    played.again()
    field.press("End")
    for _ in " cat sleeps":
        field.press("Backspace")
    field.type(" dog sleeps")
    field.press("Enter")
    assert "Right!" in played.shown.locator(".outcome").inner_text()


def listen(played: Played) -> None:
    assert played.shown.get_by_label("Listen").count() == 1
    played.choose("a hen")
    assert "Not yet." in played.check()
    played.press("Show me the answer")
    played.press("Show it")
    played.shown.get_by_text("Here is the answer.").wait_for()
    told = played.shown.locator(".outcome").inner_text()
    assert "The answer: a cat" in told
    assert "The bus leaves at nine." in told


def write_what_one_hears(played: Played) -> None:
    field = played.shown.get_by_label("Write what you hear")
    field.fill("The bus leaves at ten")
    assert "Partly right." in played.check()
    played.again()
    field.fill("The bus leaves at nine")
    assert "Right!" in played.check()


def speak(played: Played) -> None:
    played.press("Record")
    played.shown.get_by_text("0:01 /").wait_for()
    played.press("Stop")
    played.shown.get_by_label("Your recording").wait_for()
    assert "Your teacher will listen to it." in played.check("Hand it in")
    assert "Your teacher is listening to it" in played.shown.locator("header").inner_text()


def answer_in_time(played: Played) -> None:
    assert "2 tries left" in played.shown.locator("header").inner_text()
    begin(played)
    for gap in played.shown.get_by_label("Gap").all():
        gap.fill("cat")
    # Nobody presses a button: the time ends, and what is there is handed in.
    told = played.shown.locator(".outcome").inner_text(timeout=15_000)
    assert "Not yet." in told
    assert "1 try left" in told

    played.again()
    begin(played)
    for gap, text in zip(played.shown.get_by_label("Gap").all(), ("am", "is"), strict=True):
        gap.fill(text)
    assert "Right!" in played.check()


def begin(played: Played) -> None:
    played.press("Begin")
    played.shown.get_by_role("timer").wait_for()


def test_a_lesson_is_done_from_right_to_left_by_keys_alone(
    school: CurrentSchool, address: str, chromium: str
) -> None:
    nour = a_learner(school)
    with a_page(chromium, address, cookies_of(nour), locale="en") as page:
        page.goto(address + "/learn/animals/pets")
        page.get_by_label("Language").select_option("ar")
        page.locator("html[dir=rtl] .card").first.wait_for()
        go_by_keys(page, ".appearance")
        page.reload()
        page.locator("html[data-dark] .card.locked").wait_for()
        locked = page.locator(".card.locked").inner_text()
        direction = page.locator("html").get_attribute("dir")
        go_by_keys(page, 'a[href$="/a-cat"]')
        page.get_by_role("heading", level=1, name="القطة").wait_for()
        # Who arrives by keys stands at the beginning of the new screen.
        at = page.evaluate("document.activeElement.id")
        for name, keys in ANSWERS.items():
            answer_by_keys(page, name, keys)
        go_by_keys(page, '.lesson-end a[href$="/a-dog"]')
        page.get_by_role("heading", level=1, name="A dog").wait_for()
        page.go_back()
        page.get_by_role("heading", level=1, name="القطة").wait_for()

    assert "أولًا: القطة" in locked
    assert direction == "rtl"
    assert at == "main"
    nour.profile.refresh_from_db()
    assert nour.profile.language == "ar"


# What one types in each exercise, from its first field on: a key, a text, or a text to be found.
ANSWERS: dict[str, list[str]] = {
    "translation": ["The big dog sleeps"],
    "multiple_choice": ["choice: a cat"],
    "fill_blank": ["am", "Tab", "is"],
    "matching": ["pairs: cat gato dog perro hen gallina cow vaca"],
    "drag_drop": ["order: I often drink tea"],
    "listening": ["choice: a cat"],
    "dictation": ["The bus leaves at nine"],
}


def answer_by_keys(page: Any, name: str, keys: list[str]) -> None:
    played = Played(page, name)
    within = f"#{played.shown.get_attribute('id')}"
    fields = f"{within} form :is(input, textarea, button):not([tabindex='-1'])"
    tab_to(page, fields)
    for key in keys:
        way, _, rest = key.partition(": ")
        if way == "choice":
            choose_by_keys(page, played, rest)
        elif way == "pairs":
            for text in rest.split():
                tab_to(page, f"{within} .tile", text)
                page.keyboard.press("Space")
        elif way == "order":
            order_by_keys(page, played, rest.split())
        elif key == "Tab":
            page.keyboard.press("Tab")
        else:
            page.keyboard.type(key)
    tab_to(page, f"{within} .acts button", "تحقّق")
    page.keyboard.press("Enter")
    played.shown.locator(".outcome.right").wait_for()


def choose_by_keys(page: Any, played: Played, text: str) -> None:
    page.keyboard.press("Space")
    chosen = played.shown.locator(".choice:has(:checked)")
    for _ in range(4):
        if chosen.inner_text().strip() == text:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No key leads to {text}.")


def order_by_keys(page: Any, played: Played, order: list[str]) -> None:
    rows = played.shown.locator(".order li > span:not(.sign)")
    for place, text in enumerate(order):
        tab_to(page, ".handle", f"{text}: ")
        for _ in range(rows.all_inner_texts().index(text) - place):
            page.keyboard.press("ArrowUp")
            page.wait_for_timeout(50)
    assert rows.all_inner_texts() == order


def go_by_keys(page: Any, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


def tab_to(page: Any, selector: str, text: str = "") -> None:
    """Press Tab, or Shift and Tab, until what has the focus is what is meant."""
    find = """([selector, text]) => {
      const here = document.activeElement;
      const said = (here.getAttribute('aria-label') || here.textContent).trim();
      return here.matches(selector) && (!text || said.startsWith(text)) && here.matches(':focus');
    }"""
    for way in ("Tab", "Shift+Tab"):
        for _ in range(120):
            if page.evaluate(find, [selector, text]):
                return
            page.keyboard.press(way)
    raise AssertionError(f"No key leads to {selector} {text}.")
