"""What a managed account is, and what it can never become."""

from __future__ import annotations

import math
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from lyceum.accounts.managed.folding import folded
from lyceum.accounts.managed.passphrases import LARGEST, SMALLEST, new_passphrase, words_of
from lyceum.accounts.managed.user_names import Name, name_of_line, propose, user_name
from lyceum.accounts.models import User
from lyceum.events.models import AuditEntry, Event
from lyceum.kernel.errors import DomainError
from lyceum.schools.models import Membership
from lyceum.schools.roles import ManagedBySchool
from tests.children import CHILD_PASSWORD, a_child, child_logs_in, user_of
from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Sara", "sara"),
        ("María.José", "maría.josé"),
        ("أحمد", "أحمد"),
        ("İrem", "irem"),
        ("ＬＥＯ２", "leo2"),
        ("2nd_row-left", "2nd_row-left"),
    ],
)
def test_a_user_name_is_shown_in_small_letters(written: str, shown: str) -> None:
    assert user_name(written) == shown


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a",
        "x" * 31,
        "ana@school",
        "ana ruiz",
        ".ana",
        "-",
        "аna",
        "ana\u202e",
        "🙂🙂",
        "a\u200bb",
    ],
)
def test_what_is_no_user_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="A user name has 2 to 30"):
        user_name(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("María", "maria"), ("أَحْمَد", "احمد"), ("ليلى", "ليلي"), ("IRMAK", "ırmak"), ("ana٢", "ana2")],
)
def test_ways_of_typing_a_name_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_proposals_are_first_names_and_tell_namesakes_apart() -> None:
    names = [
        name_of_line(line)
        for line in (
            "Sara Ali",
            "Ali, Sara",
            "Sara",
            "Sara Omar",
            "María José Ruiz",
            "أحمد علي",
            "J",
        )
    ]

    proposed = propose(names, taken=frozenset({"maria"}))

    assert proposed == ["sara", "sara.a", "sara2", "sara.o", "maría.j", "أحمد", "j2"]
    assert propose([Name("🙂")], taken=frozenset()) == ["child"]


def test_the_database_keeps_a_user_name_once_a_school() -> None:
    school, other = a_school("toto"), a_school("campus")
    a_child(school, "maria")
    a_child(other, "maria")

    with pytest.raises(IntegrityError), transaction.atomic():
        User(managed_by_id=school.id, username="MARÍA").save()


@pytest.mark.parametrize("change", [{"email": "a@example.test"}, {"is_superuser": True}])
def test_the_database_keeps_managed_accounts_without_address_and_might(
    change: dict[str, Any],
) -> None:
    child = user_of(a_child(a_school("toto")))

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=child.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=child.pk).update(managed_by=None)


def test_a_managed_account_is_a_student_of_its_own_school_and_no_more() -> None:
    school, other = a_school("toto"), a_school("campus")
    child = user_of(a_child(school))
    place = Membership.objects.get(user=child)

    place.roles = frozenset({"student", "teacher"})
    with pytest.raises(ManagedBySchool):
        place.save()
    with pytest.raises(ManagedBySchool):
        Membership.objects.create(school_id=other.id, user=child, roles=frozenset({"student"}))


def test_not_even_an_admin_raises_a_child_to_the_staff() -> None:
    school = a_school("toto")
    child = a_child(school)
    admin = signed_in(a_member(school, "admin"), "toto")

    answer = admin.patch(
        f"/api/v1/school/members/{child.account.id}",
        {"roles": ["manager"]},
        content_type="application/json",
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "managed_account")
    assert Membership.objects.get(uuid=child.account.id).roles == {"student"}


def test_a_child_whose_membership_is_made_inactive_is_signed_out_and_nobody_else() -> None:
    school = a_school("toto")
    child = a_child(school)
    grown_up = a_member(school)
    app, _ = child_logs_in("toto")
    other = signed_in(grown_up, "toto")
    admin = signed_in(a_member(school, "admin"), "toto")

    memberships = Membership.objects.filter(user__in=[user_of(child), grown_up])
    for uuid in memberships.values_list("uuid", flat=True):
        answer = admin.patch(
            f"/api/v1/school/members/{uuid}",
            {"status": "inactive"},
            content_type="application/json",
        )
        assert answer.status_code == 200

    assert app.call("GET", "/api/v1/me").status_code == 401
    assert other.get("/api/v1/me").status_code == 200


