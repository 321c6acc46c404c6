"""The document of the API, as tests that are made from it read it."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from api.v1 import build

METHODS = ("get", "post", "put", "patch", "delete")
UNKNOWN = "01990000-0000-7000-8000-000000000000"


class Operation(NamedTuple):
    """One operation of `/api/v1/`, as the document tells of it."""

    method: str
    path: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, part: str = UNKNOWN) -> str:
        """Return its address, with the same thing in every place for a part."""
        return re.sub(r"\{[^}]*\}", part, self.path)

    def query(self) -> list[str]:
        return [one["name"] for one in self.told.get("parameters", ()) if one["in"] == "query"]


def the_document() -> dict[str, Any]:
    api = build()
    api.urls  # noqa: B018 - reading the urls is what binds the routers
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    document: dict[str, Any] = json.loads(json.dumps(schema, default=str))
    return document


def operations_of_ours(document: dict[str, Any]) -> list[Operation]:
    return [
        Operation(method, path, told)
        for path, item in document["paths"].items()
        for method, told in item.items()
        if path.startswith("/api/v1/") and method in METHODS
    ]


def json_schema_of(operation: Operation) -> dict[str, Any] | None:
    """Return the schema of the JSON that an operation takes; None if it takes none."""
    content = operation.told.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] | None = content.get("application/json", {}).get("schema")
    return schema
