"""The one document: valid, complete, and changed only on purpose."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

SNAPSHOT = Path(__file__).parent / "openapi-v1.json"
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    from api.v1 import build

    api = build()
    api.urls  # noqa: B018 - reading the urls is what binds the routers
    return json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    errors = [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]
    assert errors == []


def test_every_operation_has_an_id_of_its_own_and_a_summary(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]

    assert len(ids) == len(set(ids))
    assert [name for name, operation in operations(document) if not operation.get("summary")] == []


def test_every_operation_of_ours_says_who_may_come_in(document: dict[str, Any]) -> None:
    silent = [
        name
        for name, operation in operations(document)
        if "/api/v1/" in name and "x-access" not in operation
    ]
    assert silent == []


def test_the_document_changes_on_purpose_only(document: dict[str, Any]) -> None:
    """Run with LYCEUM_ACCEPT_API=1 to take a change over, and note it in the changelog."""
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("LYCEUM_ACCEPT_API"):
        SNAPSHOT.write_text(text)

    assert SNAPSHOT.read_text() == text


@pytest.mark.django_db
def test_the_document_and_its_two_readers_are_served(client: Client) -> None:
    document = client.get("/api/v1/openapi.json")
    swagger = client.get("/api/v1/docs")
    redoc = client.get("/api/v1/redoc")

    assert document.json()["info"]["title"] == "Lyceum"
    for page in (swagger, redoc):
        assert page.status_code == 200
        # Vendored: a page that looks elsewhere tells others who reads it, and fails offline.
        assert b"cdn" not in page.content
        assert b"https://" not in page.content