def test_a_child_neither_joins_nor_leaves_a_school() -> None:
    school = a_school("toto")
    a_school("campus")
    a_child(school)
    app, _ = child_logs_in("toto")

    leaving = app.call("DELETE", "/api/v1/school/membership")
    app.school = "campus"
    joining = app.call("PUT", "/api/v1/school/membership", {})

    assert [each.json()["code"] for each in (leaving, joining)] == ["managed_account"] * 2
    assert Membership.objects.filter(user__username="sara").count() == 1


OTHER_WAYS_IN = [
    ("POST", "account/email", {"email": "mine@example.test"}),
    ("PUT", "account/email", {"email": "mine@example.test"}),
    (
        "POST",
        "account/password/change",
        {"current_password": CHILD_PASSWORD, "new_password": "my-own-password-1"},
    ),
    ("POST", "account/authenticators/totp", {"code": "123456"}),
    ("POST", "account/authenticators/recovery-codes", {}),
    ("POST", "account/authenticators/webauthn", {"name": "key", "credential": {}}),
    ("DELETE", "account/providers", {"provider": "google", "account": "1"}),
    ("POST", "auth/provider/token", {"provider": "google", "process": "connect", "token": {}}),
]


@pytest.mark.parametrize(("method", "path", "body"), OTHER_WAYS_IN)
def test_a_child_makes_itself_no_other_way_in(method: str, path: str, body: dict[str, Any]) -> None:
    school = a_school("toto")
    child = user_of(a_child(school))
    app, _ = child_logs_in("toto")

    by_app = app.auth(method, path, body)
    by_browser = signed_in(child, "toto").generic(
        method, f"/_allauth/browser/v1/{path}", b"{}", content_type="application/json"
    )

    for answer in (by_app, by_browser):
        assert (answer.status_code, answer.json()["code"]) == (403, "managed_account")
    assert child_logs_in("toto")[1].status_code == 200


@pytest.mark.parametrize(
    "row",
    [
        EmailAddress(email="mine@example.test"),
        Authenticator(type="totp", data={}),
        SocialAccount(provider="google", uid="1"),
    ],
)
def test_no_other_way_in_is_ever_kept(row: Any) -> None:
    row.user = user_of(a_child(a_school("toto")))

    with pytest.raises(ManagedBySchool):
        row.save()


def test_a_child_changes_neither_its_name_nor_tells_a_number() -> None:
    a_child(a_school("toto"))
    app, _ = child_logs_in("toto")

    for body in ({"first_name": "Batman"}, {"phone": "+34600111222"}):
        answer = app.call("PATCH", "/api/v1/me", body)
        assert (answer.status_code, answer.json()["code"]) == (403, "managed_account")
    assert (
        app.call("PATCH", "/api/v1/me", {"bio": "I like frogs", "language": "es"}).status_code
        == 200
    )


def test_a_child_asks_for_no_password_by_mail(mailoutbox: list[Any]) -> None:
    a_child(a_school("toto"))

    app, _ = child_logs_in("toto", password="wrong")
    app.auth("POST", "auth/password/request", {"email": "sara"})

    assert mailoutbox == []


def test_a_school_vouches_for_its_children() -> None:
    child = user_of(a_child(a_school("toto")))

    assert (child.is_managed, child.is_verified, child.email) == (True, True, None)
    assert Membership.objects.get(user=child).is_child is True


@pytest.mark.parametrize("language", ["en", "es", "ar", "fr", "de", "pt", "tr", "xx"])
def test_a_password_has_thirty_bits_and_is_typed_by_a_child(language: str) -> None:
    words = words_of(language)

    bits = 3 * math.log2(len({folded(word) for word in words})) + math.log2(LARGEST - SMALLEST + 1)

    assert bits > 30
    assert len({folded(word) for word in words}) == len(words)
    assert all(word.isalpha() and len(word) <= 12 for word in words)
    assert len(folded(new_passphrase(language))) >= 8


def test_passwords_leave_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    school = a_school("toto")
    made = a_child(school, password="")

    kept = [
        *AuditEntry.objects.values_list("changes", flat=True),
        *Event.objects.values_list("data", flat=True),
        *(session.get_decoded() for session in Session.objects.all()),
        caplog.text,
    ]

    assert made.password
    assert made.password not in str(kept)
    assert AuditEntry.objects.filter(action="managed_account.made").count() == 1


def test_errors_name_no_password() -> None:
    with pytest.raises(DomainError) as refused:
        a_child(a_school("toto"), password="12345678")

    assert "12345678" not in str(refused.value.fields)
    assert list(refused.value.fields) == ["accounts.0.password"]
