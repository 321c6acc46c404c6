"""A school with its front end on the product's real server, and people who sit at its pages."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.processes import ROOT
from tests.clients import code_in
from tests.e2e.browser import QUIET
from tests.migrated import sqlite_file
from tests.services.mails import text_of
from tests.services.servers import MailServer, Server, environment_of

LESSON = "/learn/english/verbs/the-dog"
REAL_LESSON = "/learn/everyday-english/first-steps/hello-toto"
ANSWER = "The large dog sleeps"

SEED = """
import sys
import django
django.setup()
from pathlib import Path
from django.core.management import call_command
from content_types.exchange.importing import import_folder
from tests.content_types.exercise_kinds.tasks import a_translation
from tests.pages import a_category, a_lesson, a_subcategory, an_exercise
from tests.people import a_member, a_school
call_command("createcachetable", database="cache")
languages = ["en", "es", "ar"]
toto = a_school("toto", name="Toto", host="toto.localhost", signup_policy="open",
                catalogue="public", languages=languages)
playful = a_school("playful", name="Playful", host="playful.localhost", theme="playful",
                   catalogue="public", languages=languages)
lively = a_school("lively", name="Lively", host="lively.localhost", catalogue="public",
                  languages=languages)
for school in (toto, playful, lively):
    import_folder(Path(sys.argv[1]), school=school)
for slug, school in (("badges", "playful"), ("badges", "lively"), ("moments", "lively")):
    call_command("plugins", "enable", slug, school=school)
below = a_subcategory(a_category(toto, "English", slug="english"), "Verbs", slug="verbs")
lesson = a_lesson(below, "The dog", slug="the-dog", body_en=[("text", "<p>A dog sleeps.</p>")])
for number in (1, 2):
    task = [{"type": "translation", "value": a_translation()}]
    an_exercise(lesson, f"Sleep {number}", slug=f"sleep-{number}", task=task)
for name in ("ana", "eva", "ida", "leo", "mia", "zoe"):
    a_member(toto, "student", email=f"{name}@example.test", first_name=name.title())
for school in (playful, lively):
    a_member(school, "student", email=f"tom@{school.slug}.test", first_name="Tom")
"""


def make_school(folder: Path) -> None:
    """Make the database of a server in a folder, with a lesson of the demo and one to play with."""
    content = content_of_one_lesson(folder)
    shutil.copy(sqlite_file(), folder / "lyceum.sqlite3")
    run = [sys.executable, "-c", SEED, str(content)]
    subprocess.run(run, cwd=ROOT, env=environment_of(folder), check=True)


def content_of_one_lesson(folder: Path) -> Path:
    """Copy the first lesson of the demo, with all files of its school; return where it lies."""
    content = folder / "content"
    source = ROOT / "deploy/demo/toto"
    for name in ("category.yaml", "first-steps/subcategory.yaml", "first-steps/hello-toto.yaml"):
        target = content / "everyday-english" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / "everyday-english" / name, target)
    shutil.copytree(source / "media", content / "media")
    return content


@contextmanager
def a_browser(chromium: str, flags: Sequence[str] = ()) -> Iterator[Any]:
    """Start a browser; each person in it has a context of their own."""
    from playwright.sync_api import sync_playwright

    switches = ["no-sandbox", "no-first-run", *(f"disable-{part}" for part in QUIET), *flags]
    options = [f"--{switch}" for switch in switches]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        yield browser
        browser.close()


@dataclass
class Desk:
    """Where somebody sits: a page of the school, and what the browser complained of there."""

    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        self.page.locator("main:not([aria-busy]) h1").first.wait_for()
        return self.page

    def sign_in(self, email: str, password: str) -> None:
        page = self.open("/sign-in")
        page.get_by_label("E-mail address or user name").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{self.address}/")

    def exercise(self, number: int) -> Any:
        return self.page.get_by_role("region", name=f"Sleep {number}")

    def answer(self, number: int, text: str) -> Any:
        """Answer an exercise of the lesson; return what came of it."""
        exercise = self.exercise(number)
        exercise.get_by_label("Your translation").fill(text)
        exercise.get_by_role("button", name="Check").click()
        return exercise.locator(".outcome")

    def keeps_pages(self) -> None:
        """Wait until the browser has what it needs to show a page without a connection."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        self.wait_until("async () => (await (await caches.open('shells')).keys()).length > 0")

    def wait_until(self, asked: str, arg: Any = None) -> None:
        """Wait until a promise comes true: `wait_for_function` takes the promise for a yes."""
        for _ in range(200):
            if self.page.evaluate(asked, arg):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"It never came true: {asked}")

    def kept(self) -> dict[str, list[str]]:
        """Return the addresses of what the browser keeps, by cache, and what waits."""
        found: dict[str, list[str]] = self.page.evaluate(
            """async () => {
              const found = {};
              for (const name of await caches.keys()) {
                const kept = await (await caches.open(name)).keys();
                found[name] = kept.map(({url}) => url.replace(location.origin, ""));
              }
              return found;
            }"""
        )
        return found


@contextmanager
def a_desk(browser: Any, server: Server, school: str = "toto", **given: Any) -> Iterator[Desk]:
    """Sit down at a new desk, at which nobody is signed in."""
    context = browser.new_context(locale="en-GB", **given)
    context.set_default_timeout(20_000)
    desk = Desk(context.new_page(), f"http://{school}.localhost:{server.port}")
    desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    yield desk
    context.close()


def code_to(mails: MailServer, address: str) -> str:
    """Return the code in the mail to an address."""
    return code_in(text_of(mails.take_mail_to(address)))


@dataclass
class Wire:
    """A wire to the server that counts what goes over it, whoever in the browser asks."""

    port: int
    bytes: int = 0
    asked: list[str] = field(default_factory=list)


@contextmanager
def a_counted_wire(server: Server) -> Iterator[Wire]:
    """Lay a wire to a server for the length of a block."""
    ends: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ends.append(listening)
        wire = Wire(listening.getsockname()[1])
        accepting = threading.Thread(target=_accept, args=(listening, server.port, wire, ends))
        accepting.start()
        yield wire
        for end in tuple(ends):
            with suppress(OSError):  # closed already
                end.shutdown(socket.SHUT_RDWR)
        accepting.join()


def _accept(listening: socket.socket, port: int, wire: Wire, ends: list[socket.socket]) -> None:
    lines: list[threading.Thread] = []
    with suppress(OSError):  # until it is shut down
        while True:
            browser, _ = listening.accept()
            product = socket.create_connection(("127.0.0.1", port))
            ends += [browser, product]
            lines.append(threading.Thread(target=_connect, args=(browser, product, wire)))
            lines[-1].start()
    for line in lines:
        line.join()


def _connect(browser: socket.socket, product: socket.socket, wire: Wire) -> None:
    with browser, product:
        back = threading.Thread(target=_carry, args=(product, browser, wire, False))
        back.start()
        _carry(browser, product, wire, True)
        back.join()


def _carry(source: socket.socket, target: socket.socket, wire: Wire, is_asked: bool) -> None:
    with suppress(OSError):  # hung up
        while chunk := source.recv(65536):
            if is_asked:
                lines = chunk.decode("latin-1").split("\r\n")
                wire.asked += [line for line in lines if line.endswith(" HTTP/1.1")]
            else:
                wire.bytes += len(chunk)
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
