"""Reading the audit: who may, what is in it, in which order, and what is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lyceum.events.models import AuditEntry
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from tests.people import a_member, a_person, a_program, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def admin(school: CurrentSchool) -> Client:
    return signed_in(a_member(school, "admin"), "toto")


def done(school: UUID | None, action: str = "x.done", minutes: int = 0, **row: Any) -> AuditEntry:
    at = MONDAY + timedelta(minutes=minutes)
    return AuditEntry.objects.create(school=school, action=action, at=at, **row)


def actions(client: Client, query: str = "") -> list[str]:
    return [row["action"] for row in client.get(f"/api/v1/audit?{query}").json()["items"]]


def test_only_admins_and_the_operator_read_it(school: CurrentSchool) -> None:
    stranger = a_member(a_school("learnify"), "admin")
    staff = a_member(school, "teacher", "content_creator", "moderator", "manager")
    operator = a_person(is_superuser=True)

    asked = [staff, stranger, operator, a_member(school, "admin")]
    told = [signed_in(each, "toto").get("/api/v1/audit").status_code for each in asked]

    assert told == [403, 403, 200, 200]


def test_a_token_needs_its_scope(school: CurrentSchool) -> None:
    admin = a_member(school, "admin")

    reads = a_program(a_token(admin, school, "audit:read"), "toto").get("/api/v1/audit")
    other = a_program(a_token(admin, school, "members:read"), "toto").get("/api/v1/audit")

    assert (reads.status_code, other.json()["code"]) == (200, "scope_missing")


def test_what_another_school_and_the_instance_did_is_not_there(
    school: CurrentSchool, admin: Client
) -> None:
    done(a_school("learnify").uuid, "x.theirs")
    done(None, "x.of_the_instance")
    done(school.uuid, "x.ours")

    assert actions(admin, "action=x.") == ["x.ours"]


def test_a_row_says_who_what_when_from_where_and_before_and_after(
    school: CurrentSchool, admin: Client
) -> None:
    boss = a_member(school, "manager", first_name="Ana", last_name="Ruiz")
    pupil = a_member(school, first_name="Ben")
    entry = done(
        school.uuid,
        actor=boss.uuid,
        target=pupil.uuid,
        target_type="person",
        changes={"level": ["A1", "A2"]},
        request_id="r-1",
        address="203.0.113.9",
    )

    [row] = admin.get("/api/v1/audit?action=x.done").json()["items"]

    assert row == {
        "id": str(entry.uuid),
        "at": "2026-03-02T09:00:00Z",
        "action": "x.done",
        "actor": {"id": str(boss.uuid), "name": "Ana Ruiz"},
        "target": {"id": str(pupil.uuid), "type": "person", "name": "Ben"},
        "changes": {"level": ["A1", "A2"]},
        "request_id": "r-1",
        "address": "203.0.113.9",
    }


def test_who_is_not_of_the_school_is_a_uuid_alone(school: CurrentSchool, admin: Client) -> None:
    gone = a_member(school, first_name="Gone")
    stranger = a_member(a_school("learnify"), first_name="Stranger")
    done(school.uuid, actor=gone.uuid, target=stranger.uuid)
    Membership.objects.filter(user=gone).delete()

    [row] = admin.get("/api/v1/audit?action=x.done").json()["items"]

    assert row["actor"] == {"id": str(gone.uuid), "name": ""}
    assert row["target"]["name"] == ""


def test_what_nobody_did_to_nothing_has_neither(school: CurrentSchool, admin: Client) -> None:
    done(school.uuid)

    [row] = admin.get("/api/v1/audit?action=x.done").json()["items"]

    assert (row["actor"], row["target"], row["address"]) == (None, None, "")


def test_it_is_asked_by_action_person_thing_and_time(school: CurrentSchool, admin: Client) -> None:
    who, what = new_uuid(), new_uuid()
    done(school.uuid, "x.a", 0, actor=who)
    done(school.uuid, "x.b", 1, target=what)
    done(school.uuid, "xy.c", 2)
    first, last = (quote((MONDAY + timedelta(minutes=n)).isoformat()) for n in (1, 2))

    assert actions(admin, "action=x.") == ["x.b", "x.a"]
    assert actions(admin, "action=x.a") == ["x.a"]
    assert actions(admin, f"actor={who}") == ["x.a"]
    assert actions(admin, f"target={what}") == ["x.b"]
    assert actions(admin, f"from={first}&to={last}") == ["x.b"]
    assert actions(admin, f"to={first}") == ["x.a"]


def test_pages_follow_each_other_the_newest_first(school: CurrentSchool, admin: Client) -> None:
    # Three at one moment: the order is whole all the same.
    for number in range(5):
        done(school.uuid, f"x.n{number}", minutes=max(number - 2, 0))

    seen, cursor = [], ""
    while True:
        page = admin.get(f"/api/v1/audit?action=x.&limit=2&cursor={cursor}").json()
        seen += [row["action"] for row in page["items"]]
        done(school.uuid, "x.later", minutes=9)
        cursor = page["next"]
        if cursor is None:
            break

    assert seen == ["x.n4", "x.n3", "x.n2", "x.n1", "x.n0"]


def test_it_takes_as_many_queries_for_a_hundred_as_for_one(
    school: CurrentSchool, admin: Client
) -> None:
    counts = []
    admin.get("/api/v1/audit")
    for rows in (1, 99):
        for _ in range(rows):
            person = a_member(school).uuid if rows < 10 else new_uuid()
            done(school.uuid, actor=person, target=person)
        with CaptureQueriesContext(connection) as queries:
            found = admin.get("/api/v1/audit?action=x.done&limit=100").json()["items"]
        counts.append(len(queries))

    assert len(found) == 100
    assert counts[0] == counts[1] <= 5


@pytest.mark.parametrize(
    "query",
    ["actor=Ana", "from=yesterday", "from=2026-03-02T09:00:00", "since=2026-03-02T09:00:00Z"],
)
def test_a_wrong_question_is_refused(admin: Client, query: str) -> None:
    assert admin.get(f"/api/v1/audit?{query}").status_code == 422


def test_it_cannot_be_written(admin: Client) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(admin, method)("/api/v1/audit").status_code == 405
