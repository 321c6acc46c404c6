"""A moderator's morning in a real browser: a report is looked at, and its author suspended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lyceum.community.models import Case, Sanction
from lyceum.community.reports import report
from lyceum.kernel.clock import now
from tests.e2e.browser import a_page
from tests.letters import TYPE, a_letter, a_school_with_letters, letters
from tests.people import PASSWORD, a_member

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
__all__ = ["letters"]


def test_a_moderator_suspends_an_author(
    live_server: Any, chromium: str, tmp_path: Path, letters: None
) -> None:
    school = a_school_with_letters("toto", host="toto.localhost")
    a_member(school, "moderator", email="mo@toto.test")
    author = a_member(school, first_name="Ben", is_child=True)
    letter = a_letter(school, author, "Words that hurt.\nMore of them.")
    teacher = a_member(school, "teacher", first_name="Tea")
    told = {"type": TYPE, "thing": letter, "kind": "harassment", "text": "Please look."}
    report(reporter=teacher, school=school, at=now(), **told)
    address = live_server.url.replace("//localhost", "//toto.localhost")

    with a_page(chromium, address) as page:
        page.goto(f"{address}/admin/login/?next=/admin/moderation/")
        page.fill("input[name=username]", "mo@toto.test")
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.get_by_role("link", name="Letter").wait_for()
        page.screenshot(path=tmp_path / "queue.png", full_page=True)
        page.get_by_role("link", name="Letter").click()
        page.get_by_label("What to do").select_option("suspend")
        page.get_by_label("Suspended until").fill(f"{now().year + 1}-01-02 10:00")
        # As a person does: the click closes the calendar, which would take the next one.
        page.get_by_label("Message to the author").click()
        page.get_by_label("Message to the author").fill("Until after the holidays.")
        page.screenshot(path=tmp_path / "case.png", full_page=True)
        page.get_by_role("button", name="Do it").click()
        page.get_by_text("suspended from contact until").wait_for()
        page.screenshot(path=tmp_path / "done.png", full_page=True)

    sanction = Sanction.objects.get()
    assert (sanction.person_id, sanction.message) == (author.pk, "Until after the holidays.")
    assert Case.objects.get().state == "reviewed"
