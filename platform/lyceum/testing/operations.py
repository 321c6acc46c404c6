"""Every operation of a plugin, from a school's document, and the requests that try it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.test import Client

METHODS = ("get", "put", "post", "delete", "patch")
WORD = "word"
DEEPEST = 6  # of a body's shape, which may hold itself

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Try:
    """One request: `body` is JSON, or empty."""

    method: str
    address: str
    body: str = ""


@dataclass(frozen=True)
class Operation:
    """One operation, with what its document says of its address, its query and its body."""

    method: str
    path: str
    parameters: tuple[Schema, ...]
    body: Schema | None
    shapes: Mapping[str, Schema]

    @property
    def is_read(self) -> bool:
        return self.method == "get"

    def asked_about(self, id: str) -> Try:
        """Return the request that gives an id wherever the document takes one."""
        path, query = self.path, {}
        for each in self.parameters:
            shape = resolved(each["schema"], self.shapes)
            value = sample(shape, id, self.shapes)
            text = value if isinstance(value, str) else json.dumps(value)
            if each["in"] == "path":
                # A word in an address may be an id as well, that the document does not tell as one.
                text = id if text == WORD else text
                path = path.replace(f"{{{each['name']}}}", quote(text, safe=""))
            elif each["in"] == "query" and (each.get("required") or shape.get("format") == "uuid"):
                query[each["name"]] = text
        address = path + (f"?{urlencode(query)}" if query else "")
        body = json.dumps(sample(self.body, id, self.shapes)) if self.body is not None else ""
        return Try(self.method.upper(), address, body)

    def takes_an_id(self) -> bool:
        """Return whether there is any place in it where an id could be given."""
        return self.asked_about("one") != self.asked_about("another")


def operations_of(plugin: str, client: Client) -> list[Operation]:
    """Return the operations that the document of a client's school tells of a plugin."""
    document = client.get("/api/v1/openapi.json").json()
    shapes = document.get("components", {}).get("schemas", {})
    return [
        Operation(method, path, tuple(told.get("parameters", ())), _body_of(told), shapes)
        for path, methods in document["paths"].items()
        if path == f"/api/v1/{plugin}" or path.startswith(f"/api/v1/{plugin}/")
        for method, told in methods.items()
        if method in METHODS
    ]


def sample(schema: Schema, id: str, shapes: Mapping[str, Schema], depth: int = 0) -> Any:
    """Return a value of a shape, as small as it may be, with an id wherever it takes one."""
    shape = resolved(schema, shapes)
    if "enum" in shape or "const" in shape:
        return shape.get("const", shape.get("enum", [None])[0])
    match shape.get("type"):
        case "object":
            return dict(_fields(shape, id, shapes, depth)) if depth < DEEPEST else {}
        case "array":
            takes = _holds_an_id(shape.get("items", {}), shapes)
            count = max(shape.get("minItems", 0), int(takes))
            item = shape.get("items", {})
            return [sample(item, id, shapes, depth + 1) for _ in range(count)]
        case "integer" | "number":
            return shape.get("minimum", 1)
        case "boolean":
            return True
        case _:
            return id if shape.get("format") == "uuid" else WORD


def resolved(schema: Schema, shapes: Mapping[str, Schema]) -> Schema:
    """Return a shape itself: what it refers to, or the first that it may be beside null."""
    while True:
        if "$ref" in schema:
            schema = shapes[schema["$ref"].rpartition("/")[2]]
        elif choices := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
            schema = next((each for each in choices if each.get("type") != "null"), {})
        else:
            return schema


def _fields(
    shape: Schema, id: str, shapes: Mapping[str, Schema], depth: int
) -> Iterator[tuple[str, Any]]:
    required = set(shape.get("required", ()))
    for name, field in shape.get("properties", {}).items():
        if name in required or _holds_an_id(field, shapes):
            yield name, sample(field, id, shapes, depth + 1)


def _holds_an_id(schema: Schema, shapes: Mapping[str, Schema]) -> bool:
    shape = resolved(schema, shapes)
    return resolved(shape.get("items", shape), shapes).get("format") == "uuid"


def _body_of(told: Schema) -> Schema | None:
    content = told.get("requestBody", {}).get("content", {})
    return content["application/json"]["schema"] if "application/json" in content else None
