"""The audit in the admin: for those who may read it, of their own school, with what was asked."""

from __future__ import annotations

import ast
import csv
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from lyceum.accounts.models import User
from lyceum.community.moderation import ACTS
from lyceum.content.admin.audit_words import FAMILIES, words_of
from lyceum.content.audit import ACTIONS
from lyceum.events.models import AuditEntry
from lyceum.schools.current import CurrentSchool
from tests.architecture.sources import modules
from tests.people import a_member, a_person, a_school, signed_in
from tests.rows import forget_what_was_done

pytestmark = pytest.mark.django_db

AUDIT = "/admin/audit/"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACTION = re.compile(rf"({'|'.join(FAMILIES)})\.[a-z_]+")


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


@pytest.fixture
def boss(toto: CurrentSchool) -> User:
    return a_member(toto, "admin", first_name="Berta", last_name="Boss")


@pytest.fixture
def admin(boss: User) -> Client:
    forget_what_was_done()
    return signed_in(boss, "toto")


def done(school: UUID | None, action: str = "x.done", minutes: int = 0, **row: Any) -> AuditEntry:
    at = MONDAY + timedelta(minutes=minutes)
    return AuditEntry.objects.create(school=school, action=action, at=at, **row)


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"{AUDIT}results/?{query}")
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_only_those_who_may_read_the_audit_find_the_page(toto: CurrentSchool) -> None:
    stranger = a_member(a_school("learnify"), "admin")
    staff = a_member(toto, "teacher", "content_creator", "moderator", "manager")
    operator = a_person(is_superuser=True)

    for address in (AUDIT, f"{AUDIT}results/", f"{AUDIT}?export=csv", f"{AUDIT}?export=xlsx"):
        asked = [staff, stranger, operator, a_member(toto, "admin")]
        told = [signed_in(each, "toto").get(address).status_code for each in asked]
        assert told == [302, 302, 200, 200], address
        assert Client(headers={"host": "toto.test"}).get(address).status_code == 302


def test_nobody_changes_anything_there(admin: Client) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(admin, method)(AUDIT).status_code == 405, method


def test_the_way_to_it_is_among_the_reports(toto: CurrentSchool, admin: Client) -> None:
    manager = signed_in(a_member(toto, "manager"), "toto")

    assert AUDIT in admin.get("/admin/").content.decode()
    assert AUDIT not in manager.get("/admin/").content.decode()
    assert "/admin/reports/" not in admin.get("/admin/").content.decode(), "the operator's"


def test_it_says_who_did_what_when_from_where_before_and_after(
    toto: CurrentSchool, boss: User, admin: Client
) -> None:
    pupil = a_member(toto, "student", first_name="Ana")
    done(
        toto.uuid,
        "school.member_changed",
        actor=boss.uuid,
        target=pupil.uuid,
        target_type="person",
        address="192.0.2.7",
        changes={"roles": [["student"], ["teacher"]], "email": "changed", "listed": [True, ""]},
    )

    page = shown(admin)

    for told in ("Berta Boss", "changed a member", "person Ana", "192.0.2.7", "email"):
        assert told in page, told
    assert "<del><bdi>student</bdi></del> → <ins><bdi>teacher</bdi></ins>" in page
    assert "<del><bdi>yes</bdi></del> → <ins><bdi>–</bdi></ins>" in page


def test_whom_rights_were_given_is_told_by_their_name_on_the_page_and_in_files(
    toto: CurrentSchool, admin: Client
) -> None:
    ana = a_member(toto, first_name="Ana", last_name="Ito")
    stranger = a_member(a_school("other"), first_name="Stella")
    for person in (ana, stranger):
        told = {"permissions": [[], ["add"]], "person": str(person.uuid)}
        done(toto.uuid, "page.granted", target_type="page", changes=told)

    page = shown(admin)
    file = b"".join(admin.get(f"{AUDIT}?export=csv").streaming_content).decode()

    for text in (page, file):
        assert "Ana Ito" in text
        assert str(ana.uuid) not in text
        assert "Stella" not in text


def test_times_and_days_are_those_of_the_reader(
    toto: CurrentSchool, boss: User, admin: Client
) -> None:
    boss.profile.time_zone = "Asia/Tokyo"
    boss.profile.save()
    done(toto.uuid, "x.late", minutes=7 * 60)  # 01:00 on Tuesday, in Tokyo
    done(toto.uuid, "x.early")

    assert "2026-03-03T01:00:00+09:00" in shown(admin)
    tuesday = shown(admin, "at_from=2026-03-03&at_to=2026-03-03")
    assert ("x: late" in tuesday, "x: early" in tuesday) == (True, False)


