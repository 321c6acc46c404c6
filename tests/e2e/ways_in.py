"""Schools with each way of becoming a member, and what people do at their doors."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from deploy.processes import ROOT
from tests.e2e.front_end import LESSON, Desk, a_desk
from tests.migrated import sqlite_file
from tests.people import PASSWORD
from tests.services.servers import Server, environment_of

# What a device can that keeps passkeys; nobody needs to touch it.
CAN = ("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation")

SEED = """
import django
django.setup()
from django.core.management import call_command
from lyceum.schools.models import School
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import a_member, a_school
call_command("createcachetable", database="cache")
for slug, policy in (("toto", "open"), ("bycode", "code"), ("invited", "invitation"),
                     ("applied", "approval")):
    school = a_school(slug, host=f"{slug}.localhost", signup_policy=policy,
                      catalogue="public" if policy == "open" else "members")
    a_member(school, "manager", email=f"manager@{slug}.test")
    below = a_subcategory(a_category(school, "English", slug="english"), "Verbs", slug="verbs")
    a_lesson(below, "The dog", slug="the-dog", body_en=[("text", "<p>A dog sleeps.</p>")])
    if policy == "open":
        for name in ("ana", "bea", "eva", "leo", "mia"):
            a_member(school, "student", email=f"{name}@school.test", first_name=name.title())
School.objects.filter(slug="bycode").update(join_code="SESAME-7")
"""


def make_schools(folder: Path) -> None:
    """Make the database of a server in a folder: a school for each way, and people of one."""
    shutil.copy(sqlite_file(), folder / "lyceum.sqlite3")
    subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, env=environment_of(folder), check=True)


class Finger:
    """The part of a device that keeps passkeys, and knows the finger of its person."""

    def __init__(self, page: Any) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options: dict[str, Any] = {"protocol": "ctap2", "transport": "internal"}
        for can in CAN:
            options[can] = True
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.authenticator = made["authenticatorId"]

    def is_known(self, known: bool) -> None:
        told = {"authenticatorId": self.authenticator, "isUserVerified": known}
        self.session.send("WebAuthn.setUserVerified", told)


def open_factors(desk: Desk) -> Any:
    page = desk.open("/me")
    page.get_by_text("The second step").click()
    page.get_by_role("heading", name="Passkeys").wait_for()
    return page


def sign_out(desk: Desk) -> None:
    page = desk.open("/me")
    page.get_by_role("button", name="Sign out").last.click()
    page.wait_for_url(f"{desk.address}/")
    page.locator("header").get_by_role("link", name="Sign in").wait_for()


def confirm(page: Any) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Go on").click()


@contextmanager
def a_desk_for_services(browser: Any, server: Server, **given: Any) -> Iterator[Desk]:
    """Sit down where nobody asks who vouches for the provider's certificate."""
    with a_desk(browser, server, ignore_https_errors=True, **given) as desk:
        yield desk


def go_through(page: Any, email: str, choice: str) -> None:
    """Log in at the provider, and choose there."""
    if "/accounts/login/" in page.url:
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill("entirely-at-the-provider")
        page.get_by_role("button", name="Sign In").click()
    page.get_by_role("button", name=choice).click()


def arrive(desk: Desk, email: str) -> Any:
    """Sign in as somebody who is no member yet; they are led to where one joins."""
    page = desk.open("/sign-in")
    page.get_by_label("E-mail address or user name").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{desk.address}/me**")
    page.locator("main:not([aria-busy]) h1").first.wait_for()
    return page


def sees_nothing(desk: Desk) -> str:
    """Return what is told of the school's lessons to who is no member."""
    page = desk.open(LESSON)
    page.get_by_text("Only members of the school can see this.").wait_for()
    told = page.locator("body").inner_text()
    assert "A dog sleeps." not in told
    assert "The dog" not in told
    page.get_by_role("link", name="Join the school").click()
    page.get_by_role("heading", name="About you").wait_for()
    return str(page.locator("main").inner_text())


def see_the_lesson(desk: Desk) -> None:
    """Go from where one is to the lesson, by links alone."""
    page = desk.page
    page.locator("#app header a.name").click()
    page.get_by_role("link", name="English").first.click()
    page.get_by_role("link", name="The dog").click()
    page.get_by_text("A dog sleeps.").wait_for()


def as_manager(server: Server, slug: str) -> tuple[Server, dict[str, str]]:
    there = replace(server, manners={"X-School": slug})
    return there, there.log_in(f"manager@{slug}.test", PASSWORD)
