"""Signing up, proving an address, and choosing a new password."""

from __future__ import annotations

import time
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail

from lyceum.accounts.models import User
from tests.clients import AppClient, last_code
from tests.people import PASSWORD, a_person, a_school

pytestmark = pytest.mark.django_db


def statuses(*responses: object) -> list[int]:
    return [response.status_code for response in responses]  # type: ignore[attr-defined]


def test_signing_up_mails_a_code_that_proves_the_address_and_signs_in() -> None:
    a_school("toto", name="English with Toto")
    app = AppClient("toto")

    signed_up = app.sign_up("Ana@Example.test", first_name="Ana", last_name="Ruiz")
    verified = app.auth("POST", "auth/email/verify", {"key": last_code()})

    assert signed_up.status_code == 401
    assert {"id": "verify_email", "is_pending": True} in signed_up.json()["data"]["flows"]
    assert verified.status_code == 200
    assert app.token
    assert app.refresh_token
    person = User.objects.get(email="ana@example.test")
    assert (person.first_name, person.last_name) == ("Ana", "Ruiz")
    assert verified.json()["data"]["user"]["id"] == str(person.uuid)


def test_the_mail_is_the_schools_and_in_the_readers_language() -> None:
    a_school("toto", name="English with Toto")

    AppClient("toto").auth(
        "POST",
        "auth/signup",
        {"email": "ana@example.test", "password": PASSWORD},
        **{"Accept-Language": "es-MX,es;q=0.9"},
    )

    message = mail.outbox[-1]
    assert message.subject.startswith("English with Toto: tu código es")
    assert message.from_email == "English with Toto <no-reply@localhost>"
    assert message.to == ["ana@example.test"]


def test_a_language_without_mails_of_its_own_is_written_to_in_english() -> None:
    a_school("toto")

    AppClient("toto").auth(
        "POST", "auth/signup?lang=tr", {"email": "ana@example.test", "password": PASSWORD}
    )

    assert "your code is" in mail.outbox[-1].subject


def test_a_code_works_once() -> None:
    app = AppClient()
    app.sign_up("ana@example.test")
    code = last_code()
    again = AppClient()
    again.session_token = app.session_token

    first = app.auth("POST", "auth/email/verify", {"key": code})
    second = again.auth("POST", "auth/email/verify", {"key": code})

    assert first.status_code == 200
    assert second.status_code in {409, 410}


def test_a_code_ends_after_fifteen_minutes() -> None:
    app = AppClient()
    app.sign_up("ana@example.test")
    code = last_code()

    later = time.time() + timedelta(minutes=16).total_seconds()
    with mock.patch("time.time", return_value=later):
        response = app.auth("POST", "auth/email/verify", {"key": code})

    assert response.status_code == 409
    assert not User.objects.filter(email="ana@example.test").exists()


def test_three_wrong_codes_end_the_right_one() -> None:
    app = AppClient()
    app.sign_up("ana@example.test")
    code = last_code()

    wrong = [app.auth("POST", "auth/email/verify", {"key": "BBBB-BBBB"}) for _ in range(3)]
    right = app.auth("POST", "auth/email/verify", {"key": code})

    assert statuses(*wrong) == [400, 400, 400]
    assert right.status_code == 409


def test_a_code_can_be_sent_again_and_the_old_one_is_no_good_then() -> None:
    app = AppClient()
    app.sign_up("ana@example.test")
    old = last_code()

    resent = app.auth("POST", "auth/email/verify/resend")
    with_old = app.auth("POST", "auth/email/verify", {"key": old})
    with_new = app.auth("POST", "auth/email/verify", {"key": last_code()})

    assert statuses(resent, with_old, with_new) == [200, 400, 200]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short1!", "password_too_short"),
        ("password", "password_too_common"),
        ("9081726354", "password_entirely_numeric"),
        ("anastasia-ruiz", "password_too_similar"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str) -> None:
    response = AppClient().sign_up(
        "a@example.test", password, first_name="Anastasia", last_name="Ruiz"
    )

    assert response.status_code == 400
    assert why in [error["code"] for error in response.json()["errors"]]
    assert not User.objects.exists()


