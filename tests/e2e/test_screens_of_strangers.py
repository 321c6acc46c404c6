"""Plugins of strangers in a real browser: one that draws, and some that fail in their own ways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.browser import a_page
from tests.services.conftest import data
from tests.services.servers import Server, environment_of, product_server, run_in

pytestmark = pytest.mark.long
__all__ = ["data"]

SCHOOL = "strange"
# A browser finds what is below `localhost` on this machine.
FOUND_THE_SCHOOL = f"""
from lyceum.content.founding import found_school
found_school(slug="{SCHOOL}", name="Strange", host="{SCHOOL}.localhost", languages=["en"],
             signup_policy="open", catalogue="public")
"""
MAKE_A_LESSON = f"""
from lyceum.schools.current import school_by_slug
from lyceum.testing.exercises import an_exercise
an_exercise(school_by_slug("{SCHOOL}"), "word_game_letters", word="otter")
"""
# What is wrong with each.
WRONG = {
    "import_fails": "throw new Error('import fails');",
    "register_fails": """
        export function register(app) {
          app.slot("home.card", (place) => place.append("brought before it failed"));
          throw new Error("register fails");
        }""",
    "never_ends": "export const register = () => new Promise(() => {});",
    "takes_more": "export const register = (app) => app.route('/me', () => {});",
    "draws_more": "export const register = (app) => app.exercise('translation', () => {});",
    "drawing_fails": """
        export function register(app) {
          app.slot("home.card", (place) => {
            place.append("half drawn");
            throw new Error("drawing fails");
          });
          app.slot("home.card", async () => {
            throw new Error("drawing fails later");
          });
          app.slot("home.card", (place) => place.append("its other card"));
        }""",
    "strays": """
        export function register(app) {
          const script = document.createElement("script");
          script.textContent = "document.title = 'strayed'";
          document.head.append(script);
          app.slot("home.card", (place) => (place.innerHTML = "<p onclick='x()'>inline</p>"));
        }""",
}
MANIFEST = """
slug = "{slug}"
name = "{slug}"
summary = "It is wrong."
version = "1.0.0"
requires_lyceum = ">=1.0,<2"

[privacy]
none = "It keeps nothing about anybody."
"""
APPS = """
from lyceum.plugin.apps import PluginConfig


class Config(PluginConfig):
    name = "plugins.{slug}"
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = tmp_path_factory.mktemp("shelf")
    for slug, script in WRONG.items():
        (shelf / slug / "web").mkdir(parents=True)
        (shelf / slug / "plugin.toml").write_text(MANIFEST.format(slug=slug))
        (shelf / slug / "apps.py").write_text(APPS.format(slug=slug))
        (shelf / slug / "web" / "index.js").write_text(script)
    return shelf


@pytest.fixture(scope="module")
def environment(data: Path, shelf: Path) -> dict[str, str]:
    environment = environment_of(data, LYCEUM_PLUGIN_SHELVES=str(shelf))
    kinds = {"greeter": "screen", "word_game": "exercise"}
    commands = [["new", slug, "--kind", kinds[slug], "--shelf", str(shelf)] for slug in kinds]
    manage(environment, *commands)
    run_in(environment, FOUND_THE_SCHOOL)
    on = [["enable", slug, "--school", SCHOOL] for slug in (*kinds, *WRONG)]
    manage(environment, ["install", *kinds, *WRONG], *on)
    run_in(environment, MAKE_A_LESSON)
    return environment


@pytest.fixture(scope="module")
def server(data: Path, shelf: Path, environment: dict[str, str]) -> Iterator[Server]:
    with product_server(data, workers=1, LYCEUM_PLUGIN_SHELVES=str(shelf)) as running:
        yield running


def manage(environment: dict[str, str], *commands: list[str]) -> None:
    """Run `manage.py plugins` once for each, in one process."""
    script = "from django.core.management import call_command\n"
    run_in(
        environment, script + "".join(f"call_command('plugins', *{each})\n" for each in commands)
    )


def test_each_loses_itself_only_and_what_is_switched_off_is_gone(
    server: Server, chromium: str, environment: dict[str, str]
) -> None:
    address = f"http://{SCHOOL}.localhost:{server.port}"
    complaints: list[str] = []

    with a_page(chromium, address) as page:
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(address)
        page.get_by_role("link", name="Read more").wait_for()
        page.get_by_text("its other card").wait_for()
        page.get_by_text("inline").wait_for()
        drawn = page.locator(".slot.home-card").inner_text()
        page.goto(f"{address}/learn/category-1/subcategory-2/lesson-3")
        page.get_by_label("The word").fill("otter")
        letters = page.locator(".plugin.word_game p").inner_text()
        page.get_by_role("link", name="Greeter").click()
        page.get_by_role("heading", name="Greeter").wait_for()
        page.get_by_text("Welcome!").wait_for()
        title = page.title()
        manage(environment, ["disable", "greeter", "--school", SCHOOL])
        page.reload()
        page.get_by_role("heading", name="There is nothing here").wait_for()
        menu = page.get_by_role("navigation").first.inner_text()

    assert sorted(letters.split()) == ["e", "o", "r", "t", "t"]
    assert "brought before" not in drawn
    assert "half drawn" not in drawn
    assert title == "Greeter · Strange"
    assert "Greeter" not in menu
    for fault in ("import fails", "register fails", "drawing fails", "drawing fails later"):
        assert any(fault in said for said in complaints), fault
    assert any("translation does not begin with draws_more_" in said for said in complaints)
    assert any("/me is not below /takes_more" in said for said in complaints)
    assert any("Content Security Policy" in said for said in complaints)
