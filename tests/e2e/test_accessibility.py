"""WCAG 2.2 AA as far as a program can tell: axe on every page, light and dark, from either side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from lyceum.schools.current import CurrentSchool
from tests.e2e.browser import a_page, cookies_of
from tests.e2e.lessons import FULL, NEXT, full_lessons
from tests.people import a_learner, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OURS = ["/", "/search", "/search?tag=cats", "/learn/animals", FULL, NEXT, "/progress", "/me"]
EVERYBODYS = [FULL, "/sign-in", "/sign-up", "/new-password", "/nothing-here"]
# Colours on their way from light to dark are no colours to judge.
STILL = {"locale": "en", "reduced_motion": "reduce"}
# 400 % of a screen 1280 points wide: nothing may need a second direction of scrolling (1.4.10).
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def school(db: None) -> CurrentSchool:
    school = a_school("toto", host="toto.localhost", languages=["en", "ar"])
    full_lessons(school)
    return school


def test_no_page_breaks_a_rule_of_axe_nor_is_wider_than_a_small_phone(
    school: CurrentSchool, live_server: Any, chromium: str
) -> None:
    address = str(live_server.url).replace("//localhost", "//toto.localhost")
    faults: list[str] = []
    with a_page(chromium, address, cookies_of(a_learner(school)), **STILL) as page:
        for language in ("en", "ar"):
            for path in OURS:
                faults += faults_of(page, address, path, language)
            faults += [f"answered: {fault}" for fault in faults_once_answered(page)]
        page.context.clear_cookies()
        for language in ("en", "ar"):
            for path in EVERYBODYS:
                faults += faults_of(page, address, path, language)

    assert not faults, "\n".join(faults)


def faults_of(page: Any, address: str, path: str, language: str) -> Iterator[str]:
    """Yield what is wrong with a page in a language, in the light and in the dark."""
    cookie = {"name": "lyceum_language", "value": language, "url": address}
    page.context.add_cookies([cookie])
    page.goto(address + path)
    page.locator("main h1").wait_for()
    page.wait_for_load_state("networkidle")
    direction = "rtl" if language == "ar" else "ltr"
    if page.locator("html").get_attribute("dir") != direction:
        yield f"{path} {language}: it is not written {direction}"
    for said in (*axe_on(page), *too_wide(page)):
        yield f"{path} {language} {said}"


def axe_on(page: Any) -> Iterator[str]:
    page.evaluate(AXE_SCRIPT)
    for light in ("light", "dark"):
        page.evaluate(
            "one => ['light', 'dark'].forEach("
            "each => document.documentElement.toggleAttribute(`data-${each}`, each === one))",
            light,
        )
        options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
        told = page.evaluate("options => axe.run(document, options)", options)
        for rule in told["violations"]:
            yield f"{light}: {rule['id']}: {[node['html'][:100] for node in rule['nodes']]}"


def too_wide(page: Any) -> Iterator[str]:
    before = page.viewport_size
    page.set_viewport_size(NARROW)
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
        yield f"{wide} points wide"
    page.set_viewport_size(before)


def faults_once_answered(page: Any) -> Iterator[str]:
    """Yield what is wrong with marks, reasons and solutions: right, partly right, given up."""
    page.goto(page.url.partition("/me")[0] + FULL)
    page.locator("section.exercise").nth(8).wait_for()
    choices = page.locator("section.exercise", has_text="What says meow?").first
    choices.get_by_text("a dog", exact=True).click()
    gaps = page.locator("section.exercise", has_text="from Spain")
    for gap, text in zip(gaps.locator("input").all(), ("am", "cat"), strict=True):
        gap.fill(text)
    order = page.locator("section.exercise", has=page.locator(".order"))
    for exercise in (choices, gaps, order):
        exercise.locator("form .acts button").first.click()
        exercise.locator(".outcome").wait_for()
    choices.locator(".came-of-it button.plain").click()
    choices.locator(".sure").wait_for()
    yield from axe_on(page)
    yield from too_wide(page)
