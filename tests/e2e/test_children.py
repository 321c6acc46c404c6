"""Monday morning in a kindergarten: a class of accounts, its cards on paper, a child logs in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from lyceum.schools.current import CurrentSchool
from tests.children import a_class, child_logs_in
from tests.e2e.browser import a_page
from tests.people import PASSWORD, a_member, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

NAMES = ["Sara Ali", "Sara Omar", "María José Ruiz", "Núñez, Íñigo", "Leo"]
ARABIC = ["أحمد علي", "ليلى حسن", "فاطمة الزهراء", "Sara Ali"]
PAGES = re.compile(rb"/Type\s*/Page[^s]")


@pytest.mark.parametrize(("languages", "names"), [(["es", "en"], NAMES), (["ar", "en"], ARABIC)])
def test_a_teacher_pastes_names_and_prints_cards(
    live_server: Any, chromium: str, tmp_path: Path, languages: list[str], names: list[str]
) -> None:
    school = a_school("toto", name="Learnify", host="toto.localhost", languages=languages)
    a_class(school, a_member(school, "teacher", email="hannah@toto.test"))
    address = live_server.url.replace("//localhost", "//toto.localhost")
    # As many as a class has, so that the cards go over more than one page.
    many = [*names, *(f"Kim {letter}son" for letter in "ABCDEFGHIJKLMNOP")]

    with a_page(chromium, address) as page:
        page.goto(f"{address}/admin/login/?next=/admin/children/add/")
        page.fill("input[name=username]", "hannah@toto.test")
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.fill("textarea[name=names]", "\n".join(many))
        page.screenshot(path=tmp_path / "names.png")
        page.get_by_role("button", name="Propose user names").click()
        page.get_by_role("button", name="Make the accounts").wait_for()
        page.screenshot(path=tmp_path / "proposals.png")
        page.get_by_role("button", name="Make the accounts").click()
        page.locator(".lyceum-card").first.wait_for()
        cards = page.locator(".lyceum-card")
        shown = [
            (
                cards.nth(number).locator("dd").nth(0).inner_text(),
                cards.nth(number).locator("dd").nth(1).inner_text(),
            )
            for number in range(cards.count())
        ]
        page.screenshot(path=tmp_path / "cards.png", full_page=True)
        page.emulate_media(media="print")
        overflowing = page.evaluate(
            "[...document.querySelectorAll('.lyceum-card')]"
            ".filter(card => card.scrollHeight > card.clientHeight + 1).length"
        )
        page.pdf(path=tmp_path / "cards.pdf", prefer_css_page_size=True, print_background=True)
        page.emulate_media(media="screen")
        page.goto(f"{address}/admin/children/")
        page.screenshot(path=tmp_path / "list.png")

    assert len(shown) == len(many)
    assert overflowing == 0
    assert len(PAGES.findall((tmp_path / "cards.pdf").read_bytes())) == -(-len(many) // 10)
    assert_children_log_in(school, shown[: len(names)])


def assert_children_log_in(school: CurrentSchool, shown: list[tuple[str, str]]) -> None:
    for username, password in shown:
        assert child_logs_in(school.slug, username, password)[1].status_code == 200