def test_signing_up_with_a_known_address_answers_as_with_a_new_one() -> None:
    owner = a_person("ana@example.test")

    known = AppClient()
    new = AppClient()
    known_signed_up = known.sign_up("ana@example.test", "another-horse-9")
    new_signed_up = new.sign_up("eva@example.test", "another-horse-9")
    known_logged_in = known.log_in("ana@example.test", "another-horse-9")
    new_logged_in = new.log_in("eva@example.test", "another-horse-9")

    assert known_signed_up.status_code == new_signed_up.status_code == 401
    assert known_signed_up.json()["data"] == new_signed_up.json()["data"]
    assert known_signed_up.json()["meta"].keys() == new_signed_up.json()["meta"].keys()
    assert known_logged_in.status_code == new_logged_in.status_code == 200
    assert known_logged_in.json()["data"]["user"]["id"] != str(owner.uuid)


def test_the_owner_of_a_known_address_is_told_and_no_code_leaves() -> None:
    a_person("ana@example.test")

    AppClient().sign_up("ana@example.test", "another-horse-9")

    assert "have an account already" in mail.outbox[-1].subject
    assert User.objects.get(email="ana@example.test").check_password(PASSWORD)


def test_who_proves_an_address_has_it_and_who_only_claimed_it_has_not() -> None:
    squatter, owner = AppClient(), AppClient()
    squatter.sign_up("ana@example.test", "squatters-horse-9")
    squatters_code = last_code()
    owner.sign_up("ana@example.test", "owners-horse-9")

    proved = owner.auth("POST", "auth/email/verify", {"key": last_code()})
    late = squatter.auth("POST", "auth/email/verify", {"key": squatters_code})

    assert proved.status_code == 200
    assert late.status_code == 400
    assert User.objects.filter(email="ana@example.test").count() == 1


@pytest.mark.parametrize("owner_is_first", [True, False])
def test_where_owner_and_claimant_have_one_password_it_is_the_owner_who_logs_in(
    owner_is_first: bool,
) -> None:
    if not owner_is_first:
        AppClient().sign_up("ana@example.test", PASSWORD)
    owner = AppClient()
    owner.sign_up("ana@example.test", PASSWORD)
    owner.auth("POST", "auth/email/verify", {"key": last_code()})
    if owner_is_first:
        AppClient().sign_up("ana@example.test", PASSWORD)
    app = AppClient()

    assert app.log_in("ana@example.test", PASSWORD).status_code == 200

    assert User.objects.count() == 2
    assert app.call("GET", "/api/v1/me").json()["email_verified"] is True


def test_an_unproved_person_may_log_in_and_is_known_to_be_unproved() -> None:
    AppClient().sign_up("ana@example.test")
    app = AppClient()

    response = app.log_in("ana@example.test")

    assert response.status_code == 200
    assert User.objects.get().email is None


def test_an_unproved_person_can_ask_for_a_code_later_and_prove_the_address() -> None:
    AppClient().sign_up("ana@example.test")
    app = AppClient()
    app.log_in("ana@example.test")

    asked = app.auth("PUT", "account/email", {"email": "ana@example.test"})
    verified = app.auth("POST", "auth/email/verify", {"key": last_code()})

    assert statuses(asked, verified) == [200, 200]
    assert User.objects.get().email == "ana@example.test"


def test_a_new_password_by_code_ends_the_sessions_and_the_old_password() -> None:
    a_person("ana@example.test")
    signed_in, forgetful = AppClient(), AppClient()
    signed_in.log_in("ana@example.test")

    asked = forgetful.auth("POST", "auth/password/request", {"email": "ana@example.test"})
    new = {"key": last_code(), "password": "entirely-new-horse"}
    reset = forgetful.auth("POST", "auth/password/reset", new)
    reset_again = forgetful.auth("POST", "auth/password/reset", new)

    assert statuses(asked, reset, reset_again) == [401, 401, 409]
    assert signed_in.refresh().status_code == 400
    assert AppClient().log_in("ana@example.test").status_code == 400
    assert AppClient().log_in("ana@example.test", "entirely-new-horse").status_code == 200


