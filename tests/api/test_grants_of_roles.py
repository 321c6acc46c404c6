"""Nobody gives what is not theirs to give: roles, invitations, and what lies beyond a school."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connections
from django.test import Client

from lyceum.accounts.models import User
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError
from lyceum.schools.current import CurrentSchool
from lyceum.schools.membership import change_member, leave
from lyceum.schools.models import Membership
from tests.people import a_member, a_person, a_school, signed_in

MEMBERS, INVITATIONS = "/api/v1/school/members", "/api/v1/school/invitations"


def send(browser: Client, method: str, path: str, body: Any) -> Any:
    return getattr(browser, method)(path, body, content_type="application/json")


def membership_of(person: User) -> Membership:
    return Membership.objects.get(user=person)


@pytest.mark.django_db
def test_a_manager_gives_no_roles_and_touches_no_admin() -> None:
    school = a_school("toto")
    manager, admin = a_member(school, "manager"), a_member(school, "admin")
    student = a_member(school)
    browser = signed_in(manager, "toto")

    for person, body in (
        (student, {"roles": ["teacher"]}),
        (manager, {"roles": ["admin", "manager"]}),
        (admin, {"status": "inactive"}),
        (admin, {"roles": ["student"]}),
        (admin, {"level": "A1"}),
    ):
        kept = membership_of(person)
        answer = send(browser, "patch", f"{MEMBERS}/{kept.uuid}", body)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), body
        assert membership_of(person).roles == kept.roles
        assert membership_of(person).status == "active"


@pytest.mark.django_db
def test_nobody_changes_a_member_of_another_school_or_more_than_the_membership() -> None:
    school, other = a_school("toto"), a_school("campus")
    foreign, own = membership_of(a_member(other)), membership_of(a_member(school))
    operator = a_person(is_superuser=True)
    browser = signed_in(a_member(school, "admin"), "toto")

    assert send(browser, "patch", f"{MEMBERS}/{foreign.uuid}", {"status": "inactive"}).json()[
        "code"
    ] == ("not_found")
    assert (
        send(browser, "patch", f"{MEMBERS}/{operator.uuid}", {"status": "inactive"}).status_code
        == 404
    )
    for crafted in (
        {"is_superuser": True},
        {"school": str(other.uuid)},
        {"roles": ["operator"]},
        {"roles": []},
        {"user": str(operator.uuid)},
    ):
        assert send(browser, "patch", f"{MEMBERS}/{own.uuid}", crafted).status_code == 422
    assert membership_of(foreign.user).status == "active"
    assert User.objects.get(pk=operator.pk).is_active


@pytest.mark.django_db
def test_the_editor_gives_no_groups_and_makes_no_operators() -> None:
    school, other = a_school("toto"), a_school("campus")
    admin, stranger = a_member(school, "admin"), a_member(other)
    group = Group.objects.create(name="Editors of campus")
    browser = signed_in(admin, "toto")
    body = {
        "email": "new@example.test",
        "first_name": "N",
        "last_name": "N",
        "name": "New",
        "password1": "a-long-one-77",
        "password2": "a-long-one-77",
        "is_superuser": "on",
        "groups": [group.pk],
        "is_active": "",
        "role": group.pk,
    }

    for path in (
        "users/new/",
        f"users/edit/{admin.pk}/",
        f"users/edit/{stranger.pk}/",
        f"users/delete/{stranger.pk}/",
        "groups/new/",
        f"groups/edit/{group.pk}/",
        f"bulk/accounts/user/assign_role/?id={admin.pk}",
        f"bulk/accounts/user/set_active_state/?id={stranger.pk}",
        f"bulk/accounts/user/delete/?id={stranger.pk}",
    ):
        assert browser.post(f"/admin/{path}", body).status_code == 404, path
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(groups=group).exists()
    assert User.objects.get(pk=stranger.pk).is_active


@pytest.mark.django_db
def test_in_the_editor_nobody_takes_an_address_that_they_did_not_prove() -> None:
    school = a_school("toto")
    teacher = a_member(school, "teacher", email="teacher@example.test")

    signed_in(teacher, "toto").post(
        "/admin/account/",
        {"name_email-first_name": "T", "name_email-last_name": "T", "name_email-email": "b@b.test"},
    )

    assert User.objects.get(pk=teacher.pk).email == "teacher@example.test"


@pytest.mark.django_db
def test_an_admin_who_was_dismissed_has_no_invitation_in_reserve() -> None:
    school = a_school("toto")
    a_member(school, "admin")
    dismissed = a_member(school, "admin")
    browser = signed_in(dismissed, "toto")
    ruling = send(browser, "post", INVITATIONS, {"roles": ["admin"]}).json()["code"]
    plain = send(browser, "post", INVITATIONS, {"roles": ["teacher"]}).json()["code"]

    Membership.objects.filter(user=dismissed).update(status="inactive")

    def joined(code: str) -> Any:
        body = {"invitation": code}
        return send(signed_in(a_person(), "toto"), "put", "/api/v1/school/membership", body)

    assert joined(ruling).json()["code"] == "invitation_invalid"
    assert joined(plain).json()["roles"] == ["teacher"]


@pytest.mark.django_db
def test_an_admin_who_cannot_log_in_is_none_to_leave_a_school_to() -> None:
    school = a_school("toto")
    a_member(school, "admin", is_active=False)
    last = a_member(school, "admin")

    answer = signed_in(last, "toto").delete("/api/v1/school/membership")

    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["each the other", "each themselves"])
def test_two_admins_who_go_at_the_same_moment_leave_one(way: str) -> None:
    school = a_school("toto")
    first, second = a_member(school, "admin"), a_member(school, "admin")
    gate = threading.Barrier(2)
    refused: list[str] = []

    def go(actor: User, other: User) -> None:
        gate.wait()
        try:
            if way == "each themselves":
                leave(user=actor, school=school, at=now())
            else:
                _deactivate(actor, other, school)
        except DomainError as error:
            refused.append(error.code)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=go, args=pair) for pair in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == ["last_admin"]
    assert Membership.objects.active().holding("admin").count() == 1


def _deactivate(actor: User, other: User, school: CurrentSchool) -> None:
    change_member(
        actor=actor,
        school=school,
        membership_id=membership_of(other).uuid,
        changes={"status": "inactive"},
        may_assign_roles=True,
        at=now(),
    )
