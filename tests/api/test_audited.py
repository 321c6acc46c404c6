"""Every critical action is in the audit, by whichever door; and nothing secret is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from lyceum.accounts.models import User
from lyceum.content.rights.grants import grant_page
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from tests.clients import AppClient
from tests.factors import a_code, enrol
from tests.letters import TYPE, a_letter, a_school_with_letters, letters
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import PASSWORD, a_member, a_person, a_school, a_token, proved, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]
__all__ = ["letters"]

ADMIN, PUPIL, GUEST = "boss@example.test", "pupil@example.test", "guest@example.test"
NEW_PASSWORD, WRONG, JOIN_CODE, KEY = "entirely-new-horse", "not-the-one-9", "SESAME77", "k3y-of-it"
JSON = "application/json"


@pytest.fixture
def school() -> CurrentSchool:
    return a_school_with_letters("toto")


@pytest.fixture
def admin(school: CurrentSchool) -> User:
    return a_member(school, "admin", email=ADMIN)


@pytest.fixture
def browser(admin: User) -> Client:
    return proved(signed_in(admin, "toto"))


@pytest.fixture(autouse=True)
def no_tries_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    response = client.generic(method, f"/api/v1{path}", json.dumps(body or {}), JSON)
    assert response.status_code < 300, (path, response.content)
    return response.json() if response.content else None


def rows_of(browser: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get("/api/v1/audit?limit=100").json()["items"]
    assert len(found) < 100
    # That there is a school, with a plugin, is noted too.
    first = ("school.founded", "plugin.enabled")
    assert [row["action"] for row in reversed(found[-2:])] == list(first)
    return list(reversed(found[:-2]))


def actions_of(browser: Client) -> list[str]:
    return [row["action"] for row in rows_of(browser)]


def test_what_is_done_with_members_settings_and_plugins(
    school: CurrentSchool, browser: Client
) -> None:
    pupil = a_member(school, email=PUPIL)
    place = Membership.objects.get(user=pupil).uuid
    invited = {"email": GUEST, "roles": ["teacher"]}

    send(browser, "PATCH", "/school", {"join_code": JOIN_CODE, "pass_mark": 71})
    send(browser, "PATCH", f"/school/members/{place}", {"roles": ["moderator"]})
    invitation = send(browser, "POST", "/school/invitations", invited)
    send(browser, "DELETE", f"/school/invitations/{invitation['id']}")
    send(browser, "PUT", "/plugins/probe/settings", {"values": {}, "secrets": {"key": KEY}})
    send(browser, "DELETE", "/plugins/probe/enabled")
    send(browser, "DELETE", "/plugins/probe/data")
    send(browser, "PUT", "/plugins/probe/enabled")
    children = {"accounts": [{"first_name": "Ana"}]}
    [child] = send(browser, "POST", "/school/managed-accounts", children)["items"]
    managed = f"/school/managed-accounts/{child['account']['id']}"
    given = send(browser, "POST", f"{managed}/password")
    send(browser, "POST", f"{managed}/export")
    send(browser, "DELETE", managed)
    send(browser, "POST", "/school/export")
    token = send(browser, "POST", "/me/tokens", {"name": "x", "scopes": ["content:read"]})
    send(browser, "DELETE", f"/me/tokens/{token['id']}")
    send(signed_in(a_person(GUEST), "toto"), "PUT", "/school/membership")
    send(proved(signed_in(pupil, "toto")), "DELETE", "/school/membership")

    rows = rows_of(browser)
    assert [row["action"] for row in rows if row["actor"]] == [
        "school.settings_changed",
        "school.member_changed",
        "school.invited",
        "school.invitation_revoked",
        "plugin.settings_changed",
        "plugin.disabled",
        "plugin.purged",
        "plugin.enabled",
        "managed_account.made",
        "managed_account.password_set",
        "account.export_asked",
        "account.erased",
        "school.export_asked",
        "account.token_made",
        "account.token_revoked",
        "school.joined",
        "school.left",
    ]
    changes = {row["action"]: row["changes"] for row in rows}
    assert changes["school.settings_changed"] == {"join_code": "changed", "pass_mark": [80, 71]}
    assert changes["school.member_changed"] == {"roles": [["student"], ["moderator"]]}
    assert all(row["address"] and row["request_id"] for row in rows if row["actor"])
    secrets = (JOIN_CODE, KEY, PUPIL, GUEST, invitation["code"], token["token"], given["password"])
    assert_none_told(child["password"], *secrets)


@pytest.mark.django_db(transaction=True)
def test_a_new_second_factor_is_noted_once_it_is_there(
    school: CurrentSchool, browser: Client
) -> None:
    a_member(school, email=PUPIL)
    app = AppClient("toto")
    app.log_in(PUPIL)
    secret = enrol(app, off=-60)

    added = [row for row in rows_of(browser) if row["action"] == "account.factor_added"]
    factors = [{"factor": "recovery_codes"}, {"factor": "totp"}]
    assert sorted((row["changes"] for row in added), key=str) == factors
    assert all(row["address"] for row in added)
    assert_none_told(secret)


def test_what_people_do_at_their_own_door(school: CurrentSchool, browser: Client) -> None:
    pupil = a_member(school, email=PUPIL)
    app = AppClient("toto")
    app.log_in(PUPIL, WRONG)
    app.log_in(PUPIL)
    tokens = [app.token, app.refresh_token, app.session_token]
    secret = enrol(app, off=-60)
    other = AppClient("toto")
    other.log_in(PUPIL)
    other.auth("POST", "auth/2fa/authenticate", {"code": "000000"})
    other.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})
    sessions = app.auth("GET", "auth/sessions").json()["data"]
    others = [session["id"] for session in sessions if not session["is_current"]]
    app.auth("DELETE", "auth/sessions", {"sessions": others})
    assert app.auth("DELETE", "account/authenticators/totp").status_code == 200
    passwords = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    # With a new password every session ends.
    assert app.auth("POST", "account/password/change", passwords).status_code == 401
    app = AppClient("toto")
    app.log_in(PUPIL, NEW_PASSWORD)
    app.auth("POST", "auth/reauthenticate", {"password": WRONG})
    app.auth("POST", "auth/reauthenticate", {"password": NEW_PASSWORD})
    app.call("POST", "/api/v1/me/export")
    app.auth("DELETE", "auth/session")
    again = AppClient("toto")
    again.log_in(PUPIL, NEW_PASSWORD)
    assert again.call("DELETE", "/api/v1/me", {"confirm": PUPIL}).status_code == 204

    rows = rows_of(browser)
    assert {row["target"]["id"] for row in rows} == {str(pupil.uuid)}
    told = [(row["action"], row["changes"]) for row in rows]
    by_app = {"client": "app"}
    assert told == [
        ("account.sign_in_failed", by_app),
        ("account.signed_in", {**by_app, "by": "password"}),
        ("account.factor_added", {"factor": "totp"}),
        ("account.factor_added", {"factor": "recovery_codes"}),
        ("account.second_factor_failed", {**by_app, "factor": "totp"}),
        ("account.signed_in", {**by_app, "by": "password, totp"}),
        ("account.sessions_ended", {"sessions": [1, 0]}),
        ("account.factor_removed", {"factor": "totp"}),
        ("account.factor_removed", {"factor": "recovery_codes"}),
        ("account.password_changed", {"password": "changed"}),
        ("account.signed_out", by_app),
        ("account.signed_in", {**by_app, "by": "password"}),
        ("account.confirmation_failed", by_app),
        ("account.export_asked", {}),
        ("account.signed_out", by_app),
        ("account.signed_in", {**by_app, "by": "password"}),
        ("account.erased", {}),
    ]
    # Who is erased is a UUID alone, and came from nowhere.
    assert {row["actor"]["name"] for row in rows if row["actor"]} == {""}
    assert {row["address"] for row in rows} == {""}
    assert_none_told(secret, *(token for token in tokens if token))


def test_a_failed_log_in_names_whom_it_meant_and_not_what_was_typed(
    school: CurrentSchool, browser: Client
) -> None:
    pupil = a_member(school, email=PUPIL)
    a_member(a_school("campus"), email=GUEST)
    for typed in (PUPIL, GUEST, "my-own-password@example.test"):
        AppClient("toto").log_in(typed, WRONG)

    rows = rows_of(browser)
    assert [row["action"] for row in rows] == ["account.sign_in_failed"] * 3
    meant = [row["target"] and row["target"]["id"] for row in rows]
    assert meant == [str(pupil.uuid), None, None]
    assert all(row["actor"] is None and row["address"] for row in rows)
    assert_none_told("my-own-password", GUEST)


def test_who_tries_too_often_is_noted_once_a_minute(school: CurrentSchool, browser: Client) -> None:
    a_member(school, email=PUPIL)
    for _ in range(9):
        AppClient("toto").log_in(PUPIL, WRONG)

    actions = actions_of(browser)
    assert actions == ["account.sign_in_failed"] * 5 + ["account.sign_in_refused"]


def test_the_editors_door_is_noted_as_well(school: CurrentSchool, admin: User) -> None:
    page = Client(headers={"host": "toto.test"})
    page.post("/admin/login/", {"username": ADMIN, "password": WRONG})
    page.post("/admin/login/", {"username": ADMIN, "password": PASSWORD})
    page.post("/admin/logout/")

    told = [(row["action"], row["changes"]) for row in rows_of(signed_in(admin, "toto"))]
    assert told == [
        ("account.sign_in_failed", {"client": "admin"}),
        ("account.signed_in", {"client": "admin", "by": "password"}),
        ("account.signed_out", {"client": "admin"}),
    ]


def test_a_log_in_at_another_school_is_none_of_this_ones_business(
    school: CurrentSchool, browser: Client
) -> None:
    campus = a_school("campus")
    Membership.objects.create(
        school_id=campus.id, user=a_member(school, email=PUPIL), roles=frozenset({"student"})
    )
    AppClient("campus").log_in(PUPIL)
    stranger = a_member(campus, email=GUEST)
    AppClient("toto").log_in(GUEST)

    assert actions_of(browser) == []
    row = AuditEntry.objects.get(actor=stranger.uuid, action="account.signed_in")
    assert row.school is None


def test_what_becomes_of_pages_is_noted_by_api_and_editor(
    school: CurrentSchool, admin: User, browser: Client
) -> None:
    shelf = a_category(school)
    here, there = a_subcategory(shelf), a_subcategory(shelf)
    lesson = a_lesson(here, "Animals")
    token = a_token(admin, school, "content:read", "content:write")
    author = Client(headers={"host": "toto.test", "authorization": f"Bearer {token}"})

    def write(method: str, path: str, body: Any = None) -> None:
        answer = author.generic(method, f"/api/cms/pages/{path}", json.dumps(body or {}), JSON)
        assert answer.status_code < 300, answer.content

    write("POST", f"{lesson.pk}/actions/unpublish/")
    write("POST", f"{lesson.pk}/actions/publish/")
    moving = f"/admin/pages/{lesson.pk}/move/{there.pk}/confirm/"
    assert browser.post(moving).status_code == 302
    assert browser.post(f"/admin/pages/{lesson.pk}/unpublish/").status_code == 302
    teacher = a_member(school, "teacher")
    grant_page(actor=admin, user=teacher, page=lesson, permissions={"change"}, at=now())
    write("DELETE", f"{lesson.pk}/")

    rows = [row for row in rows_of(browser) if row["action"].startswith("page.") and row["actor"]]
    of_it = {"id": str(lesson.uuid), "type": "page", "name": ""}
    assert all(row["target"] == of_it for row in rows)
    assert {row["actor"]["id"] for row in rows} == {str(admin.uuid)}
    assert [(row["action"], row["changes"]) for row in rows if row["action"] != "page.granted"] == [
        ("page.unpublished", {"type": "lesson", "live": [True, False]}),
        ("page.published", {"type": "lesson", "live": [False, True]}),
        ("page.moved", {"type": "lesson", "below": [str(here.uuid), str(there.uuid)]}),
        ("page.unpublished", {"type": "lesson", "live": [True, False]}),
        ("page.deleted", {"type": "lesson", "live": [False, False]}),
    ]


def test_moderation_is_noted(school: CurrentSchool, browser: Client) -> None:
    author, reporter = a_member(school), a_member(school)
    letter = a_letter(school, author)
    body = {"type": TYPE, "id": str(letter), "kind": "spam", "text": "xylophone"}
    send(signed_in(reporter, "toto"), "POST", "/reports", body)
    [case] = send(browser, "GET", "/moderation")["items"]
    warning = {"action": "warn", "message": "xylophone"}
    for act in ({"action": "hide", "note": "xylophone"}, warning, {"action": "resolve"}):
        send(browser, "PATCH", f"/moderation/{case['id']}", act)
    send(browser, "PATCH", "/moderation/settings", {"on_links": "hold"})

    rows = [row for row in rows_of(browser) if row["action"].startswith("moderation.")]
    actions = {row["action"] for row in rows}
    assert {"moderation.hide", "moderation.warn", "moderation.resolve"} <= actions
    assert rows[-1]["action"] == "moderation.filters_changed"
    assert rows[-1]["changes"] == {"on_links": ["allow", "hold"]}
    assert "xylophone" not in json.dumps(rows)


def assert_none_told(*secrets: str) -> None:
    """Look through the whole audit, the instance's rows included."""
    everything = json.dumps(list(AuditEntry.objects.values()), default=str)
    for secret in (PASSWORD, NEW_PASSWORD, WRONG, ADMIN, PUPIL, *secrets):
        assert secret not in everything
