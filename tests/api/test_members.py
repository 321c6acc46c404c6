"""Joining, leaving, and what a school's managers may do with its members; strangers get nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from lyceum.accounts.models import User
from lyceum.events.models import AuditEntry
from lyceum.schools.models import Membership
from tests.people import a_learner, a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db


def call(user: User | None, method: str, path: str, school: str, body: Any = None) -> Any:
    client = signed_in(user, school) if user else Client(headers={"host": f"{school}.test"})
    send = getattr(client, method)
    if body is None:
        return send(f"/api/v1{path}")
    return send(f"/api/v1{path}", body, content_type="application/json")


def test_anyone_joins_an_open_school_as_a_student_once() -> None:
    school, person = a_school("toto"), a_person()

    first = call(person, "put", "/school/membership", "toto", {})
    second = call(person, "put", "/school/membership", "toto", {})

    assert first.status_code == second.status_code == 200
    assert first.json()["roles"] == ["student"]
    assert Membership.objects.filter(school_id=school.id).count() == 1


def test_a_role_is_never_read_from_the_request() -> None:
    a_school("toto")

    response = call(a_person(), "put", "/school/membership", "toto", {"roles": ["admin"]})

    assert response.status_code == 422
    assert "roles" in response.json()["errors"]


def test_an_invitation_opens_a_closed_school_once_with_its_roles() -> None:
    school = a_school("toto", signup_policy="invitation")
    manager = a_member(school, "manager")
    invited = a_person("new@example.test")
    made = call(
        manager,
        "post",
        "/school/invitations",
        "toto",
        {"email": "new@example.test", "roles": ["teacher"]},
    )
    code = made.json()["code"]

    refused = call(a_person(), "put", "/school/membership", "toto", {"invitation": code})
    joined = call(invited, "put", "/school/membership", "toto", {"invitation": code})
    again = call(a_person(), "put", "/school/membership", "toto", {"invitation": code})

    assert made.status_code == 201
    assert refused.json()["code"] == "invitation_invalid"
    assert joined.json()["roles"] == ["teacher"]
    assert again.json()["code"] == "invitation_invalid"


def test_only_an_admin_invites_managers() -> None:
    school = a_school("toto")
    body = {"roles": ["manager"]}

    by_manager = call(a_member(school, "manager"), "post", "/school/invitations", "toto", body)
    by_admin = call(a_member(school, "admin"), "post", "/school/invitations", "toto", body)

    assert (by_manager.status_code, by_admin.status_code) == (403, 201)


def test_a_school_with_a_code_wants_it() -> None:
    a_school("toto", signup_policy="code", join_code="KITES")

    wrong = call(a_person(), "put", "/school/membership", "toto", {"code": "KITE"})
    right = call(a_person(), "put", "/school/membership", "toto", {"code": "kites"})

    assert wrong.json()["code"] == "join_code_wrong"
    assert right.status_code == 200


def test_with_approval_one_waits_and_holds_no_role() -> None:
    school = a_school("toto", signup_policy="approval", catalogue="members")
    person = a_person()

    joined = call(person, "put", "/school/membership", "toto", {})
    manager = a_member(school, "manager")
    waiting = call(manager, "get", "/school/members?status=pending", "toto").json()["items"]
    approved = call(
        manager, "patch", f"/school/members/{waiting[0]['id']}", "toto", {"status": "active"}
    )

    assert joined.json()["status"] == "pending"
    assert approved.json()["status"] == "active"


def test_who_was_deactivated_cannot_come_back_alone() -> None:
    school = a_school("toto")
    learner = a_learner(school)
    Membership.objects.filter(user=learner).update(status="inactive")

    left = call(learner, "delete", "/school/membership", "toto")
    joined = call(learner, "put", "/school/membership", "toto", {})

    assert left.status_code == 204
    assert joined.json()["code"] == "membership_inactive"


def test_the_last_admin_stays() -> None:
    school = a_school("toto")
    admin = a_member(school, "admin")

    response = call(admin, "delete", "/school/membership", "toto")

    assert (response.status_code, response.json()["code"]) == (409, "last_admin")


def test_members_are_the_managers_to_see_and_nobody_elses() -> None:
    school, other = a_school("toto"), a_school("campus")
    a_learner(school)
    stranger = a_member(other, "admin")

    def status(user: User | None) -> int:
        return int(call(user, "get", "/school/members", "toto").status_code)

    assert status(a_member(school, "manager")) == 200
    assert status(a_member(school, "teacher")) == 403
    assert status(a_learner(school)) == 403
    assert status(stranger) == 403
    assert status(None) == 401


def test_another_schools_member_is_not_found() -> None:
    school, other = a_school("toto"), a_school("campus")
    elsewhere = Membership.objects.get(user=a_learner(other))

    response = call(
        a_member(school, "admin"), "patch", f"/school/members/{elsewhere.uuid}", "toto", {}
    )

    assert response.status_code == 404


def test_the_list_of_members_goes_on_by_cursor_and_costs_the_same() -> None:
    school = a_school("toto")
    manager = a_member(school, "manager")
    for _ in range(5):
        a_learner(school)

    first = call(manager, "get", "/school/members?limit=4&count=true", "toto").json()
    second = call(manager, "get", f"/school/members?limit=4&cursor={first['next']}", "toto").json()

    assert first["count"] == 6
    assert len(first["items"] + second["items"]) == 6
    assert second["next"] is None


def test_a_foreign_cursor_is_refused() -> None:
    school = a_school("toto")

    for cursor in ("nonsense", "W10", "WzEsMl0"):
        response = call(
            a_member(school, "manager"), "get", f"/school/members?cursor={cursor}", "toto"
        )
        assert response.json()["code"] == "cursor_invalid"


@pytest.mark.django_db(transaction=True)
def test_an_invitation_is_mailed_after_the_commit() -> None:
    school = a_school("toto")

    call(
        a_member(school, "manager"), "post", "/school/invitations", "toto", {"email": "a@b.example"}
    )

    assert mail.outbox[0].to == ["a@b.example"]


def test_the_audit_tells_what_changed_and_of_personal_things_only_that() -> None:
    school = a_school("toto")
    admin, learner = a_member(school, "admin"), a_learner(school)
    place = Membership.objects.get(user=learner)
    changes = {"roles": ["student", "teacher"], "level": "B1", "is_child": True}

    call(admin, "patch", f"/school/members/{place.uuid}", "toto", changes)

    entry = AuditEntry.objects.get(action="school.member_changed")
    assert (entry.actor, entry.target) == (admin.uuid, learner.uuid)
    assert entry.changes == {
        "roles": [["student"], ["student", "teacher"]],
        "level": "changed",
        "is_child": "changed",
    }
