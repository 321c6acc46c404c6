"""Every operation of allauth's, knocked at by everyone: refused or answered, never broken."""

from __future__ import annotations

from typing import Any

import pytest

from api.v1 import build
from tests.clients import AppClient
from tests.people import a_learner, a_person, a_school

CLIENTS = ("app", "browser")
BODIES: tuple[Any, ...] = (
    {},
    {"email": "x", "password": "x", "key": "x", "code": "x", "sessions": ["x"]},
    {
        "provider": "none",
        "process": "login",
        "callback_url": "https://elsewhere.test/",
        "token": {"client_id": "x", "id_token": "x"},
        "account": "x",
        "name": "x",
        "credential": {"id": "x"},
        "authenticators": [1],
        "refresh_token": "x",
        "primary": True,
        "trust": True,
    },
)


def operations() -> list[tuple[str, str]]:
    api = build()
    api.urls  # noqa: B018 - reading the urls is what binds the routers
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    return [
        (method.upper(), path.replace("{client}", client))
        for path, item in document["paths"].items()
        if path.startswith("/_allauth/")
        for method in item
        if method in {"get", "post", "put", "patch", "delete"}
        for client in (CLIENTS if "{client}" in path else CLIENTS[:1])
    ]


OPERATIONS = operations()


def test_the_document_has_the_ways_in() -> None:
    paths = {path for _, path in OPERATIONS}

    for path in ("auth/signup", "auth/login", "auth/email/verify", "auth/password/reset"):
        assert {f"/_allauth/{client}/v1/{path}" for client in CLIENTS} <= paths
    assert "/_allauth/app/v1/tokens/refresh" in paths
    assert not any("phone" in path for path in paths)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nothing_that_is_sent_breaks_it(method: str, path: str) -> None:
    a_learner(a_school("toto"), email="ana@example.test")
    member, half_way = AppClient("toto"), AppClient("toto")
    member.log_in("ana@example.test")
    half_way.sign_up("eva@example.test")
    pending = {"X-Session-Token": half_way.session_token}

    for body in BODIES:
        for response in (
            AppClient("toto").call(method, path, body),
            half_way.call(method, path, body, **pending),
            member.call(method, path, body),
        ):
            assert response.status_code < 500, response.content


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path"), [row for row in OPERATIONS if "/account/" in row[1]])
def test_nobody_has_an_account_before_signing_in(method: str, path: str) -> None:
    a_person("ana@example.test")

    response = AppClient().call(method, path, {})

    assert response.status_code in {400, 401, 409}
