"""Personal tokens: made by a person for a program, one school, a few scopes, never more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lyceum.accounts.models import PersonalToken, User
from lyceum.accounts.tokens import personal
from lyceum.accounts.tokens.personal import forget_expired_tokens
from lyceum.accounts.tokens.scopes import scopes
from lyceum.events.models import AuditEntry
from lyceum.schools.models import Membership
from tests.api.test_access import operations
from tests.clients import AppClient
from tests.people import (
    PASSWORD,
    a_learner,
    a_member,
    a_person,
    a_program,
    a_school,
    a_token,
    signed_in,
)

pytestmark = pytest.mark.django_db

# What no program may do in a person's place: these ask for a log-in.
FOR_PEOPLE_ALONE = {
    "delete_school",
    "erase_managed_account",
    "erase_me",
    "export_managed_account",
    "export_me",
    "export_school",
    "get_managed_archive",
    "get_managed_export",
    "get_my_archive",
    "get_my_export",
    "get_plugin_archive",
    "get_school_archive",
    "get_school_export",
    "health_plugins",
    "join_school",
    "leave_school",
    "list_my_tokens",
    "make_managed_accounts",
    "make_my_token",
    "purge_plugin",
    "reset_managed_password",
    "revoke_my_token",
}


def document() -> dict[str, Any]:
    from api.v1 import build

    api = build()
    api.urls  # noqa: B018 - reading the urls is what binds the routers
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def an_app(email: str = "ana@example.test", school: str = "toto") -> AppClient:
    app = AppClient(school)
    assert app.log_in(email).status_code == 200
    return app


def refusal(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


WANTED = {"name": "The website", "scopes": ["content:read"], "days": 30}


def test_a_token_is_told_once_and_opens_what_its_scopes_say() -> None:
    school = a_school("toto", catalogue="members")
    a_learner(school, email="ana@example.test")
    app = an_app()

    made = app.call("POST", "/api/v1/me/tokens", WANTED)
    listed = app.call("GET", "/api/v1/me/tokens").json()["items"]

    token = made.json()["token"]
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    assert re.fullmatch(r"lyc_[0-9a-f]{40}", token)
    assert [(row["name"], row["school_slug"], row["scopes"]) for row in listed] == [
        ("The website", "toto", ["content:read"])
    ]
    assert "token" not in listed[0]
    assert token.startswith(listed[0]["starts_with"])
    assert token not in str(PersonalToken.objects.values().get())
    assert a_program(token, "toto").get("/api/v1/content/tree").status_code == 200


def test_a_token_that_lacks_the_scope_is_told_which_one() -> None:
    school = a_school("toto")
    program = a_program(a_token(a_member(school, "manager"), school, "content:read"), "toto")

    for method, path, scope in (
        ("get", "/api/v1/me", "account:read"),
        ("patch", "/api/v1/school", "school:write"),
        ("get", "/api/v1/school/members", "members:read"),
        ("post", "/api/v1/school/invitations", "members:write"),
        ("get", "/api/v1/learning/progress", "learning:read"),
    ):
        answer = getattr(program, method)(path)
        assert refusal(answer) == (403, "scope_missing"), path
        assert answer.json()["errors"] == {"scope": [scope]}, path


def test_every_operation_says_which_scope_opens_it_or_is_for_people_alone() -> None:
    ours = {
        operation["operationId"]: operation
        for path, item in document()["paths"].items()
        for operation in item.values()
        if path.startswith("/api/v1/")
    }
    silent = {
        name
        for name, operation in ours.items()
        if "x-scope" not in operation and operation["x-access"] not in {"public", "school"}
    }

    assert silent == FOR_PEOPLE_ALONE
    asked = {operation["x-scope"] for operation in ours.values() if "x-scope" in operation}
    # Authoring, which has a document of its own, asks for the last one.
    assert asked | {"content:write"} == set(scopes.keys())


def test_the_document_tells_the_scope_beside_the_scheme() -> None:
    told = document()

    security = told["paths"]["/api/v1/school/members"]["get"]["security"]
    joining = told["paths"]["/api/v1/school/membership"]["put"]["security"]

    assert {"apiToken": ["members:read"]} in security
    assert all("apiToken" not in way for way in joining)
    assert told["components"]["securitySchemes"]["apiToken"]["scheme"] == "bearer"


@pytest.mark.parametrize(
    ("operation", "method", "path"),
    [row for row in operations() if row[0] in FOR_PEOPLE_ALONE],
)
def test_no_token_makes_tokens_or_stands_for_its_person(
    operation: str, method: str, path: str
) -> None:
    school = a_school("toto")
    token = a_token(a_member(school, "admin"), school, *scopes.keys())
    body = {"data": WANTED, "content_type": "application/json"} if method != "get" else {}

    address = path.replace("{id}", "01990000-0000-7000-8000-000000000000")
    address = address.replace("{slug}", "probe")
    answer = getattr(a_program(token, "toto"), method)(address, **body)

    assert refusal(answer) == (403, "not_for_tokens")
    assert PersonalToken.objects.count() == 1


def test_a_token_may_at_no_time_do_more_than_its_person() -> None:
    school = a_school("toto")
    person = a_member(school, "manager")
    program = a_program(a_token(person, school, "members:read"), "toto")
    assert program.get("/api/v1/school/members").status_code == 200

    Membership.objects.filter(user=person).update(roles=["student"])

    assert refusal(program.get("/api/v1/school/members")) == (403, "forbidden")


def _revoke(person: User) -> None:
    token = PersonalToken.objects.get(user=person)
    personal.revoke_token(user=person, token_id=token.uuid)


def _set_password(person: User) -> None:
    person.set_password("another-horse-battery")
    person.save()


ENDINGS: list[Callable[[User], object]] = [
    _revoke,
    _set_password,
    lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
    lambda person: Membership.objects.filter(user=person).update(status="inactive"),
    lambda person: Membership.objects.filter(user=person).delete(),
    lambda person: PersonalToken.objects.filter(user=person).update(expires_at=timezone.now()),
]


@pytest.mark.parametrize("end", ENDINGS)
def test_a_token_is_dead_from_the_next_request(end: Callable[[User], object]) -> None:
    school = a_school("toto")
    person = a_learner(school)
    program = a_program(a_token(person, school, "content:read"), "toto")
    assert program.get("/api/v1/content/tree").status_code == 200

    end(person)

    assert refusal(program.get("/api/v1/content/tree")) == (401, "not_authenticated")
    assert refusal(program.get("/api/v1/schools")) == (401, "not_authenticated")


def test_hashing_the_same_password_anew_ends_no_token(settings: Any) -> None:
    school = a_school("toto")
    person = a_learner(school, email="ana@example.test")
    token = a_token(person, school, "content:read")
    before = person.password
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]

    an_app()

    person.refresh_from_db()
    assert person.password != before
    assert a_program(token, "toto").get("/api/v1/content/tree").status_code == 200


def test_a_token_holds_at_its_own_school_and_needs_it_named() -> None:
    school, other = a_school("toto"), a_school("campus")
    person = a_member(school, "manager")
    Membership.objects.create(school_id=other.id, user=person, roles=["manager"])
    token = a_token(person, school, "members:read", "account:read")

    at_other = a_program(token, "campus").get("/api/v1/school/members")
    at_host = Client(headers={"host": "campus.test", "authorization": f"Bearer {token}"})
    nowhere = a_program(token)

    assert refusal(at_other) == (403, "token_of_another_school")
    assert refusal(at_host.get("/api/v1/me")) == (403, "token_of_another_school")
    assert refusal(at_host.get("/api/v1/school")) == (403, "token_of_another_school")
    assert refusal(nowhere.get("/api/v1/me")) == (400, "school_required")
    assert nowhere.get("/api/v1/schools").status_code == 200


@pytest.mark.parametrize(
    "token", ["lyc_", "lyc_" + "0" * 40, "lyc_" + "g" * 40, "lyc_\ud800", "lyc_" + "0" * 41, "LYC_"]
)
def test_what_is_no_token_is_nobodys(token: str) -> None:
    assert personal.bearer_of(token, at=timezone.now()) is None


def test_a_token_in_the_address_or_in_a_cookie_is_none() -> None:
    school = a_school("toto", catalogue="members")
    token = a_token(a_learner(school), school, "content:read")
    client = Client(headers={"x-school": "toto"})
    client.cookies["sessionid"] = token

    for name in ("token", "access_token", "api_token", "key"):
        assert client.get(f"/api/v1/content/tree?{name}={token}").status_code == 401
    assert client.get("/api/v1/content/tree").status_code == 401
    wrong = Client(headers={"x-school": "toto", "authorization": f"Token {token}"})
    assert wrong.get("/api/v1/content/tree").status_code == 401


def test_a_token_is_nobody_to_the_endpoints_of_signing_in() -> None:
    school = a_school("toto")
    program = a_program(a_token(a_learner(school), school, *scopes.keys()), "toto")

    for path in ("auth/session", "auth/sessions", "account/authenticators", "account/email"):
        assert program.get(f"/_allauth/app/v1/{path}").status_code == 401, path


def test_making_a_token_asks_for_a_recent_log_in_or_its_confirmation() -> None:
    school = a_school("toto")
    person = a_learner(school, email="ana@example.test")
    # Signed in, but nobody knows when.
    browser = signed_in(person, "toto")

    early = browser.post("/api/v1/me/tokens", WANTED, content_type="application/json")
    confirmed = browser.post(
        "/_allauth/browser/v1/auth/reauthenticate",
        {"password": PASSWORD},
        content_type="application/json",
    )
    then = browser.post("/api/v1/me/tokens", WANTED, content_type="application/json")

    assert refusal(early) == (403, "reauthentication_required")
    assert confirmed.status_code == 200
    assert then.status_code == 201


def test_an_old_log_in_of_an_app_is_confirmed_first() -> None:
    school = a_school("toto")
    a_learner(school, email="ana@example.test")
    app = an_app()
    session = SessionStore(Session.objects.get().session_key)
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 301
    session.save()

    early = app.call("POST", "/api/v1/me/tokens", WANTED)
    app.auth("POST", "auth/reauthenticate", {"password": PASSWORD})
    then = app.call("POST", "/api/v1/me/tokens", WANTED)

    assert refusal(early) == (403, "reauthentication_required")
    assert then.status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"scopes": ["content:read", ""]}, "scopes"),
        ({"scopes": "content:read"}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"user": "somebody"}, "user"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(change: dict[str, Any], field: str) -> None:
    school = a_school("toto")
    a_learner(school, email="ana@example.test")

    answer = an_app().call("POST", "/api/v1/me/tokens", {**WANTED, **change})

    assert refusal(answer) == (422, "invalid")
    assert field in answer.json()["errors"]
    assert not PersonalToken.objects.exists()


def test_nobody_has_more_than_twenty() -> None:
    school = a_school("toto")
    person = a_learner(school, email="ana@example.test")
    for _ in range(personal.MOST_TOKENS):
        a_token(person, school, "content:read")
    app = an_app()

    too_many = app.call("POST", "/api/v1/me/tokens", WANTED)
    _revoke_one(person)
    then = app.call("POST", "/api/v1/me/tokens", WANTED)

    assert refusal(too_many) == (409, "too_many_tokens")
    assert then.status_code == 201


def _revoke_one(person: User) -> None:
    token = PersonalToken.objects.filter(user=person).first()
    assert token is not None
    personal.revoke_token(user=person, token_id=token.uuid)


def test_one_sees_and_revokes_ones_own_tokens_alone() -> None:
    school, other = a_school("toto"), a_school("campus")
    person, colleague = a_learner(school), a_member(school, "admin")
    stranger = a_member(other, "admin")
    a_token(person, school, "content:read")
    address = f"/api/v1/me/tokens/{PersonalToken.objects.get().uuid}"

    for somebody, place in ((colleague, "toto"), (stranger, "campus")):
        browser = signed_in(somebody, place)
        assert browser.get("/api/v1/me/tokens").json()["items"] == []
        assert refusal(browser.delete(address)) == (404, "not_found")
    assert signed_in(person, "toto").delete(address).status_code == 204
    assert refusal(signed_in(person, "toto").delete(address)) == (404, "not_found")


def test_a_stranger_makes_no_token_at_a_school_but_the_operator_does() -> None:
    a_school("toto")
    a_person("ana@example.test")
    a_person("root@example.test", is_superuser=True)

    stranger = an_app().call("POST", "/api/v1/me/tokens", WANTED)
    operator = an_app("root@example.test").call("POST", "/api/v1/me/tokens", WANTED)

    assert refusal(stranger) == (403, "not_a_member")
    opened = a_program(operator.json()["token"], "toto").get("/api/v1/content/tree")
    assert opened.status_code == 200


def test_making_and_ending_are_written_down_without_the_token() -> None:
    school = a_school("toto")
    person = a_learner(school)
    token = a_token(person, school, "content:read")
    _revoke(person)
    a_token(person, school, "content:read")
    _set_password(person)

    rows = AuditEntry.objects.filter(action__startswith="account.token").order_by("id")

    assert [(row.action, row.school, row.changes) for row in rows] == [
        ("account.token_made", school.uuid, {"scopes": [[], ["content:read"]]}),
        ("account.token_revoked", school.uuid, {}),
        ("account.token_made", school.uuid, {"scopes": [[], ["content:read"]]}),
        ("account.token_revoked", school.uuid, {"why": "password_changed"}),
    ]
    assert token not in str(list(AuditEntry.objects.values()))


def test_a_token_costs_one_query_and_its_use_is_noted_once_an_hour(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    school = a_school("toto")
    person = a_learner(school)
    token = a_token(person, school, "content:read")
    at = timezone.now()

    with django_assert_num_queries(2):
        personal.bearer_of(token, at=at)
    with django_assert_num_queries(1):
        found = personal.bearer_of(token, at=at + timedelta(minutes=59))
        assert found is not None
        assert found.user.profile.last_seen_at is None
    with django_assert_num_queries(2):
        personal.bearer_of(token, at=at + timedelta(minutes=61))


def test_the_list_costs_the_same_however_long_it_is(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    school = a_school("toto")
    person = a_learner(school)
    for _ in range(10):
        a_token(person, school, "content:read")
    browser = signed_in(person, "toto")
    browser.get("/api/v1/me/tokens")

    with django_assert_max_num_queries(6):
        assert len(browser.get("/api/v1/me/tokens").json()["items"]) == 10


def test_expired_tokens_are_listed_for_a_month_and_then_forgotten() -> None:
    school = a_school("toto")
    person = a_learner(school)
    a_token(person, school, "content:read")
    end = PersonalToken.objects.get().expires_at

    forget_expired_tokens(end + timedelta(days=29))
    assert personal.tokens_of(person).count() == 1
    forget_expired_tokens(end + timedelta(days=30))
    assert personal.tokens_of(person).count() == 0
