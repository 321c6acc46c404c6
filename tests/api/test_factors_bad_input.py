"""Nonsense at the doors of second factors: refused with a status of the client's, never a crash."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.clients import AppClient
from tests.factors import confirm, enrol
from tests.people import a_person

pytestmark = pytest.mark.django_db
EMAIL = "ana@example.test"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


CLIENT_DATA = _encoded(b'{"type": "webauthn.get", "challenge": "AAAA", "origin": "https://x.test"}')
GOOD = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "clientExtensionResults": {},
    "response": {
        "clientDataJSON": CLIENT_DATA,
        "attestationObject": _encoded(b"\xa3cfmtdnonegattStmt\xa0hauthDataX%" + b"\0" * 37),
        "authenticatorData": _encoded(b"\0" * 37),
        "signature": "AAAA",
        "userHandle": "MQ",
    },
}
VALUES: tuple[Any, ...] = (None, 7, "", "é\ud800", [], {}, "A" * 5, "////", _encoded(b"[]"))


def credentials() -> Iterator[Any]:
    """Yield what is almost a credential: each of its parts left out, and replaced by nonsense."""
    yield from (None, [], {}, "x", 7, GOOD, {**GOOD, "padding": "x" * 20_000})
    for name in GOOD:
        yield {key: value for key, value in GOOD.items() if key != name}
        for value in VALUES:
            yield {**GOOD, name: value}
    inner: dict[str, Any] = GOOD["response"]  # type: ignore[assignment]
    for name in inner:
        yield {**GOOD, "response": {k: v for k, v in inner.items() if k != name}}
        for value in VALUES:
            yield {**GOOD, "response": {**inner, name: value}}


def is_refused(answer: Any) -> bool:
    return answer.status_code in {400, 401, 409, 413, 422}


@pytest.fixture
def signed_in() -> AppClient:
    a_person(EMAIL)
    app = AppClient()
    app.log_in(EMAIL)
    enrol(app, off=-60)
    return app


@pytest.mark.parametrize("begun", [False, True])
def test_no_credential_breaks_adding_a_passkey(begun: bool, signed_in: AppClient) -> None:
    for credential in credentials():
        if begun:
            options = signed_in.auth("GET", "account/authenticators/webauthn")
            assert options.status_code == 200
        body = {"name": "Key", "credential": credential}
        answer = signed_in.auth("POST", "account/authenticators/webauthn", body)
        assert is_refused(answer), (credential, answer.content)
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("path", ["login", "reauthenticate", "authenticate"])
@pytest.mark.parametrize("begun", [False, True])
def test_no_credential_breaks_using_a_passkey(
    begun: bool, path: str, signed_in: AppClient, settings: Any
) -> None:
    # What is tried here is the reading, not the limit on trying.
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MFA_RATE_LIMITS = False
    app = signed_in if path == "reauthenticate" else AppClient()
    if path == "authenticate":
        app.log_in(EMAIL)
    for credential in credentials():
        if begun:
            assert app.auth("GET", f"auth/webauthn/{path}").status_code == 200
        answer = app.auth("POST", f"auth/webauthn/{path}", {"credential": credential})
        assert is_refused(answer), (credential, answer.status_code, answer.content)


CODES: tuple[Any, ...] = (
    *(None, 7, "", "é", "\ud800", "٣٤٥٦٧٨", [], {}, "0" * 10_000, "12 34 56", "\0", True, 1e308),
)


def test_no_code_breaks_a_door(signed_in: AppClient, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    half_way = AppClient()
    half_way.log_in(EMAIL)
    stranger = AppClient()
    for code in CODES:
        for app, path in (
            (half_way, "auth/2fa/authenticate"),
            (stranger, "auth/2fa/authenticate"),
            (signed_in, "auth/2fa/reauthenticate"),
            (signed_in, "account/authenticators/totp"),
        ):
            answer = app.auth("POST", path, {"code": code})
            assert is_refused(answer), (path, code, answer.content)


@pytest.mark.parametrize("name", ["x" * 101, "two\nlines", "\u202e", "\0"])
def test_a_name_is_short_and_on_one_line(name: str, signed_in: AppClient) -> None:
    signed_in.auth("GET", "account/authenticators/webauthn")

    body = {"name": name, "credential": GOOD}
    answer = signed_in.auth("POST", "account/authenticators/webauthn", body)

    assert "name" in [error.get("param") for error in answer.json()["errors"]]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("value", [None, "", "x", [], {}, [[]], ["x"], [1], 2**70, "٣", "\0"])
def test_no_id_breaks_renaming_or_removing(method: str, value: Any, signed_in: AppClient) -> None:
    confirm(signed_in)
    body = {"id": value, "authenticators": value, "name": "Key"}

    assert is_refused(signed_in.auth(method, "account/authenticators/webauthn", body))


@pytest.mark.parametrize("value", [None, "", "x", {}, [[]], ["x"], [2**70], 7])
def test_no_id_breaks_ending_sessions(value: Any, signed_in: AppClient) -> None:
    assert is_refused(signed_in.auth("DELETE", "auth/sessions", {"sessions": value}))


@pytest.mark.parametrize("body", [{}, {"email": "x"}, {"email": 7}, {"email": "a@b\0.test"}])
def test_no_sign_up_by_passkey_breaks(body: Any) -> None:
    app = AppClient()

    assert is_refused(app.auth("POST", "auth/webauthn/signup", body))
    for credential in (None, {}, GOOD):
        answer = app.auth("PUT", "auth/webauthn/signup", {"name": "Key", "credential": credential})
        assert answer.status_code == 409
    assert app.auth("GET", "auth/webauthn/signup").status_code == 409
