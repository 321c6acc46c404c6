"""The document of the API, as tests that are made from it read it."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

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


class Promises:
    """What the document says that each operation answers, to hold answers to."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.components = document["components"]
        self.answers = {
            told["operationId"]: told["responses"]
            for item in document["paths"].values()
            for method, told in item.items()
            if method in METHODS
        }
        self.validators: dict[str, Draft202012Validator] = {}

    def faults(self, operation: str, response: Any) -> list[str]:
        """Return in what an answer of the operation of a name is not what the document says."""
        status = str(response.status_code)
        answers = self.answers[operation]
        if status not in answers and "default" not in answers:
            return [f"{status} is not told of"]
        told = self._resolved(answers.get(status) or answers["default"])
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        content = told.get("content", {})
        if response.streaming or not response.content or "*/*" in content:
            return []
        if kind not in content:
            return [f"{status} as {kind!r} is not told of"]
        if "json" not in kind:
            return []
        validator = self._validator(content[kind].get("schema", {}))
        return [
            f"{error.json_path}: {error.message}"
            for error in validator.iter_errors(json.loads(response.content))
        ]

    def _resolved(self, told: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in told:
            _, _, kind, name = told["$ref"].split("/")
            told = self.components[kind][name]
        return told

    def _validator(self, schema: dict[str, Any]) -> Draft202012Validator:
        key = json.dumps(schema)
        if key not in self.validators:
            whole = {**schema, "components": self.components}
            self.validators[key] = Draft202012Validator(whole)
        return self.validators[key]
