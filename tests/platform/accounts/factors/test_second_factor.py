"""Second factors: an authenticator app, recovery codes, and what happens when they are lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from lyceum.accounts.factors.services import factors_of, has_second_factor
from lyceum.accounts.models import PersonalToken, TokenFamily, User
from lyceum.events.models import AuditEntry
from tests.clients import AppClient
from tests.factors import a_code, confirm, enrol, pending_of, recovery_codes_of
from tests.people import PASSWORD, a_learner, a_person, a_school, a_token

pytestmark = pytest.mark.django_db
# What is told once a change is committed.
committing = pytest.mark.django_db(transaction=True)
EMAIL = "ana@example.test"


def a_signed_in_app(email: str = EMAIL) -> AppClient:
    app = AppClient()
    assert app.log_in(email).status_code == 200
    return app


def a_person_with_an_app(off: int = 0) -> tuple[User, str, list[str]]:
    """Return a person, the secret of their authenticator app, and their recovery codes."""
    person = a_person(EMAIL)
    app = a_signed_in_app()
    # With a code of the past, so that the present one is not spent.
    secret = enrol(app, off=off or -30)
    return person, secret, recovery_codes_of(app)


def answer_with(code: str) -> Any:
    """Log in with the password, and answer the second step with a code."""
    app = AppClient()
    first = app.log_in(EMAIL)
    assert first.status_code == 401
    return app.auth("POST", "auth/2fa/authenticate", {"code": code})


def test_an_app_is_asked_for_a_code_before_it_gets_tokens() -> None:
    _, secret, _ = a_person_with_an_app()
    app = AppClient()

    first = app.log_in(EMAIL)
    before = app.auth("GET", "account/authenticators")
    second = app.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})

    assert (first.status_code, pending_of(first)) == (401, ["mfa_authenticate"])
    assert "access_token" not in first.json()["meta"]
    assert before.status_code == 401
    assert second.status_code == 200
    assert app.call("GET", "/api/v1/me").status_code == 200


def test_a_code_is_not_spent_by_a_request_that_has_to_be_confirmed_first() -> None:
    a_person(EMAIL)
    app = a_signed_in_app()
    told = app.auth("GET", "account/authenticators/totp").json()["meta"]
    code = a_code(told["secret"])

    first = app.auth("POST", "account/authenticators/totp", {"code": code})
    confirm(app)
    again = app.auth("POST", "account/authenticators/totp", {"code": code})

    assert "<svg" in told["totp_svg"]
    assert (first.status_code, again.status_code) == (401, 200)


def test_a_page_is_nobodys_before_the_code() -> None:
    a_school("toto")
    _, secret, _ = a_person_with_an_app()
    page = Client(headers={"host": "toto.test"})

    def send(path: str, data: dict[str, str]) -> Any:
        return page.post(f"/_allauth/browser/v1/auth/{path}", data, content_type="application/json")

    first = send("login", {"email": EMAIL, "password": PASSWORD})
    before = page.get("/api/v1/me")
    second = send("2fa/authenticate", {"code": a_code(secret)})

    assert (first.status_code, pending_of(first)) == (401, ["mfa_authenticate"])
    assert (before.status_code, second.status_code) == (401, 200)
    assert page.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("off", [-60, -30, 0, 30, 60])
def test_a_phone_may_be_a_minute_off(off: int) -> None:
    _, secret, _ = a_person_with_an_app(off=-60 if off != -60 else 60)

    assert answer_with(a_code(secret, off=off)).status_code == 200


@pytest.mark.parametrize("off", [-300, 300])
def test_a_clock_five_minutes_off_is_refused(off: int) -> None:
    _, secret, _ = a_person_with_an_app()

    answer = answer_with(a_code(secret, off=off))

    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["incorrect_code"]


def test_a_code_is_good_once_for_as_long_as_it_would_be_good() -> None:
    _, secret, _ = a_person_with_an_app()
    code = a_code(secret, off=60)
    assert answer_with(code).status_code == 200
    # allauth itself forgets it after one period.
    cache.delete(f"allauth.mfa.totp.used?user={User.objects.get().pk}&code={code}")

    assert answer_with(code).status_code == 400
    assert answer_with(f"{code[:3]} {code[3:]}").status_code == 400


def test_the_code_of_setting_up_is_spent_too() -> None:
    a_person(EMAIL)
    app = a_signed_in_app()
    confirm(app)
    secret = app.auth("GET", "account/authenticators/totp").json()["meta"]["secret"]
    code = a_code(secret)
    app.auth("POST", "account/authenticators/totp", {"code": code})

    assert answer_with(code).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_is_good_once_and_told_by_mail() -> None:
    _, _, codes = a_person_with_an_app()
    mail.outbox.clear()

    first, again = answer_with(codes[0]), answer_with(codes[0])

    assert (len(codes), first.status_code, again.status_code) == (10, 200, 400)
    assert answer_with(codes[1]).status_code == 200
    assert ["9 are left" in sent.body for sent in mail.outbox] == [True, False]


def test_recovery_codes_are_shown_once() -> None:
    a_person_with_an_app()
    app = AppClient()
    app.log_in(EMAIL)
    secret = _secret_of(User.objects.get())
    app.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})
    confirm(app)

    shown = app.auth("GET", "account/authenticators/recovery-codes").json()["data"]
    anew = app.auth("POST", "account/authenticators/recovery-codes", {}).json()["data"]

    assert "unused_codes" not in shown
    assert len(anew["unused_codes"]) == 10


def _secret_of(person: User) -> str:
    from lyceum.kernel.encryption import decrypt

    return decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])


def test_guessing_a_code_is_limited() -> None:
    _, secret, _ = a_person_with_an_app()
    app = AppClient()
    app.log_in(EMAIL)

    answers = [
        app.auth("POST", "auth/2fa/authenticate", {"code": f"{guess:06}"}) for guess in range(7)
    ]
    right = app.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})

    codes = [error["code"] for answer in answers for error in answer.json()["errors"]]
    assert codes == ["incorrect_code"] * 5 + ["too_many_login_attempts"] * 2
    assert right.status_code == 400


def test_factors_change_only_after_a_confirmation() -> None:
    person, _, _ = a_person_with_an_app()
    secret = _secret_of(person)
    app = AppClient()
    app.log_in(EMAIL)
    app.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})

    refused = [
        app.auth("DELETE", "account/authenticators/totp"),
        app.auth("POST", "account/authenticators/recovery-codes", {}),
        app.auth("GET", "account/authenticators/recovery-codes"),
        app.auth("GET", "account/authenticators/webauthn"),
    ]

    assert [answer.status_code for answer in refused] == [401] * 4
    ways = {flow["id"] for flow in refused[0].json()["data"]["flows"]}
    assert {"reauthenticate", "mfa_reauthenticate"} <= ways
    confirm(app)
    assert app.auth("DELETE", "account/authenticators/totp").status_code == 200
    assert not has_second_factor(person)
    assert factors_of(person) == {}


def test_a_code_confirms_too_and_once() -> None:
    person, _, _ = a_person_with_an_app()
    secret = _secret_of(person)
    app = AppClient()
    app.log_in(EMAIL)
    app.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})
    code = a_code(secret, off=30)

    first = app.auth("POST", "auth/2fa/reauthenticate", {"code": code})
    again = app.auth("POST", "auth/2fa/reauthenticate", {"code": code})

    assert (first.status_code, again.status_code) == (200, 400)


def test_an_address_is_proved_before_a_factor_is_set_up() -> None:
    app = AppClient()
    User.objects.create_user(EMAIL, PASSWORD, verified=False)
    app.log_in(EMAIL)
    confirm(app)

    assert app.auth("GET", "account/authenticators/totp").status_code == 409


def test_secrets_are_kept_encrypted() -> None:
    _, secret, _ = a_person_with_an_app()

    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept
    assert len(factors_of(User.objects.get())) == 2
    assert '"seed": "gAAAA' in kept


@committing
def test_changes_of_factors_are_written_down_and_mailed() -> None:
    person, _, _ = a_person_with_an_app()
    secret = _secret_of(person)
    app = AppClient()
    app.log_in(EMAIL)
    app.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})
    confirm(app)
    app.auth("DELETE", "account/authenticators/totp")

    rows = AuditEntry.objects.filter(action__contains="factor").order_by("id")

    assert [(row.action, row.actor, row.changes["factor"]) for row in rows] == [
        ("account.factor_added", person.uuid, "totp"),
        ("account.factor_added", person.uuid, "recovery_codes"),
        ("account.factor_removed", person.uuid, "totp"),
        ("account.factor_removed", person.uuid, "recovery_codes"),
    ]
    told = [sent.body.split("\n")[2] for sent in mail.outbox if sent.to == [EMAIL]]
    assert told == [
        "An authenticator app is now asked for when you log in.",
        "The authenticator app of your account was removed.",
    ]


@committing
@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_notice_is_in_the_readers_language(language: str) -> None:
    a_person(EMAIL, language=language)

    enrol(a_signed_in_app())

    assert mail.outbox[-1].extra_headers["Content-Language"] == language
    assert "authenticator" not in mail.outbox[-1].body


@committing
def test_an_operator_removes_factors_that_were_lost() -> None:
    person, _, _ = a_person_with_an_app()
    assert TokenFamily.objects.exists()
    mail.outbox.clear()

    call_command("factors", "remove", EMAIL, "--why", "Lost the phone; seen in person")

    assert factors_of(person) == {}
    assert not TokenFamily.objects.exists()
    assert not UserSession.objects.exists()
    assert AppClient().log_in(EMAIL).status_code == 200
    row = AuditEntry.objects.get(action="account.factors_removed")
    assert (row.target, row.changes["why"]) == (person.uuid, "Lost the phone; seen in person")
    assert "removed by the operator" in mail.outbox[0].body


def test_removing_factors_ends_personal_tokens() -> None:
    school = a_school("toto")
    person = a_learner(school, email=EMAIL)
    a_token(person, school, "content:read")
    enrol(a_signed_in_app())

    call_command("factors", "remove", str(person.uuid), "--why", "Lost the phone")

    assert not PersonalToken.objects.exists()


@pytest.mark.parametrize("who", ["nobody@example.test", "01990000-0000-7000-8000-000000000000", ""])
def test_the_operator_is_told_of_a_person_who_is_not_there(who: str) -> None:
    with pytest.raises(CommandError, match="There is no person"):
        call_command("factors", "show", who)


def test_ending_a_session_kills_its_tokens_at_once() -> None:
    a_person(EMAIL)
    phone, laptop = a_signed_in_app(), a_signed_in_app()
    listed = laptop.auth("GET", "auth/sessions").json()["data"]
    other = next(session["id"] for session in listed if not session["is_current"])

    ended = laptop.auth("DELETE", "auth/sessions", {"sessions": [other]})

    assert len(listed) == 2
    assert [session["is_current"] for session in ended.json()["data"]] == [True]
    assert phone.call("GET", "/api/v1/me").status_code == 401
    assert phone.refresh().status_code == 400
    assert laptop.call("GET", "/api/v1/me").status_code == 200


def test_nobody_ends_anothers_session() -> None:
    a_person(EMAIL)
    a_person("eva@example.test")
    ana, eva = a_signed_in_app(), a_signed_in_app("eva@example.test")
    own = ana.auth("GET", "auth/sessions").json()["data"][0]["id"]

    refused = eva.auth("DELETE", "auth/sessions", {"sessions": [own]})

    assert refused.status_code == 400
    assert ana.call("GET", "/api/v1/me").status_code == 200
