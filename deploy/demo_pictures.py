"""Take the pictures of `platform/docs/screenshots.md` from a running demo, at three widths each.

    python3 manage.py demo --reset --port 8123        in one terminal
    .venv/bin/python -m deploy.demo_pictures 8123     in another one
    .venv/bin/python -m deploy.demo_pictures 8123 --only lesson desk     some pages

Take a demo of which nothing is to be kept: a learner answers in it. Needs Playwright, which the
tests bring, and the program chromium (Debian: apt-get install chromium).
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from deploy.demo_client import Client, Refused
from deploy.demo_schools import LEARNIFY, PASSWORD, TOTO, DemoSchool

FOLDER = Path(__file__).resolve().parent.parent / "platform" / "docs" / "screenshots"
SIZES = ((390, 844), (820, 1180), (1280, 800))
# Chromium asks its maker for news unless it is told not to.
QUIET = ("gpu", "quic", "background-networking", "component-update", "sync")
QUALITY = 72
COUNTING = "/learn/first-steps/numbers-and-shapes/counting-to-five"
MANNERS: dict[str, Any] = {
    "locale": "en-GB",
    "reduced_motion": "reduce",
    "viewport": {"width": 1280, "height": 800},
}
LESSON = "/learn/everyday-english/first-steps/hello-toto"


def nothing(page: Any) -> None:
    """Leave a page as it opens."""


@dataclass(frozen=True)
class Picture:
    """
    A page to take: where it is, who looks at it, and what they did there.

    `act` is done once it is open; `at` is what is brought to the top of the picture, at each width.
    """

    name: str
    path: str
    person: str = "learner"
    school: DemoSchool = TOTO
    language: str = "en"
    appearance: str = "light"
    act: Callable[[Any], None] = nothing
    at: str = ""


def exercise(title: str) -> str:
    return f"section.exercise:has-text('{title}')"


def translate_nearly(page: Any) -> None:
    form = page.locator(exercise("Ana from Mexico")).first
    form.locator("textarea").fill("My name is Ana and I from Mexco.")
    form.locator("form .acts button").first.click()
    form.locator(".outcome").wait_for()


def match_two(page: Any) -> None:
    for side, other in (
        ("How are you?", "I'm fine, thank you."),
        ("Goodbye!", "Bye! See you tomorrow."),
    ):
        for text in (side, other):
            page.locator(".matching .tile", has_text=text).first.click()


def edit_with_preview(page: Any) -> None:
    page.get_by_role("link", name="Hello, I'm Toto!").first.click()
    page.get_by_role("tab", name="English").click()
    page.get_by_role("button", name="Toggle preview").click()
    page.mouse.move(640, 400)  # or the button's name stands over the preview
    page.frame_locator("iframe").first.locator("h1").first.wait_for()


def edit_exercise(page: Any) -> None:
    page.get_by_role("link", name="Hello, I'm Toto!").first.click()
    page.get_by_role("link", name="Am, is or are?").first.click()
    page.get_by_text("Accepted as right").wait_for()


PICTURES = (
    Picture("catalogue", "/"),
    Picture("search", "/search?q=question&level=A1"),
    Picture("lesson", LESSON),
    Picture("answer", LESSON, act=translate_nearly, at=exercise("Ana from Mexico")),
    Picture("matching", LESSON, act=match_two, at=exercise("Questions and answers")),
    Picture("arabic-dark", LESSON, language="ar", appearance="dark", at=".vocabulary"),
    Picture("sign-in", "/sign-in", person=""),
    Picture("progress", "/progress"),
    Picture("profile", "/me"),
    Picture("moments", "/moments"),
    Picture("leaderboard", "/badges/leaderboard"),
    Picture("desk", "/admin/", person="creator"),
    Picture("editor", "/admin/", person="creator", act=edit_with_preview),
    Picture("exercise", "/admin/", person="creator", act=edit_exercise),
    Picture("kindergarten", "/", school=LEARNIFY),
    Picture("counting", COUNTING, school=LEARNIFY),
)


def take(port: int, wanted: list[str], folder: Path) -> None:
    """Take pictures; a person signs in once."""
    from playwright.sync_api import sync_playwright

    flags = [
        "no-sandbox",
        "no-first-run",
        "hide-scrollbars",
        *(f"disable-{part}" for part in QUIET),
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[f"--{flag}" for flag in flags]
        )
        people: dict[tuple[str, str], Any] = {}
        for picture in PICTURES:
            if wanted and picture.name not in wanted:
                continue
            who = (picture.school.slug, picture.person)
            if who not in people:
                people[who] = signed_in(browser, port, picture)
            context = browser.new_context(storage_state=people[who], **MANNERS)
            take_one(context, port, picture, folder)
            context.close()
        browser.close()


def signed_in(browser: Any, port: int, picture: Picture) -> Any:
    """Return the cookies of a browser in which a picture's person is signed in."""
    context = browser.new_context(**MANNERS)
    if picture.person:
        page = context.new_page()
        page.goto(f"http://{picture.school.host}:{port}/sign-in?lang=en")
        page.get_by_label("E-mail address or user name").fill(picture.school.email(picture.person))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/")
    state = context.storage_state()
    context.close()
    return state


def take_one(context: Any, port: int, picture: Picture, folder: Path) -> None:
    address = f"http://{picture.school.host}:{port}"
    choices = {"lyceum_language": picture.language, "lyceum_appearance": picture.appearance}
    context.add_cookies([{"name": k, "value": v, "url": address} for k, v in choices.items()])
    page = context.new_page()
    page.goto(address + picture.path)
    page.locator("main h1, h1").first.wait_for()
    page.wait_for_load_state("networkidle")
    picture.act(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.activeElement.blur()")
        if picture.at:
            page.locator(picture.at).first.evaluate("one => one.scrollIntoView({block: 'start'})")
        else:
            page.evaluate("scrollTo(0, 0)")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)  # pictures are drawn, and what slides has slid
        keep(page.screenshot(), folder / f"{picture.name}-{width}.webp")


def keep(png: bytes, file: Path) -> None:
    Image.open(io.BytesIO(png)).convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)
    print(f"{file.name}: {file.stat().st_size // 1024} KB")


def main() -> int:
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("port", type=int, help="where the demo is served")
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="PAGE",
        default=[],
        help=", ".join(each.name for each in PICTURES),
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they are kept")
    options = parser.parse_args()
    if shutil.which("chromium") is None:
        print("Not installed: chromium. Debian: apt-get install chromium", file=sys.stderr)
        return 2
    try:
        Client(options.port, TOTO.slug).get("/api/v1/health/live")
    except (OSError, Refused) as error:
        print(f"The demo on port {options.port} does not answer: {error}", file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    take(options.port, options.only, options.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
