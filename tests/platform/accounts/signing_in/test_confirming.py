"""Confirming, when logged in, that it is oneself."""

from __future__ import annotations

import pytest

from lyceum.accounts.models import User
from tests.clients import AppClient
from tests.people import PASSWORD, a_person

pytestmark = pytest.mark.django_db

EMAIL = "ana@example.test"


def confirm(app: AppClient, password: str) -> int:
    answer = app.auth("POST", "auth/reauthenticate", {"password": password})
    return int(answer.status_code)


def test_who_claims_ones_address_with_the_same_password_is_in_nobodys_way() -> None:
    a_person(email=EMAIL)
    app = AppClient()
    app.log_in(EMAIL)
    User.objects.create_user(EMAIL, PASSWORD, verified=False)

    assert confirm(app, PASSWORD) == 200


def test_only_ones_own_password_confirms_and_the_sixth_wrong_one_is_refused_unread() -> None:
    a_person(email=EMAIL)
    app = AppClient()
    app.log_in(EMAIL)
    User.objects.create_user(EMAIL, "the-password-of-another", verified=False)

    assert [confirm(app, "the-password-of-another") for _ in range(5)] == [400] * 5
    assert confirm(app, PASSWORD) == 400
