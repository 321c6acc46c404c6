"""Ways into a school in a browser: a passkey, another service, a new password, joining."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.front_end import LESSON, a_browser, a_desk, code_to
from tests.e2e.ways_in import (
    Finger,
    a_desk_for_services,
    arrive,
    as_manager,
    confirm,
    go_through,
    make_schools,
    open_factors,
    see_the_lesson,
    sees_nothing,
    sign_out,
)
from tests.people import PASSWORD
from tests.services.providers.loopback import OpenID, openid_for_browsers
from tests.services.servers import (
    MailServer,
    Server,
    environment_of,
    free_port,
    mail_server,
    product_server,
    run_in,
)

pytestmark = pytest.mark.long

CALLBACK = "http://toto.localhost:{}/accounts/google/login/callback/"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ways-in")
    make_schools(folder)
    return folder


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mails")) as running:
        yield running


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[OpenID]:
    folder = tmp_path_factory.mktemp("provider")
    with openid_for_browsers(folder, redirect_uris=[CALLBACK.format(port)]) as running:
        yield running


@pytest.fixture(scope="module")
def server(data: Path, mails: MailServer, provider: OpenID, port: int) -> Iterator[Server]:
    environment = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mails.port)}
    offered = provider.environment()
    with product_server(data, workers=1, port=port, **environment, **offered) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with a_browser(chromium) as running:
        yield running


def test_a_passkey_is_added_opens_the_door_and_is_removed(server: Server, browser: Any) -> None:
    with a_desk(browser, server) as desk:
        finger = Finger(desk.page)
        desk.sign_in("ana@school.test", PASSWORD)
        page = open_factors(desk)
        page.get_by_label("A name for this device").fill("My laptop")
        page.get_by_role("button", name="Add a passkey").click()
        confirm(page)
        page.get_by_role("listitem").filter(has_text="My laptop").wait_for()
        sign_out(desk)

        desk.open("/sign-in?next=/progress")
        finger.is_known(False)
        page.get_by_role("button", name="Use a passkey").click()
        not_used = page.get_by_role("alert").inner_text()
        finger.is_known(True)
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{desk.address}/progress")
        page.get_by_role("link", name="Ana").wait_for()
        sign_out(desk)

        # Beside a password it is the second step.
        desk.open("/sign-in")
        page.get_by_label("E-mail address or user name").fill("ana@school.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_label("Code").wait_for()
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{desk.address}/")

        open_factors(desk)
        laptop = page.get_by_role("listitem").filter(has_text="My laptop")
        laptop.get_by_role("button", name="Remove").click()
        page.get_by_role("dialog").get_by_role("button", name="Use a passkey").click()
        laptop.wait_for(state="detached")
        sign_out(desk)
        desk.open("/sign-in")
        page.get_by_role("button", name="Use a passkey").click()
        refused = page.get_by_role("alert").inner_text()
        signed_in = page.get_by_role("link", name="Ana").count()

    assert not_used == "The passkey was not used."
    assert refused == "This passkey is not known here, or not any more."
    assert not signed_in
    assert desk.complaints == []


def test_another_service_signs_one_up_lets_one_in_and_is_told_of_when_it_does_not(
    server: Server, browser: Any, provider: OpenID
) -> None:
    with a_desk_for_services(browser, server) as desk:
        page = desk.open("/sign-in?next=/progress")
        page.get_by_role("button", name="Continue with Google").click()
        go_through(page, "ana@example.test", "Cancel")
        page.wait_for_url(f"{desk.address}/sign-in?**")
        cancelled = page.get_by_role("alert").inner_text()
        where = page.url

        page.get_by_role("button", name="Continue with Google").click()
        go_through(page, "ana@example.test", "Authorize")
        page.wait_for_url(f"{desk.address}/progress")
        page.get_by_role("link", name="Ana").wait_for()
        sign_out(desk)

        desk.open("/sign-up")
        page.get_by_role("button", name="Continue with Google").click()
        go_through(page, "ana@example.test", "Authorize")
        page.wait_for_url(f"{desk.address}/")
        page.get_by_role("link", name="Ana").click()
        page.get_by_role("heading", name="About you").wait_for()
        mine = page.locator("main").inner_text()
        # Who has a passkey and no password is asked for the passkey.
        Finger(page)
        open_factors(desk)
        page.get_by_label("A name for this device").fill("My laptop")
        page.get_by_role("button", name="Add a passkey").click()
        laptop = page.get_by_role("listitem").filter(has_text="My laptop")
        laptop.get_by_role("button", name="Remove").click()
        dialog = page.get_by_role("dialog")
        asked_for = dialog.inner_text()
        dialog.get_by_role("button", name="Cancel").click()
        sign_out(desk)

        # It is the second step beside another service, too.
        desk.open("/sign-in?next=/progress")
        page.get_by_role("button", name="Continue with Google").click()
        go_through(page, "ana@example.test", "Authorize")
        page.get_by_label("Code").wait_for()
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{desk.address}/progress")
        sign_out(desk)

        desk.open("/sign-in")
        page.get_by_role("button", name="Continue with Google").click()
        page.get_by_role("button", name="Authorize").wait_for()
        # It shows its pages, and does not answer our server any more.
        provider.server.stop(60)
        go_through(page, "ana@example.test", "Authorize")
        page.wait_for_url(f"{desk.address}/sign-in?**")
        away = page.get_by_role("alert").inner_text()
        provider.server.start_and_wait()

    assert cancelled == "You stopped at the other service. Nothing happened."
    assert "next=%2Fprogress" in where or "next=/progress" in where
    assert "not confirmed" not in mine
    assert "Password" not in asked_for
    assert away == "The other service does not answer. Try later, or another way."
    assert desk.complaints == []


def test_a_password_is_forgotten_and_changed_and_other_devices_are_signed_out(
    server: Server, browser: Any, mails: MailServer
) -> None:
    with a_desk(browser, server) as phone, a_desk(browser, server) as desk:
        phone.sign_in("mia@school.test", PASSWORD)
        phone.open(LESSON)
        page = desk.open("/new-password")
        page.get_by_label("E-mail address").fill("mia@school.test")
        page.get_by_role("button", name="Send me a code").click()
        code = code_to(mails, "mia@school.test")
        page.get_by_label("Code").fill("WRONG1")
        page.get_by_label("A new password").fill("entirely-new-horse")
        page.get_by_role("button", name="Go on").click()
        wrong = page.locator(".fault").inner_text()
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Go on").click()
        page.get_by_text("Your password is changed.").wait_for()
        page.get_by_label("E-mail address or user name").fill("mia@school.test")
        page.get_by_label("Password").fill("entirely-new-horse")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{desk.address}/")
        # Whoever knew the old one is out.
        there = phone.open("/me").get_by_role("alert").inner_text()

        phone.sign_in("mia@school.test", "entirely-new-horse")
        desk.open("/me").get_by_text("Where you are signed in").click()
        sessions = page.locator("details[open] li")
        sessions.get_by_role("button", name="Sign out").click()
        sessions.get_by_role("button", name="Sign out").wait_for(state="detached")
        left = sessions.all_inner_texts()
        ended = phone.open("/me").get_by_role("alert").inner_text()

    assert wrong == "This code is not right, or it was used before."
    assert there.startswith(ended.splitlines()[0])
    assert ended.startswith("Sign in to see this.")
    assert len(left) == 1
    assert "This device" in left[0]
    assert desk.complaints == phone.complaints == []


def test_the_schools_code_opens_it(server: Server, browser: Any) -> None:
    with a_desk(browser, server, "bycode") as desk:
        page = arrive(desk, "bea@school.test")
        sees_nothing(desk)
        page.get_by_label("The school's code").fill("SESAME-8")
        page.get_by_role("button", name="Join Bycode").click()
        wrong = page.get_by_role("alert").inner_text()
        page.get_by_label("The school's code").fill(" sesame-7 ")
        page.get_by_role("button", name="Join Bycode").click()
        # Where one wished to go.
        page.wait_for_url(desk.address + LESSON)
        see_the_lesson(desk)

    assert wrong == "This is not the school's code."
    assert desk.complaints == []


def test_an_invitation_is_good_once_for_a_while_and_for_whom_it_names(
    server: Server, browser: Any, data: Path
) -> None:
    there, manager = as_manager(server, "invited")
    codes = [
        there.call("POST", "/api/v1/school/invitations", body, **manager).body["code"]
        for body in ({}, {}, {"email": "leo@school.test"})
    ]
    run_in(
        environment_of(data),
        "from datetime import timedelta\n"
        "from lyceum.kernel.clock import now\n"
        "from lyceum.schools.models import Invitation\n"
        "expired = Invitation.objects.order_by('pk')[1:2].get()\n"
        "expired.created_at, expired.expires_at = now() - timedelta(2), now() - timedelta(1)\n"
        "expired.save()",
    )
    with a_desk(browser, server, "invited") as desk:
        page = arrive(desk, "bea@school.test")
        refused = []
        for code in ("NOT-A-CODE", codes[1], codes[2]):
            page.get_by_label("The code of your invitation").fill(code)
            page.get_by_role("button", name="Join Invited").click()
            refused.append(page.get_by_role("alert").inner_text())
        page.get_by_label("The code of your invitation").fill(codes[0])
        page.get_by_role("button", name="Join Invited").click()
        page.wait_for_url(f"{desk.address}/")
        see_the_lesson(desk)
    with a_desk(browser, server, "invited") as used:
        page = used.open(f"/sign-in?next=/me%3Finvitation%3D{codes[0]}")
        page.get_by_label("E-mail address or user name").fill("leo@school.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{used.address}/me**")
        page.get_by_role("button", name="Join Invited").click()
        refused.append(page.get_by_role("alert").inner_text())
        page.get_by_label("The code of your invitation").fill(codes[2])
        page.get_by_role("button", name="Join Invited").click()
        page.get_by_role("heading", name="Join Invited").wait_for(state="detached")

    assert refused == ["This invitation is not, or no longer, good for you."] * 4
    assert desk.complaints == used.complaints == []


def test_who_applies_waits_until_the_school_lets_them_in(
    server: Server, browser: Any, mails: MailServer
) -> None:
    there, manager = as_manager(server, "applied")
    with a_desk(browser, server, "applied") as desk:
        # Who has an account applies; who has none applies by signing up.
        page = arrive(desk, "eva@school.test")
        page.get_by_role("button", name="Apply to join").click()
        page.get_by_text("The school will look at your application.").wait_for()
        waiting = sees_nothing(desk)
        sign_out(desk)
        desk.open("/sign-up")
        page.get_by_label("First name").fill("Nora")
        page.get_by_label("E-mail address").fill("nora@example.test")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign up").click()
        page.get_by_label("Code").fill(code_to(mails, "nora@example.test"))
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{desk.address}/me**")
        page.get_by_text("The school will look at your application.").wait_for()

        asked = there.call("GET", "/api/v1/school/members?status=pending", **manager).body["items"]
        nora = next(each for each in asked if each["email"] == "nora@example.test")
        place = f"/api/v1/school/members/{nora['id']}"
        there.call("PATCH", place, {"status": "active"}, **manager)
        desk.open("/me")
        is_still_told = page.get_by_text("The school will look at your application.").count()
        see_the_lesson(desk)
        sign_out(desk)
        arrive(desk, "eva@school.test")
        page.get_by_text("The school will look at your application.").wait_for()

    assert "The school will look at your application." in waiting
    assert {each["email"] for each in asked} == {"eva@school.test", "nora@example.test"}
    assert not is_still_told
    assert desk.complaints == []
