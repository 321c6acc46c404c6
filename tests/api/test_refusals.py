"""What no operation takes, whichever it is: a problem with a stable code, and nothing written."""

from __future__ import annotations

import json
import re
from itertools import product
from typing import Any

import pytest
from django.test import Client

from tests.api.documented import (
    METHODS,
    Operation,
    json_schema_of,
    operations_of_ours,
    the_document,
)
from tests.people import a_member, a_school, proved, signed_in
from tests.rows import nothing_written

pytestmark = pytest.mark.django_db

DOCUMENT = the_document()
OPERATIONS = operations_of_ours(DOCUMENT)
WITH_JSON = [operation for operation in OPERATIONS if json_schema_of(operation)]
WITH_ID = [operation for operation in OPERATIONS if "{" in operation.path]

MALFORMED = {
    "no JSON": b"nonsense",
    "half of it": b'{"a": 1',
    "two of it": b"{}{}",
    "not UTF-8": b"\xff\xfe\x00{",
    "not a number": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "beyond all numbers": b'{"a": 1e400}',
    "more digits than are read": b'{"a": ' + b"9" * 6000 + b"}",
    "half a character": b'{"a": "\\ud800"}',
    "a bare NUL": b'{"a": "\x00"}',
    "a field twice": b'{"a": 1, "a": 2}',
    "lists in lists": b"[" * 100_000,
    "closed again": b"[" * 100_000 + b"]" * 100_000,
    "objects in objects": b'{"a":' * 100_000,
}
# Making tokens asks first for a recent log-in.
MALFORMED_OR_BEHIND_A_DOOR = {(400, "malformed"), (403, "reauthentication_required")}
OUT_OF_SHAPE: tuple[Any, ...] = (None, True, -1, 1.5, 10**1000, "x" * 100_000, "\0", [], [[]], {})


@pytest.fixture
def admin() -> Client:
    return signed_in(a_member(a_school("toto"), "admin"), "toto")


