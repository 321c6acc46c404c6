"""Logging in on a school's own page, through a provider and back."""

from __future__ import annotations

import pytest

from lyceum.accounts.models import User
from tests.people import a_school
from tests.services.providers.pages import Person

pytestmark = pytest.mark.django_db


def test_with_google_one_becomes_a_student_of_the_school_whose_page_it_was() -> None:
    a_school("toto")
    person = Person()

    back = person.with_google()
    me = person.me().json()

    assert (back.status_code, back["Location"]) == (302, "/learn")
    assert (me["email"], me["email_verified"]) == ("ana@example.test", True)
    assert (me["first_name"], me["last_name"]) == ("Ana", "Ruiz")
    assert [(each["slug"], each["status"]) for each in me["memberships"]] == [("toto", "active")]


def test_with_apple_too_whose_name_comes_beside_the_token_and_the_first_time_only() -> None:
    a_school("toto")

    Person().with_apple("relay")
    again = Person()
    back = again.with_apple("relay")
    me = again.me().json()

    assert back["Location"] == "/learn"
    assert (me["email"], me["email_verified"]) == ("x7f@privaterelay.appleid.com", True)
    assert (me["first_name"], me["last_name"]) == ("Re", "Lay")
    assert User.objects.count() == 1


def test_with_facebook_the_address_is_a_claim_and_one_may_learn() -> None:
    a_school("toto")
    person = Person()

    back = person.with_facebook("ana")
    me = person.me().json()

    assert back["Location"] == "/learn"
    assert (me["email"], me["email_verified"]) == ("ana@example.test", False)
    assert me["memberships"][0]["roles"] == ["student"]