def test_what_another_school_and_the_instance_did_is_not_there(
    toto: CurrentSchool, admin: Client
) -> None:
    other = a_school("learnify")
    theirs = a_member(other, "admin", first_name="Zoe")
    done(other.uuid, "x.theirs", actor=theirs.uuid)
    done(None, "x.of_the_instance")
    done(toto.uuid, "x.ours", actor=theirs.uuid)

    for page in (shown(admin), shown(admin, f"who={theirs.uuid}")):
        assert "x: ours" in page
        assert "theirs" not in page
        assert "instance" not in page
        assert "Zoe" not in page
    assert "x: ours" not in shown(admin, "who=Zoe"), "nobody of the school"


def test_it_is_asked_by_person_action_and_day(
    toto: CurrentSchool, boss: User, admin: Client
) -> None:
    done(toto.uuid, "plugin.enabled", actor=boss.uuid)
    done(toto.uuid, "plugin.disabled", minutes=24 * 60)
    done(toto.uuid, "page.made", minutes=48 * 60)
    deeds = {"on": "a plugin on<", "off": "a plugin off<", "made": "made a page<"}

    def found(query: str) -> set[str]:
        page = shown(admin, query)
        return {name for name, told in deeds.items() if told.removesuffix("<") in page}

    assert found("who=berta+BOSS") == {"on"}
    assert found("who=Berta+Nobody") == set()
    assert found("action=plugin.") == {"on", "off"}
    assert found("action=page.made") == {"made"}
    assert found("at_from=2026-03-03&at_to=2026-03-03") == {"off"}


@pytest.mark.parametrize("query", ["action=nothing", "at_from=soon", "who=%00"])
def test_what_cannot_be_asked_for_finds_nothing(
    toto: CurrentSchool, admin: Client, query: str
) -> None:
    done(toto.uuid)

    assert "x: done" not in shown(admin, query)
    assert admin.get(f"{AUDIT}?{query}").status_code == 200


def test_it_is_taken_out_as_a_file_which_is_written_down(
    toto: CurrentSchool, boss: User, admin: Client
) -> None:
    boss.first_name = "=cmd"
    boss.save()
    done(toto.uuid, "page.moved", actor=boss.uuid, changes={"below": ["a", "b"]})
    done(toto.uuid, "plugin.enabled")

    text = b"".join(admin.get(f"{AUDIT}?export=csv&action=page.")).decode()  # type: ignore[arg-type]
    book = b"".join(admin.get(f"{AUDIT}?export=xlsx&action=page."))  # type: ignore[arg-type]

    heads, row = csv.reader(StringIO(text))
    assert heads[:3] == ["When", "Who", "What"]
    assert row[:5] == [
        "2026-03-02T09:00:00+00:00", "'=cmd Boss", "moved a page", "", "below: a → b"
    ]  # fmt: skip
    sheet = load_workbook(BytesIO(book)).active
    assert [cell.value for cell in sheet[2]][:3] == row[:3]
    told = AuditEntry.objects.filter(action="school.audit_taken_out").values_list("changes")
    assert [changes["export"] for (changes,) in told] == ["csv", "xlsx"]


def test_a_full_page_costs_as_much_as_a_short_one(toto: CurrentSchool, admin: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(admin)
        return len(asked)

    done(toto.uuid, actor=a_member(toto, "student").uuid)
    before = cost()
    for minutes in range(60):
        done(toto.uuid, minutes=minutes, actor=a_member(toto, "student").uuid)

    assert cost() == before <= 12


def actions_in_the_code() -> set[str]:
    """Return what the house's own code gives as an action: by name, or by what writes it down."""
    found = {f"moderation.{act}" for act in ACTS} | set(ACTIONS.values())
    for module in modules():
        calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
        given = [word.value for call in calls for word in call.keywords if word.arg == "action"]
        if "record_audit" in module.text or "record_of_account" in module.text:
            given += [each for call in calls for each in call.args]
        texts = [
            part.value
            for each in given
            for part in ast.walk(each)
            if isinstance(part, ast.Constant)
        ]
        found |= {text for text in texts if ACTION.fullmatch(str(text))}
    return found


def test_every_action_of_the_house_has_words() -> None:
    unknown = {action for action in actions_in_the_code() if ": " in words_of(action)}

    assert not unknown
    assert words_of("badges.rule_made") == "badges: rule made"
