"""New passwords in the admin: as hard to misuse as at the API's doors, and as well told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from lyceum.accounts.models import User
from lyceum.events.models import AuditEntry
from tests.people import PASSWORD, a_member, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db
EMAIL = "ana@example.test"
ASK = "/admin/password_reset/"
ACCOUNT = "/admin/account/"
NEW = "entirely-new-horse"
LINK = re.compile(r"/admin/password_reset/confirm/\S+")


def a_browser() -> Client:
    return Client(headers={"host": "toto.test"})


def changing(old: str) -> dict[str, str]:
    return {
        "password-old_password": old,
        "password-new_password1": NEW,
        "password-new_password2": NEW,
        "name_email-first_name": "Ana",
        "name_email-last_name": "Ruiz",
        "locale-preferred_language": "en",
        "locale-current_time_zone": "UTC",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }


def changes_of_password() -> int:
    return AuditEntry.objects.filter(action="account.password_changed").count()


def test_a_letter_box_is_not_filled_with_links_by_somebody_else() -> None:
    a_member(a_school("toto"), "manager", email=EMAIL)

    answers = [a_browser().post(ASK, {"email": EMAIL}) for _ in range(8)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/admin/password_reset/done/")
    }
    assert len(mail.outbox) == 5


def test_a_new_password_by_a_link_is_written_down_and_told(
    django_capture_on_commit_callbacks: Any,
) -> None:
    school = a_school("toto")
    person = a_member(school, "manager", email=EMAIL)
    token = a_token(person, school, "content:read")
    browser = a_browser()
    browser.post(ASK, {"email": EMAIL})
    found = LINK.search(mail.outbox[-1].body)
    assert found is not None
    asked = browser.get(found.group(), follow=True)
    mail.outbox.clear()

    address = asked.redirect_chain[-1][0]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(address, {"new_password1": NEW, "new_password2": NEW})

    person.refresh_from_db()
    assert person.check_password(NEW)
    assert changes_of_password() == 1
    assert "Your password was changed" in mail.outbox[-1].body
    program = Client(headers={"authorization": f"Bearer {token}", "x-school": "toto"})
    assert program.get("/api/v1/content/tree").status_code == 401


def test_a_password_changed_in_the_account_is_written_down_and_told(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = a_member(a_school("toto"), "manager", email=EMAIL)
    browser = signed_in(person, "toto")

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(ACCOUNT, changing(PASSWORD))

    assert answer.status_code == 302
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert changes_of_password() == 1
    assert "Your password was changed" in mail.outbox[-1].body
    assert browser.get(ACCOUNT).status_code == 200


def test_who_finds_a_browser_open_does_not_guess_the_password_at_leisure() -> None:
    person = a_member(a_school("toto"), "manager", email=EMAIL)
    browser = signed_in(person, "toto")

    for guess in range(5):
        assert browser.post(ACCOUNT, changing(f"guess-{guess}")).status_code == 200
    right = browser.post(ACCOUNT, changing(PASSWORD))

    assert b"Too many tries" in right.content
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)
