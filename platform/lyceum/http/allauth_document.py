"""allauth's endpoints, as part of the one document."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from allauth.headless.spec.internal.schema import get_schema

from lyceum.http.openapi import METHODS, SCHOOL_HEADER, Document

PREFIX = "Allauth"
REFERENCE = "#/components/"
TAG = "auth"
# What allauth does not tell apart: some of its operations work without anybody signed in.
SECURITY: list[dict[str, list[str]]] = [{"Bearer": []}, {"Session": []}, {}]
UNSERVED = "phone"


def merge_allauth(document: Document) -> Document:
    """
    Add allauth's endpoints to a document of ours.

    Its own is in OpenAPI 3.0, names components as we may name ours, and has neither security nor
    operation ids: all that is put right. `{client}` stays a parameter, `app` or `browser`.
    """
    paths, components = deepcopy(_parts())
    document["paths"].update(paths)
    for kind, things in components.items():
        document["components"].setdefault(kind, {}).update(things)
    return document


@cache
def _parts() -> tuple[Document, Document]:
    specification = get_schema()
    components = {
        kind: {PREFIX + name: _converted(thing) for name, thing in things.items()}
        for kind, things in specification["components"].items()
    }
    paths = {
        path: _item(path, item)
        for path, item in specification["paths"].items()
        if UNSERVED not in path.split("/")
    }
    return paths, _used(paths, components)


def _item(path: str, item: Document) -> Document:
    item = _converted(item)
    for method in METHODS:
        if method in item:
            operation = item[method]
            operation["tags"] = [TAG]
            operation["operationId"] = f"auth_{method}_{_name(path)}"
            operation["security"] = deepcopy(SECURITY)
            operation["x-access"] = "allauth"
            operation.setdefault("parameters", []).append(SCHOOL_HEADER)
    return item


def _name(path: str) -> str:
    words = path.removeprefix("/_allauth/").replace("{client}/", "").replace("v1/", "", 1)
    return words.replace("/", "_").replace("-", "_").replace("{", "").replace("}", "")


def _converted(value: Any) -> Any:
    """Return a part of allauth's document in OpenAPI 3.1, pointing to the renamed components."""
    if isinstance(value, list):
        return [_converted(each) for each in value]
    if not isinstance(value, dict):
        return value
    converted = {key: _converted(each) for key, each in value.items()}
    reference = converted.get("$ref")
    if isinstance(reference, str) and reference.startswith(REFERENCE):
        kind, _, name = reference.removeprefix(REFERENCE).partition("/")
        converted["$ref"] = f"{REFERENCE}{kind}/{PREFIX}{name}"
    if converted.pop("nullable", False) is True and "type" in converted:
        converted["type"] = [converted["type"], "null"]
    return converted


def _used(paths: Document, components: Document) -> Document:
    """Return those components that the paths reach."""
    reached: set[tuple[str, str]] = set()
    waiting: list[Any] = [paths]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
            reference = value.get("$ref")
            if isinstance(reference, str):
                kind, _, name = reference.removeprefix(REFERENCE).partition("/")
                if (kind, name) not in reached:
                    reached.add((kind, name))
                    waiting.append(components[kind][name])
    return {
        kind: {name: thing for name, thing in things.items() if (kind, name) in reached}
        for kind, things in components.items()
    }
