"""Accounts on a real server of two processes, with mail through a real SMTP server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.clients import code_in
from tests.people import PASSWORD
from tests.services.mails import part_of, text_of
from tests.services.servers import (
    MailServer,
    Server,
    environment_of,
    mail_server,
    product_server,
    run_in,
)

FOUND_A_PURPLE_SCHOOL = """
from lyceum.content.founding import found_school
from lyceum.schools.models import School
found_school(slug="purple", name="Purple", host="purple.test", languages=["en"],
             signup_policy="open", catalogue="public")
School.objects.filter(slug="purple").update(colours={"brand": "#6A1B9A"})
"""


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mails")) as running:
        yield running


@pytest.fixture(scope="module")
def server(data: Path, mails: MailServer) -> Iterator[Server]:
    environment = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mails.port)}
    with product_server(data, workers=2, **environment) as running:
        yield running


def a_verified_person(server: Server, mails: MailServer, email: str) -> dict[str, Any]:
    """Sign up and prove the address; return the tokens."""
    signed_up = server.auth("POST", "auth/signup", {"email": email, "password": PASSWORD})
    assert signed_up.status == 401
    mail = mails.take_mail_to(email)
    assert mail["From"] == "English with Toto <no-reply@localhost>"
    code = code_in(text_of(mail))
    session = {"X-Session-Token": signed_up.body["meta"]["session_token"]}
    verified = server.auth("POST", "auth/email/verify", {"key": code}, **session)
    assert verified.status == 200
    return dict(verified.body["meta"])


def test_from_signing_up_to_logging_out(server: Server, mails: MailServer) -> None:
    tokens = a_verified_person(server, mails, "ana@example.test")
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}

    me = server.call("GET", "/api/v1/me", **bearer)
    again = {"refresh_token": tokens["refresh_token"]}
    refreshed = server.auth("POST", "tokens/refresh", again)
    sessions = server.auth("GET", "auth/sessions", **bearer)
    logged_out = server.auth("DELETE", "auth/session", **bearer)
    after = server.call("GET", "/api/v1/me", **bearer)

    assert (me.status, me.body["email_verified"]) == (200, True)
    assert me.body["memberships"][0]["slug"] == "toto"
    assert refreshed.status == 200
    assert [session["is_current"] for session in sessions.body["data"]] == [True]
    assert (logged_out.status, after.status) == (401, 401)


def test_mails_of_two_schools_arrive_each_in_its_own_colours(
    data: Path, server: Server, mails: MailServer
) -> None:
    run_in(environment_of(data), FOUND_A_PURPLE_SCHOOL)

    for school in ("toto", "purple"):
        credentials = {"email": f"eli@{school}.test", "password": PASSWORD}
        server.auth("POST", "auth/signup", credentials, **{"X-School": school})
    of_toto, of_purple = (mails.take_mail_to(f"eli@{each}.test") for each in ("toto", "purple"))

    assert "6px solid #6A1B9A" in part_of(of_purple, "html")
    assert "#6A1B9A" not in part_of(of_toto, "html")
    assert of_purple["From"] == "Purple <no-reply@localhost>"
    for mail in (of_toto, of_purple):
        assert code_in(text_of(mail)) in part_of(mail, "html")


def test_a_new_password_by_mail(server: Server, mails: MailServer) -> None:
    a_verified_person(server, mails, "eva@example.test")

    asked = server.auth("POST", "auth/password/request", {"email": "eva@example.test"})
    code = code_in(text_of(mails.take_mail_to("eva@example.test")))
    new = {"key": code, "password": "entirely-new-horse"}
    session = {"X-Session-Token": asked.body["meta"]["session_token"]}
    reset = server.auth("POST", "auth/password/reset", new, **session)
    credentials = {"email": "eva@example.test", "password": "entirely-new-horse"}
    logged_in = server.auth("POST", "auth/login", credentials)

    assert (asked.status, reset.status, logged_in.status) == (401, 401, 200)


def test_of_eight_parallel_refreshes_in_two_processes_exactly_one_wins(
    server: Server, mails: MailServer
) -> None:
    given = a_verified_person(server, mails, "leo@example.test")["refresh_token"]

    for _ in range(5):
        with ThreadPoolExecutor(8) as pool:
            replies = list(
                pool.map(
                    lambda token: server.auth("POST", "tokens/refresh", {"refresh_token": token}),
                    [given] * 8,
                )
            )
        assert Counter(reply.status for reply in replies) == {200: 1, 400: 7}
        given = next(
            reply.body["data"]["refresh_token"] for reply in replies if reply.status == 200
        )


def test_a_limit_holds_for_all_processes_together(server: Server) -> None:
    wrong = {"email": "nobody@example.test", "password": "not-the-password"}

    replies = [server.auth("POST", "auth/login", wrong) for _ in range(8)]

    codes = [error["code"] for reply in replies for error in reply.body["errors"]]
    assert codes == ["email_password_mismatch"] * 5 + ["too_many_login_attempts"] * 3


def test_a_mail_server_that_is_down_keeps_nobody_from_signing_up(data: Path) -> None:
    with product_server(data, workers=1, EMAIL_HOST="127.0.0.1", EMAIL_PORT="9") as server:
        credentials = {"email": "mia@example.test", "password": PASSWORD}
        signed_up = server.auth("POST", "auth/signup", credentials)
        logged_in = server.auth("POST", "auth/login", credentials)

    assert (signed_up.status, logged_in.status) == (401, 200)
