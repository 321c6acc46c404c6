"""Passkeys in Chromium with an authenticator of its own, against the product's real server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deploy.processes import ROOT
from tests.clients import code_in
from tests.e2e.browser import a_page
from tests.migrated import sqlite_file
from tests.people import PASSWORD
from tests.services.mails import text_of
from tests.services.servers import (
    MailServer,
    Server,
    environment_of,
    mail_server,
    product_server,
)

# For the tables alone, which `data` copies: the server has a database of its own.
pytestmark = pytest.mark.long

SEED = """
import django
django.setup()
from django.core.management import call_command
from tests.people import a_member, a_school
call_command("createcachetable", database="cache")
call_command("collectstatic", verbosity=0, interactive=False)
for slug in ("toto", "campus"):
    school = a_school(slug, name=slug.title(), host=f"{slug}.localhost")
    for name in ("ana", "eva"):
        a_member(school, "manager", email=f"{name}.{slug}@example.test")
"""

# What a front end would do. Ends in no function: Playwright would call it.
FRONT_END = """
window.send = async (method, path, body) => {
  const csrf = document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? "";
  const answer = await fetch(`/_allauth/browser/v1/${path}`, {
    method,
    headers: {"Content-Type": "application/json", "X-CSRFToken": csrf},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return {status: answer.status, body: await answer.json()};
};
window.make = async (options) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey);
  return (await navigator.credentials.create({publicKey})).toJSON();
};
window.use = async (path) => {
  const {body} = await send("GET", path);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    body.data.request_options.publicKey);
  const credential = (await navigator.credentials.get({publicKey})).toJSON();
  const first = await send("POST", path, {credential});
  const again = await send("POST", path, {credential});
  return {first, again: again.status};
};
window.add = async (query) => {
  const path = "account/authenticators/webauthn";
  const {body} = await send("GET", path + query);
  const credential = await make(body.data.creation_options);
  return send("POST", path, {name: "Laptop", credential});
};
0;
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("passkeys")
    shutil.copy(sqlite_file(), folder / "lyceum.sqlite3")
    subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, env=environment_of(folder), check=True)
    return folder


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mails")) as running:
        yield running


@pytest.fixture(scope="module")
def server(data: Path, mails: MailServer) -> Iterator[Server]:
    environment = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mails.port)}
    with product_server(data, workers=1, **environment) as running:
        yield running


@contextmanager
def a_laptop(chromium: str, server: Server, school: str = "toto") -> Iterator[Any]:
    """Open a school's page in a browser with an authenticator that knows its person's finger."""
    address = f"http://{school}.localhost:{server.port}"
    with a_page(chromium, address) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        page.address = address
        visit(page, address)
        yield page


def visit(page: Any, address: str) -> None:
    # A school's own front end may fetch; the server's pages of text may not.
    page.route(f"{address}/front-end", lambda route: route.fulfill(content_type="text/html"))
    page.goto(f"{address}/front-end")
    page.evaluate(FRONT_END)
    page.evaluate("send('GET', 'config')")


def send(page: Any, method: str, path: str, body: Any = None) -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate(
        "([method, path, body]) => send(method, path, body ?? undefined)", [method, path, body]
    )
    return answer


def log_in(page: Any, email: str) -> dict[str, Any]:
    return send(page, "POST", "auth/login", {"email": email, "password": PASSWORD})


def pending(answer: dict[str, Any]) -> list[str]:
    return [flow["id"] for flow in answer["body"]["data"]["flows"] if flow.get("is_pending")]


def add_passkey(page: Any, email: str, query: str = "") -> None:
    assert log_in(page, email)["status"] == 200
    send(page, "POST", "auth/reauthenticate", {"password": PASSWORD})
    added = page.evaluate("query => add(query)", query)
    assert added["status"] == 200, added
    assert added["body"]["meta"]["recovery_codes_generated"]


def test_a_person_signs_up_and_logs_in_with_nothing_but_a_passkey(
    server: Server, mails: MailServer, chromium: str
) -> None:
    with a_laptop(chromium, server) as page:
        begun = send(page, "POST", "auth/webauthn/signup", {"email": "leo@example.test"})
        code = code_in(text_of(mails.take_mail_to("leo@example.test")))
        proved = send(page, "POST", "auth/email/verify", {"key": code})
        options = send(page, "GET", "auth/webauthn/signup")["body"]["data"]["creation_options"]
        credential = page.evaluate("options => make(options)", options)
        body = {"name": "Laptop", "credential": credential}
        done = send(page, "PUT", "auth/webauthn/signup", body)
        send(page, "DELETE", "auth/session")
        back = page.evaluate("use('auth/webauthn/login')")

    assert options["publicKey"]["rp"] == {"id": "toto.localhost", "name": "Toto"}
    assert (begun["status"], pending(begun)) == (401, ["verify_email"])
    assert (proved["status"], pending(proved)) == (401, ["mfa_signup_webauthn"])
    assert (done["status"], back["first"]["status"]) == (200, 200)
    assert back["first"]["body"]["data"]["user"]["email"] == "leo@example.test"
    # Signed in already, or the challenge is spent.
    assert back["again"] in (400, 409)


def test_a_passkey_is_the_second_step_after_a_password_at_its_own_host_alone(
    server: Server, chromium: str
) -> None:
    with a_laptop(chromium, server) as page:
        add_passkey(page, "ana.toto@example.test")
        send(page, "DELETE", "auth/session")
        first = log_in(page, "ana.toto@example.test")
        second = page.evaluate("use('auth/webauthn/authenticate')")
        confirmed = page.evaluate("use('auth/webauthn/reauthenticate')")

        visit(page, page.address.replace("toto", "campus"))
        elsewhere = log_in(page, "ana.toto@example.test")
        refused = page.evaluate("use('auth/webauthn/authenticate').catch(error => error.name)")

    assert (first["status"], pending(first)) == (401, ["mfa_authenticate"])
    assert second["first"]["status"] == 200
    assert (confirmed["first"]["status"], confirmed["again"]) == (200, 400)
    assert pending(elsewhere) == ["mfa_authenticate"]
    assert refused == "NotAllowedError"


def test_the_editor_takes_a_passkey_after_the_password_and_in_its_place(
    server: Server, chromium: str
) -> None:
    with a_laptop(chromium, server) as page:
        add_passkey(page, "eva.toto@example.test", "?passwordless")
        page.context.clear_cookies()

        page.goto(f"{page.address}/admin/pages/")
        page.fill("input[name=username]", "eva.toto@example.test")
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_selector("input[name=code]")
        by_password_alone = page.goto(f"{page.address}/admin/")
        assert "/admin/login/" in by_password_alone.url
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{page.address}/admin/")

        page.context.clear_cookies()
        page.goto(f"{page.address}/admin/pages/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{page.address}/admin/pages/**")


def test_a_laptop_without_the_passkey_does_not_open_the_editor(
    server: Server, chromium: str
) -> None:
    with a_laptop(chromium, server, "campus") as page:
        add_passkey(page, "eva.campus@example.test", "?passwordless")
    with a_laptop(chromium, server, "campus") as page:
        page.goto(f"{page.address}/admin/login/")
        page.fill("input[name=username]", "eva.campus@example.test")
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_selector("input[name=code]")
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_role("alert").wait_for()
        page.fill("input[name=code]", "000000")
        page.click("button[type=submit]")
        page.locator("[data-code-refused]").get_by_text("Incorrect code").wait_for()
        assert page.goto(f"{page.address}/admin/pages/").url.startswith(
            f"{page.address}/admin/login/"
        )
