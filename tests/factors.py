"""Second factors for tests: an authenticator app, and people who have one."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.clients import AppClient
from tests.people import PASSWORD

PERIOD = 30


def a_code(secret: str, *, off: int = 0) -> str:
    """Return what an authenticator app shows whose clock is `off` seconds ahead of ours."""
    return str(format_hotp_value(hotp_value(secret, (int(time.time()) + off) // PERIOD)))


def confirm(app: AppClient) -> None:
    """Confirm by password that it is them, as changing factors demands."""
    assert app.auth("POST", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200


def enrol(app: AppClient, *, off: int = 0) -> str:
    """Set up an authenticator app for who is signed in; return its secret."""
    confirm(app)
    secret: str = app.auth("GET", "account/authenticators/totp").json()["meta"]["secret"]
    answer = app.auth("POST", "account/authenticators/totp", {"code": a_code(secret, off=off)})
    assert answer.status_code == 200, answer.content
    return secret


def recovery_codes_of(app: AppClient) -> list[str]:
    answer = app.auth("GET", "account/authenticators/recovery-codes")
    codes: list[str] = answer.json()["data"]["unused_codes"]
    return codes


def pending_of(answer: Any) -> list[str]:
    """Return the steps that an answer says are yet to be taken."""
    return [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]
