"""Every operation of the document, for everyone who might call it: what each is answered.

The tables are written by hand, and the walks are made from the document: an operation without a row
fails, and so does a row whose operation is gone. What allauth serves is in the document too, and
asked for as an app and as a browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.test import override_settings

from lyceum.schools.models import School
from tests.api.access_table import Row, rows
from tests.api.asking import ASKINGS, UNKNOWN, Asking, address_of
from tests.api.auth_doors import AUTH_ASKINGS, GOOGLE, NOBODYS, NONSENSE
from tests.api.documented import METHODS, Promises, the_document
from tests.api.doors import KINDS, SIGNED_IN, Caller, World, all_rows, ask, build_world
from tests.blocks import a_tests_own_block

pytestmark = pytest.mark.django_db

# Whom a public catalogue lets in beside.
LET_IN_WHERE_PUBLIC = {"anonymous", "unverified", "non-member", "stranger", "inactive"}
CLIENTS = ("app", "browser")

DOCUMENT = the_document()


def operations() -> list[tuple[str, str, str]]:
    return [
        (operation["operationId"], method, path.replace("{client}", client))
        for path, item in DOCUMENT["paths"].items()
        for method, operation in item.items()
        if method in METHODS
        for client in (CLIENTS if "{client}" in path else CLIENTS[:1])
    ]


OPERATIONS = operations()
OURS = [row for row in OPERATIONS if row[2].startswith("/api/v1/")]
ALLAUTHS = [row for row in OPERATIONS if row not in OURS]
OF_APPS = [row for row in ALLAUTHS if row[2].startswith("/_allauth/app/")]
# Problems and plugins are the instance's: their names are nobody's secret, and no school's.
OF_NO_SCHOOL = ("{code}", "{slug}")
WITH_IDS = [
    row for row in OURS if "{" in row[2] and not any(name in row[2] for name in OF_NO_SCHOOL)
]
# What a browser is refused is refused at the same doors as an app: these are walked once.
BY_ONE_CLIENT = {row[0]: row for row in reversed(OPERATIONS)}.values()
CHANGES = [row for row in BY_ONE_CLIENT if row[1] != "get"]
CATALOGUE = [
    (operation, method, path)
    for operation, method, path in OURS
    if DOCUMENT["paths"][path][method]["x-access"] == "catalogue"
]
ROWS: dict[str, Row] = rows()
PROMISES = Promises(DOCUMENT)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Make everyone and everything once: each request is undone, see `ask`."""
    with django_db_blocker.unblock(), a_tests_own_block():
        # Who confirmed that it is them stays confirmed however long the walk takes.
        with override_settings(
            SOCIALACCOUNT_PROVIDERS=GOOGLE, ACCOUNT_REAUTHENTICATION_TIMEOUT=3600
        ):
            yield build_world()
        transaction.set_rollback(True)


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert {operation for operation, _, _ in OPERATIONS} == set(ROWS)
    assert all(set(KINDS) <= set(row) for row in ROWS.values())


@pytest.mark.parametrize(("operation", "method", "path"), OPERATIONS)
def test_everyone_is_answered_as_the_row_says(
    operation: str, method: str, path: str, world: World
) -> None:
    told = {kind: answer(world, kind, operation, method, path) for kind in ROWS[operation]}

    expected = {kind: cell[:2] for kind, cell in ROWS[operation].items()}
    assert {kind: said(response) for kind, response in told.items()} == expected
    for kind, response in told.items():
        assert PROMISES.faults(operation, response) == [], kind


@pytest.mark.parametrize(("operation", "method", "path"), WITH_IDS)
def test_what_another_school_has_is_as_good_as_not_there(
    operation: str, method: str, path: str, world: World
) -> None:
    theirs_id = world.campus[ASKINGS[operation].thing.removeprefix("own_")]

    for kind in KINDS:
        theirs = answer(world, kind, operation, method, path, id=theirs_id)
        unknown = answer(world, kind, operation, method, path, id=UNKNOWN)
        # Who is refused at the door is told so, whether the id is there or not.
        cell = ROWS[operation][kind]
        expected = cell[:2] if cell.is_refusal else (404, "not_found")
        if (operation, kind) not in KNOWN_ELSEWHERE:
            assert said(theirs) == expected, kind
            assert whole(theirs) == whole(unknown), kind


# An admin of both schools and the operator see faces in both, and everybody what is their own.
KNOWN_ELSEWHERE = {("get_avatar", kind) for kind in ("stranger", "operator", "scoped")}


ABOUT_ONES_OWN = [
    row
    for row in ALLAUTHS
    if re.search("{own_(?!password|refresh)", repr(AUTH_ASKINGS.get(row[0])))
]


@pytest.mark.parametrize(("operation", "method", "path"), ABOUT_ONES_OWN)
def test_what_another_person_has_is_as_good_as_not_there(
    operation: str, method: str, path: str, world: World
) -> None:
    colleague, stranger = (world.callers[kind].things for kind in ("moderator", "stranger"))

    for kind in set(SIGNED_IN) - {"moderator", "stranger"}:
        unknown = said(answer(world, kind, operation, method, path, things=NOBODYS))
        assert unknown[0] == 400, kind
        for things in (colleague, stranger):
            theirs = answer(world, kind, operation, method, path, things=things)
            assert said(theirs) == unknown, kind


