"""Nonsense sent to every operation of the document: a problem with a code, never a crash."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.api.documented import operations_of_ours, the_document
from tests.blocks import a_tests_own_block
from tests.pages import a_category, a_course, a_lesson, an_exercise
from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.django_db

SEED = 20261121
ROUNDS = 8
HARD_TEXTS = (
    *("", " ", "0", "-1", "101", "1e9", "9" * 30, "9" * 5000, "NaN", "true", "null", "[]", "{}"),
    *("xx", "\x00", "a\x00b", "\x7f", "\n", "\u202e", "\ufeff", "\U0001f469\u200d\U0001f680"),
    *('"', "*", "NEAR(a b)", "-", "a OR b", "title:x", "'; DROP TABLE x; --", "%", "_", "\\"),
    *("<script>alert(1)</script>", "../../etc/passwd", "x" * 10_000, "e\u0301" * 50, "ا\u064bل"),
    *("W10", "bnVsbA", "WyJvcmRlciIsIiIsIlx1ZDgwMCJd", "W1siLWlkIl0sSW5maW5pdHld", "////", "=="),
    *("order", "-order", "title", "id,title", ",,,", "01990000-0000-7000-8000-000000000000"),
)
HARD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 10**40, 1.5, -0.0, "", [], {}, [[]], [None]),
    *([{}] * 3, {"": ""}, {"a": {"b": {"c": []}}}, {"type": "attempt"}, ["admin"], ["x"] * 300),
    *HARD_TEXTS,
)
RAW_BODIES = (
    *(b"", b"null", b"[]", b"1", b'"x"', b"{", b"nonsense", b"\xff\xfe\x00", b'{"a": NaN}'),
    *(b'{"a": 1e999}', b'{"a": "\\ud800"}', b'{"a":' * 20_000, b"[" * 100_000, b'{"a": 1}{}'),
    b'{"a": ' + b"9" * 6000 + b"}",
)


Callers = tuple[list[Client], list[str]]

DOCUMENT = the_document()
OPERATIONS = [(one.method, one.path) for one in operations_of_ours(DOCUMENT)]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callers]:
    """Make them once: what a test does is undone, and this at the module's end."""
    with django_db_blocker.unblock(), a_tests_own_block():
        yield make_callers()
        transaction.set_rollback(True)


@pytest.fixture
def callers(made: Callers) -> Iterator[Callers]:
    """An anonymous, a student and an admin at one school, and ids of things that are there."""
    kept = [SimpleCookie(person.cookies) for person in made[0]]
    yield made
    for person, cookies in zip(made[0], kept, strict=True):
        person.cookies = cookies


def make_callers() -> Callers:
    school = a_school("toto")
    lesson = a_lesson(school)
    exercise = an_exercise(lesson, task=[("multiple_choice", CHOICE)])
    things = [lesson, exercise, a_category(school), a_course(school, lessons=[lesson])]
    a_member(school, "admin")
    people = [signed_in(a_member(school, role), "toto") for role in ("student", "admin")]
    anonymous = Client(headers={"host": "toto.test"})
    return [anonymous, *people], [str(thing.uuid) for thing in things]


CHOICE = {
    "language": "en",
    "question": "He … tired.",
    "options": [{"text": "is", "correct": True}, {"text": "are", "correct": False}],
    "image": {"file": None, "alt": ""},
}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_operation_breaks_on_nonsense(method: str, path: str, callers: Callers) -> None:
    people, ids = callers
    chance = random.Random(f"{SEED} {method} {path}")
    operation = DOCUMENT["paths"][path][method]
    for number in range(ROUNDS):
        client = people[number % len(people)]
        address = re.sub(r"\{[^}]*\}", lambda _: chance.choice(ids), path)
        query = _query(operation, chance)
        options: dict[str, Any] = {"query_params": query}
        if "requestBody" in operation:
            options["data"] = _body(operation, chance)
            options["content_type"] = chance.choice(("application/json",) * 5 + ("text/plain",))
        response = client.generic(method.upper(), address, **_sent(options))
        _is_an_answer(response)


def _sent(options: dict[str, Any]) -> dict[str, Any]:
    return {"data": b"", **options}


def _query(operation: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    names = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
    query = {name: chance.choice(HARD_TEXTS) for name in names if chance.random() < 0.4}
    if chance.random() < 0.05:
        query[chance.choice(HARD_TEXTS) or "?"] = "x"
    return query


def _body(operation: dict[str, Any], chance: random.Random) -> bytes:
    if chance.random() < 0.25:
        return chance.choice(RAW_BODIES)
    content = operation["requestBody"]["content"]
    schema = next(iter(content.values())).get("schema", {})
    value = _value(schema, chance, depth=0)
    return json.dumps(value).encode()


def _value(schema: dict[str, Any], chance: random.Random, depth: int) -> Any:
    """Return something in the shape of a schema, more or less."""
    if depth > 4 or chance.random() < 0.2:
        return chance.choice(HARD_VALUES)
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _value(DOCUMENT["components"]["schemas"][name], chance, depth)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _value(chance.choice(schema[choice]), chance, depth + 1)
    if "enum" in schema:
        return chance.choice(schema["enum"])
    if schema.get("type") == "array":
        return [_value(schema.get("items", {}), chance, depth + 1) for _ in range(2)]
    if schema.get("type") == "object":
        parts = schema.get("properties", {})
        return {
            name: _value(part, chance, depth + 1)
            for name, part in parts.items()
            if chance.random() < 0.7
        }
    return chance.choice(HARD_VALUES)


def _is_an_answer(response: Any) -> None:
    what = (response.request["PATH_INFO"], response.request["QUERY_STRING"], response.status_code)
    assert response.status_code < 500, what
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json", what
        assert re.fullmatch(r"[a-z0-9_]+", response.json()["code"]), what
    assert response["X-Request-Id"]