def test_a_wrong_code_changes_no_password() -> None:
    person = a_person("ana@example.test")
    app = AppClient()
    app.auth("POST", "auth/password/request", {"email": "ana@example.test"})

    wrong = {"key": "BBBB-BBBB", "password": "entirely-new-horse"}
    response = app.auth("POST", "auth/password/reset", wrong)

    assert response.status_code == 400
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_asking_for_a_new_password_tells_nothing_of_who_has_an_account() -> None:
    a_person("ana@example.test")
    known, unknown = AppClient(), AppClient()

    to_known = known.auth("POST", "auth/password/request", {"email": "ana@example.test"})
    to_unknown = unknown.auth("POST", "auth/password/request", {"email": "eva@example.test"})
    wrong = {"key": "BBBB-BBBB", "password": "entirely-new-horse"}
    by_known = known.auth("POST", "auth/password/reset", wrong)
    by_unknown = unknown.auth("POST", "auth/password/reset", wrong)

    assert to_known.status_code == to_unknown.status_code == 401
    assert to_known.json()["data"] == to_unknown.json()["data"]
    assert (by_known.status_code, by_known.json()) == (by_unknown.status_code, by_unknown.json())
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("code", ["BBBB-BBBB", ""])
def test_trying_a_code_tells_nothing_of_who_has_an_account(code: str) -> None:
    a_person("ana@example.test")
    known, unknown = AppClient(), AppClient()
    known.auth("POST", "auth/password/request", {"email": "ana@example.test"})
    unknown.auth("POST", "auth/password/request", {"email": "eva@example.test"})

    def tried(app: AppClient) -> list[tuple[int, bytes]]:
        header = {"X-Password-Reset-Key": code}
        answers = [app.auth("GET", "auth/password/reset", **header) for _ in range(5)]
        return [(answer.status_code, answer.content) for answer in answers]

    by_known, by_unknown = tried(known), tried(unknown)

    assert [status for status, _ in by_known] == [400, 400, 400, 409, 409]
    assert by_unknown == by_known


def test_logging_in_tells_nothing_of_who_has_an_account() -> None:
    a_person("ana@example.test")

    known = AppClient().log_in("ana@example.test", "not-the-password")
    unknown = AppClient().log_in("eva@example.test", "not-the-password")

    assert known.status_code == unknown.status_code == 400
    assert known.json() == unknown.json()


def test_the_sixth_wrong_password_for_one_account_is_refused_unread() -> None:
    a_person("ana@example.test")

    for _ in range(5):
        AppClient().log_in("ana@example.test", "not-the-password")
    response = AppClient().log_in("ana@example.test")

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "too_many_login_attempts"


def test_a_new_address_replaces_the_old_one_when_it_is_proved() -> None:
    person = a_person("ana@example.test")
    app = AppClient()
    app.log_in("ana@example.test")
    unconfirmed = app.auth("POST", "account/email", {"email": "new@example.test"})
    app.auth("POST", "auth/reauthenticate", {"password": PASSWORD})

    added = app.auth("POST", "account/email", {"email": "new@example.test"})
    verified = app.auth("POST", "auth/email/verify", {"key": last_code()})
    made_primary = app.auth(
        "PATCH", "account/email", {"email": "new@example.test", "primary": True}
    )
    person.refresh_from_db()

    assert statuses(unconfirmed, added, verified, made_primary) == [401, 200, 200, 200]
    assert person.email == "new@example.test"


@pytest.mark.parametrize(
    ("policy", "status"),
    [("open", "active"), ("approval", "pending"), ("code", None), ("invitation", None)],
)
def test_signing_up_gives_a_students_place_where_the_school_lets_anyone_in(
    policy: str, status: str | None
) -> None:
    a_school("toto", signup_policy=policy)
    a_school("campus")

    AppClient("toto").sign_up("ana@example.test", roles="admin", is_superuser="true")

    person = User.objects.get()
    places = list(person.memberships.values_list("school__slug", "status", "roles"))
    assert places == ([("toto", status, frozenset({"student"}))] if status else [])
    assert not person.is_superuser


def test_signing_up_at_no_school_gives_an_account_alone() -> None:
    AppClient().sign_up("ana@example.test")

    assert not User.objects.get().memberships.exists()


def test_an_unproved_person_reads_their_account_as_unproved() -> None:
    a_school("toto")
    AppClient("toto").sign_up("ana@example.test")
    app = AppClient("toto")
    app.log_in("ana@example.test")

    answer = app.call("GET", "/api/v1/me").json()

    assert (answer["email"], answer["email_verified"]) == ("ana@example.test", False)
    assert answer["memberships"][0]["status"] == "active"


def test_a_new_password_by_code_proves_the_address() -> None:
    AppClient().sign_up("ana@example.test")
    app = AppClient()

    app.auth("POST", "auth/password/request", {"email": "ana@example.test"})
    new = {"key": last_code(), "password": "entirely-new-horse"}
    app.auth("POST", "auth/password/reset", new)

    assert User.objects.get().email == "ana@example.test"
