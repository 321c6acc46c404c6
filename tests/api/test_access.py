"""Every operation of the document, for everyone who might call it: who is let in, who is not.

The rows below are written by hand, and the walk is made from the document: an operation without a
row fails, and so does a row whose operation is gone.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from api.v1 import build
from lyceum.accounts.models import User
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from tests.people import a_member, a_person, a_school, signed_in

ROLES = ("student", "teacher", "content_creator", "moderator", "manager", "admin")
PEOPLE = ("anonymous", "outsider", "stranger", "inactive", *ROLES, "operator")

EVERYONE = frozenset(PEOPLE)
SIGNED_IN = EVERYONE - {"anonymous"}
MEMBERS = frozenset({*ROLES, "operator"})
TEACHERS = frozenset({"teacher", "manager", "admin", "operator"})
MANAGERS = frozenset({"manager", "admin", "operator"})

# Who comes in at each operation of a school whose catalogue is for members.
ROWS: dict[str, frozenset[str]] = {
    "list_schools": EVERYONE,
    "get_school": EVERYONE,
    "get_school_settings": MANAGERS,
    "change_school_settings": MANAGERS,
    "join_school": SIGNED_IN,
    "leave_school": SIGNED_IN,
    "list_members": MANAGERS,
    "change_member": MANAGERS,
    "list_invitations": MANAGERS,
    "create_invitation": MANAGERS,
    "revoke_invitation": MANAGERS,
    "list_cohorts": MEMBERS,
    "list_managed_accounts": TEACHERS,
    "propose_user_names": TEACHERS,
    "make_managed_accounts": TEACHERS,
    "change_managed_account": TEACHERS,
    "reset_managed_password": TEACHERS,
    "get_me": SIGNED_IN,
    "change_me": SIGNED_IN,
    "set_my_avatar": SIGNED_IN,
    "remove_my_avatar": SIGNED_IN,
    "get_my_permissions": SIGNED_IN,
    "get_avatar": SIGNED_IN,
    "list_my_tokens": SIGNED_IN,
    "make_my_token": MEMBERS,  # whose log-in is recent
    "revoke_my_token": SIGNED_IN,
    "get_media": MEMBERS,
    "get_media_file": MEMBERS,
    "get_media_rendition": MEMBERS,
    "upload_recording": MEMBERS,
    "delete_recording": MEMBERS,
    "read_content_tree": MEMBERS,
    "search_content": MEMBERS,
    "list_exercise_kinds": MEMBERS,
    "list_lesson_exercises": MEMBERS,
    "list_categories": MEMBERS,
    "read_categories": MEMBERS,
    "list_subcategories": MEMBERS,
    "read_subcategories": MEMBERS,
    "list_lessons": MEMBERS,
    "read_lessons": MEMBERS,
    "list_courses": MEMBERS,
    "read_courses": MEMBERS,
    "read_exercises": MEMBERS,
    "get_preview": EVERYONE,  # who holds the token
    "grade_preview": EVERYONE,
    "create_attempt": MEMBERS,
    "start_clock": MEMBERS,
    "list_own_attempts": MEMBERS,
    "give_exercise_up": MEMBERS,
    "sync": MEMBERS,
    "list_progress": MEMBERS,
    "get_lesson_progress": MEMBERS,
    "put_lesson_progress": MEMBERS,
    "enrol_in_course": MEMBERS,
    "leave_course": MEMBERS,
    "get_course_progress": MEMBERS,
    "list_activity": SIGNED_IN,
    "health_live": EVERYONE,
    "health_ready": EVERYONE,
    "list_problems": EVERYONE,
    "get_problem": EVERYONE,
}

# What a door answers to whom it does not let in; anything else was answered inside.
REFUSALS = {(401, "not_authenticated"), (403, "forbidden"), (403, "not_a_member")}
ID = "01990000-0000-7000-8000-000000000000"


def operations() -> list[tuple[str, str, str]]:
    api = build()
    api.urls  # noqa: B018 - reading the urls is what binds the routers
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    return [
        (operation["operationId"], method, path)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if path.startswith("/api/v1/")
    ]


OPERATIONS = operations()


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert {operation for operation, _, _ in OPERATIONS} == set(ROWS)


@pytest.fixture
def people() -> dict[str, Client]:
    school = a_school("toto", catalogue="members")
    a_member(school, "admin")  # so that nobody below is the last one
    return {name: _browser(name, school) for name in PEOPLE}


@pytest.mark.django_db
@pytest.mark.parametrize(("operation", "method", "path"), OPERATIONS)
def test_a_door_lets_in_those_of_its_row(
    operation: str, method: str, path: str, people: dict[str, Client]
) -> None:
    let_in = {name for name, browser in people.items() if _is_let_in(browser, method, path)}

    assert let_in == ROWS[operation]


def _browser(name: str, school: CurrentSchool) -> Client:
    if name == "anonymous":
        return Client(headers={"host": "toto.test"})
    return signed_in(_person(name, school), "toto")


def _person(name: str, school: CurrentSchool) -> User:
    if name == "outsider":
        return a_person()
    if name == "operator":
        return a_person(is_superuser=True)
    if name == "stranger":
        return a_member(a_school("campus"), "admin")
    person = a_member(school, "admin" if name == "inactive" else name)
    if name == "inactive":
        Membership.objects.filter(user=person).update(status="inactive")
    return person


def _is_let_in(browser: Client, method: str, path: str) -> bool:
    address = re.sub(r"\{[^}]*\}", ID, path)
    options: dict[str, Any] = {}
    if method in {"post", "put", "patch"}:
        # A body that no operation takes: who is let in is told so, and nothing changes.
        options = {"data": {"no such field": 1}, "content_type": "application/json"}
    response = getattr(browser, method)(address, **options)
    assert response.status_code < 500 or response.status_code == 503
    code = response.json().get("code", "") if _is_problem(response) else ""
    return (response.status_code, code) not in REFUSALS


def _is_problem(response: Any) -> bool:
    return bool(response["Content-Type"].startswith("application/problem+json"))