@pytest.mark.parametrize(("operation", "method", "path"), OF_APPS)
@pytest.mark.parametrize("kind", ["anonymous", "unverified", "student"])
def test_nothing_that_is_sent_breaks_a_way_in(
    operation: str, method: str, path: str, kind: str, world: World
) -> None:
    for body in NONSENSE:
        response = ask(world.callers[kind], method, path, Asking(body=body))
        assert response.status_code < 500, body
        assert PROMISES.faults(operation, response) == [], body


@pytest.mark.parametrize(("operation", "method", "path"), OF_APPS)
def test_a_session_that_is_over_is_gone_whatever_it_asks(
    operation: str, method: str, path: str, world: World
) -> None:
    over = Caller({"x-session-token": "over"})

    response = ask(over, method, path, asking_of(operation).filled(world.toto))

    assert response.status_code == 410
    assert PROMISES.faults(operation, response) == []


# What is refused, and yet written down: in this table, and nowhere else.
LEAVES_A_TRACE = {
    # The secret that a code is compared with is made when it is first asked for.
    "auth_post_account_authenticators_totp": "django_session",
    # A passkey that fails is in the audit, as every failed log-in.
    "auth_post_auth_webauthn_login": "events_auditentry",
    "auth_post_auth_webauthn_reauthenticate": "events_auditentry",
    "auth_post_auth_webauthn_authenticate": "events_auditentry",
}


@pytest.mark.parametrize(("operation", "method", "path"), CHANGES)
def test_a_change_that_is_refused_changes_nothing(
    operation: str, method: str, path: str, world: World
) -> None:
    refused = [kind for kind, cell in ROWS[operation].items() if cell.is_refusal]
    ids = (UNKNOWN, world.campus.get(asking_of(operation).thing.removeprefix("own_"), UNKNOWN))
    before = all_rows(but=LEAVES_A_TRACE.get(operation, ""))

    with a_tests_own_block():
        for kind in refused:
            answer(world, kind, operation, method, path, undo=False)
        if (operation, method, path) in WITH_IDS:
            for kind in KINDS:
                for id in ids:
                    answer(world, kind, operation, method, path, id=id, undo=False)
        after = all_rows(but=LEAVES_A_TRACE.get(operation, ""))
        transaction.set_rollback(True)

    assert after == before


def test_a_public_catalogue_lets_everyone_read(world: World) -> None:
    with a_tests_own_block():
        # An epoch that is no other's: schools are kept in the process by it.
        School.objects.filter(slug="toto").update(catalogue="public", epoch=F("epoch") + 1000)
        for operation, method, path in CATALOGUE:
            for kind in (*LET_IN_WHERE_PUBLIC, "expired", "student", "elsewhere"):
                lets_in = kind in LET_IN_WHERE_PUBLIC
                expected = (200, "") if lets_in else ROWS[operation][kind][:2]
                told = said(answer(world, kind, operation, method, path))
                assert told == expected, (operation, kind)
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["anonymous", "student", "admin", "operator", "scoped"])
def test_a_suspended_school_answers_nobody(kind: str, world: World) -> None:
    with a_tests_own_block():
        School.objects.filter(slug="toto").update(status="suspended", epoch=F("epoch") + 2000)
        told = {
            operation: said(answer(world, kind, operation, method, path))
            for operation, method, path in OPERATIONS
        }
        transaction.set_rollback(True)

    # Whoever watches the instance asks by any host.
    assert (told.pop("health_live"), told.pop("health_ready")) == ((200, ""), (200, ""))
    assert set(told.values()) == {(503, "school_suspended")}, told


def answer(
    world: World,
    kind: str,
    operation: str,
    method: str,
    path: str,
    *,
    id: str = "",
    things: dict[str, str] | None = None,
    undo: bool = True,
) -> Any:
    """Ask as a kind of caller: for what is there and one's own, unless told for what."""
    caller, asking = world.callers[kind], asking_of(operation)
    about = {**world.toto, **caller.things, **(things or {})}
    address = address_of(path, asking, about, id=id)
    return ask(caller, method, address, asking.filled(about), undo=undo)


def asking_of(operation: str) -> Asking:
    return {**ASKINGS, **AUTH_ASKINGS}.get(operation, Asking())


def said(response: Any) -> tuple[int, str]:
    """Return the status, and what the body says of it: a code, or the steps that are under way."""
    if response.streaming or "json" not in response.headers.get("Content-Type", ""):
        return response.status_code, ""
    body = json.loads(response.content or "{}")
    if "problem+json" in response.headers["Content-Type"]:
        return response.status_code, body["code"]
    if response.status_code == 400:
        return response.status_code, ", ".join(error["code"] for error in body.get("errors", ()))
    data = body.get("data") if isinstance(body, dict) else None
    flows = data.get("flows", ()) if isinstance(data, dict) else ()
    under_way = [flow["id"] for flow in flows if flow.get("is_pending")]
    if any(flow["id"] == "reauthenticate" for flow in flows):
        under_way.append("reauthenticate")
    return response.status_code, ", ".join(under_way)


def whole(response: Any) -> tuple[Any, ...]:
    """Return all that is answered, but for the request's own id."""
    headers = {name: value for name, value in response.items() if name != "X-Request-Id"}
    return response.status_code, response.content, headers