def refusal(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json", response.content[:200]
    code: str = response.json()["code"]
    assert re.fullmatch(r"[a-z][a-z0-9_]+", code)
    return response.status_code, code


# --- Bodies --------------------------------------------------------------------------------------


def test_a_body_that_cannot_be_read_is_malformed(admin: Client) -> None:
    with nothing_written():
        for operation, (what, body) in product(WITH_JSON, MALFORMED.items()):
            response = _send(admin, operation, body)
            assert refusal(response) in MALFORMED_OR_BEHIND_A_DOOR, (operation.name, what)


def test_a_body_of_another_shape_is_invalid(admin: Client) -> None:
    bodies: tuple[Any, ...] = ([], [{}], "x", 1, True, {"no such field": 1})
    with nothing_written():
        for operation, body in product(WITH_JSON, bodies):
            response = _send(admin, operation, json.dumps(body))
            assert refusal(response)[0] in {422, 404, 401, 403}, (operation.name, body)


def test_no_field_breaks_on_a_value_of_another_type(admin: Client) -> None:
    for operation, value in product(WITH_JSON, OUT_OF_SHAPE):
        for field in _fields(operation):
            response = _send(admin, operation, json.dumps({field: value}))
            assert response.status_code < 500, (operation.name, field, value)
            if response.status_code >= 400:
                refusal(response)


def test_a_body_too_large_or_packed_is_refused(admin: Client) -> None:
    large = b'{"a": "' + b"x" * 10_000_000 + b'"}'
    with nothing_written():
        for operation in WITH_JSON:
            assert refusal(_send(admin, operation, large)) == (413, "too_large")
            packed = _send(admin, operation, b"\x1f\x8b", {"Content-Encoding": "gzip"})
            assert refusal(packed) == (415, "unsupported_media_type")


def _send(client: Client, operation: Operation, body: Any, headers: Any = None) -> Any:
    return client.generic(
        operation.method.upper(), operation.address(), body, "application/json", headers=headers
    )


def _fields(operation: Operation) -> list[str]:
    schema = json_schema_of(operation) or {}
    return list(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"])


# --- Parameters and ids --------------------------------------------------------------------------


def test_an_unknown_parameter_is_invalid(admin: Client) -> None:
    with nothing_written():
        for operation in OPERATIONS:
            response = admin.generic(operation.method.upper(), operation.address() + "?no-such=1")
            # What needs a body, or a thing that is not there, may say so first.
            assert refusal(response)[0] in {422, 404, 400, 415, 403}, operation.name


def test_a_parameter_sent_twice_or_much_too_long_is_refused(admin: Client) -> None:
    with nothing_written():
        for operation in OPERATIONS:
            method, address = operation.method.upper(), operation.address()
            for name in operation.query():
                twice = admin.generic(method, f"{address}?{name}=1&{name}=2")
                assert twice.status_code in {422, 404}, (operation.name, name)
                for value in ("x" * 100_000, "%00", "%ff", "%F0%9F%92%A9" * 1000, "9" * 5000):
                    response = admin.generic(method, f"{address}?{name}={value}")
                    assert response.status_code < 500, (operation.name, name, value[:20])
                    if response.status_code >= 400:
                        refusal(response)


def test_an_id_of_another_shape_is_not_found(admin: Client) -> None:
    parts = ("0", "1", "-1", "x" * 5000, "%00", "..", "%2e%2e%2f", "null", "%f0%9f%92%a9")
    proved(admin)  # or it would be that which is asked for first
    with nothing_written():
        for operation, part in product(WITH_ID, parts):
            response = admin.generic(operation.method.upper(), operation.address(part))
            # A slug may be anything; and `..` or a word can name another address.
            assert refusal(response)[0] in {400, 404, 405, 422}, (operation.name, part)


# --- Methods and addresses -----------------------------------------------------------------------


def test_a_method_that_an_address_lacks_is_told_with_those_it_has(admin: Client) -> None:
    with nothing_written():
        for operation in OPERATIONS:
            known = {method for method in METHODS if method in DOCUMENT["paths"][operation.path]}
            for method in {*METHODS, "trace", "connect", "brew", "propfind"} - known:
                response = admin.generic(method.upper(), operation.address())
                if refusal(response) == (404, "not_found"):
                    continue  # The same words may be another address, with an id in it.
                assert refusal(response) == (405, "method_not_allowed"), (operation.path, method)
                assert known <= set(response["Allow"].lower().split(", ")), operation.path


def test_no_header_makes_one_method_of_another(admin: Client) -> None:
    for header in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
        with nothing_written():
            response = admin.get("/api/v1/me", headers={header: "DELETE"})
        assert response.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/api//v1/me", "/api/v1//me", "/api/v1/me/", "/api/v1/%2e%2e/me", "/api/v1/me%00"),
        *("/api/v1/me%2f..%2fschool", "/api/v1/%ff", "/api/v1/" + "x" * 8000, "/api/v1/me;a=b"),
        *("/api/v1/content/lessons/%2e%2e%2f%2e%2e", "/api/v1/problems/%0d%0aSet-Cookie:x"),
    ],
)
def test_a_crooked_address_leads_nowhere(path: str, admin: Client) -> None:
    response = admin.get(path)

    assert response.status_code in {400, 404}
    if path.startswith("/api/"):
        refusal(response)


# --- Schools and hosts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "slug",
    ["nowhere", "TOTO", "../toto", "toto,toto", "toto\x7f", "x" * 60_000, "%00", "é", "' or 1"],
)
def test_a_school_that_does_not_exist_is_not_found(slug: str, client: Client) -> None:
    a_school("toto")

    response = client.get("/api/v1/school", headers={"X-School": slug})

    assert refusal(response) == (404, "school_not_found")


@pytest.mark.parametrize(
    "host",
    ["", "a b", "toto.test/x", "toto.test:x", "[::1", "@toto.test", "-", "é"],
)
def test_a_host_that_is_none_is_not_served_or_no_schools(host: str, client: Client) -> None:
    a_school("toto")

    response = client.get("/api/v1/school", headers={"Host": host})

    assert refusal(response) in {(400, "host_not_served"), (400, "school_required")}
