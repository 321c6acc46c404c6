"""What an account holds together, whoever makes it."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from lyceum.accounts.models import User
from tests.clients import AppClient
from tests.people import PASSWORD, a_person

pytestmark = pytest.mark.django_db


def test_an_account_comes_with_a_profile() -> None:
    assert a_person().profile.time_zone == "UTC"


def test_several_accounts_may_have_no_address() -> None:
    first = User.objects.create_user(None)
    second = User(email="")
    second.save()

    assert (first.email, second.email) == (None, None)


def test_who_is_given_an_address_by_an_operator_logs_in_with_it() -> None:
    person = a_person("old@example.test")

    person.email = "New@Example.test"
    person.save()

    assert AppClient().log_in("new@example.test").status_code == 200
    primary = EmailAddress.objects.get(user=person, primary=True)
    assert (primary.email, primary.verified) == ("new@example.test", True)


def test_an_address_that_is_only_claimed_is_not_the_persons() -> None:
    person = User.objects.create_user("ana@example.test", PASSWORD, verified=False, language="es")

    assert person.email is None
    assert person.profile.language == "es"
    assert AppClient().log_in("ana@example.test").status_code == 200


def test_an_inactive_person_cannot_log_in() -> None:
    a_person("ana@example.test", is_active=False)

    assert AppClient().log_in("ana@example.test").status_code == 401
