"""allauth's endpoints, as part of the one document."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from allauth.headless.constants import Flow
from allauth.headless.spec.internal.schema import get_schema

from lyceum.http.openapi import METHODS, SCHOOL_HEADER, Document

PREFIX = "Allauth"
REFERENCE = "#/components/"
TAG = "auth"
# What allauth does not tell apart: some of its operations work without anybody signed in.
SECURITY: list[dict[str, list[str]]] = [{"Bearer": []}, {"Session": []}, {}]
UNSERVED = "phone"
RECOVERY_CODES = "/_allauth/{client}/v1/account/authenticators/recovery-codes"
# Any of its operations may answer these, and its specification tells of some alone. A guard of
# ours stands before it, whose refusals are problems.
REFUSALS = {
    "400": ("An input error occurred.", "ErrorResponse"),
    "401": ("Sign in, or prove once more who you are.", "AuthenticationResponse"),
    "403": ("Forbidden.", "ForbiddenResponse"),
    "404": ("There is nothing here.", "StatusResponse"),
    "409": ("This cannot be done in the present state.", "ConflictResponse"),
    "410": ("The session is expired or invalid.", "SessionGoneResponse"),
    "429": ("Too many requests.", "StatusResponse"),
}
PROBLEM = {"schema": {"$ref": REFERENCE + "schemas/Problem"}}


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
    _correct(specification["components"]["schemas"])
    # It answers the new ones, which nobody will be shown again.
    made = specification["paths"][RECOVERY_CODES]["post"]["responses"]
    made["200"] = {"$ref": REFERENCE + "responses/RecoveryCodes"}
    components = {
        kind: {PREFIX + name: _converted(thing) for name, thing in things.items()}
        for kind, things in specification["components"].items()
    }
    paths = {
        path: _item(path, item, components["responses"])
        for path, item in specification["paths"].items()
        if UNSERVED not in path.split("/")
    }
    return paths, _used(paths, components)


def _correct(schemas: Document) -> None:
    """Let the schemas say what allauth answers, where they say something else."""
    flow = schemas["Flow"]["properties"]
    flow["id"]["enum"] = [each.value for each in Flow]
    flow["is_pending"] = {"type": "boolean"}
    # Of nobody it says neither yes nor no.
    meta = schemas["AuthenticationMeta"]["allOf"][1]["properties"]
    meta["is_authenticated"] = {"type": "boolean", "nullable": True}
    # Two of the ways are told apart by nothing: who confirmed by a password logged in by one.
    methods = schemas["AuthenticationMethod"]
    methods["anyOf"] = methods.pop("oneOf")
    for method in methods["anyOf"]:
        # A provider lets people in without it.
        if "provider" in method["properties"]:
            method["required"].remove("reauthenticated")
    # Shown once, they are counted from then on.
    codes = schemas["SensitiveRecoveryCodesAuthenticator"]["allOf"][1]
    codes["required"].remove("unused_codes")
    schemas["StatusResponse"] = {
        "type": "object",
        "required": ["status"],
        "properties": {"status": {"type": "integer"}},
    }


def _item(path: str, item: Document, responses: Document) -> Document:
    item = _converted(item)
    for method in METHODS:
        if method in item:
            operation = item[method]
            operation["tags"] = [TAG]
            operation["operationId"] = f"auth_{method}_{_name(path)}"
            operation["security"] = deepcopy(SECURITY)
            operation["x-access"] = "allauth"
            operation.setdefault("parameters", []).append(SCHOOL_HEADER)
            _tell_of_refusals(operation["responses"], responses)
    return item


def _tell_of_refusals(told: Document, responses: Document) -> None:
    for status, (description, schema) in REFUSALS.items():
        answer = {"schema": {"$ref": f"{REFERENCE}schemas/{PREFIX}{schema}"}}
        refusal = told.get(status, {"description": description})
        if "$ref" in refusal:
            refusal = deepcopy(responses[refusal["$ref"].rpartition("/")[2]])
        content = refusal.setdefault("content", {"application/json": answer})
        if status == "401":
            again = {"$ref": f"{REFERENCE}schemas/{PREFIX}ReauthenticationResponse"}
            content["application/json"]["schema"] = {"anyOf": [answer["schema"], again]}
        content["application/problem+json"] = PROBLEM
        told[status] = refusal
    told["default"] = {"$ref": REFERENCE + "responses/Problem"}


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
    if converted.pop("nullable", False) is not True:
        return converted
    if "type" not in converted:
        return {"anyOf": [converted, {"type": "null"}]}
    return {**converted, "type": [converted["type"], "null"]}


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
                # What is not there is ours, and kept already.
                if (kind, name) not in reached and name in components[kind]:
                    reached.add((kind, name))
                    waiting.append(components[kind][name])
    return {
        kind: {name: thing for name, thing in things.items() if (kind, name) in reached}
        for kind, things in components.items()
    }
