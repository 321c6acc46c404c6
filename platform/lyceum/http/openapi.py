"""The one document: what ninja makes of our endpoints, with what all of them share."""

from __future__ import annotations

from typing import Any

from lyceum.http.schemas import Problem

Document = dict[str, Any]

METHODS = ("get", "post", "put", "patch", "delete")
SCHOOL_HEADER = {
    "name": "X-School",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The school's slug, on a host that is no school's.",
}
IDEMPOTENCY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 8, "maxLength": 100},
    "description": "Makes sending the same request again harmless, for 24 hours.",
}
OF_PERSONAL_TOKENS = (
    "A personal token, of one school and with scopes (`POST /api/v1/me/tokens`). What is named "
    "beside it is the scope that the operation asks for; where it is not named, none is taken."
)


def complete(document: Document) -> Document:
    """Add to ninja's document what every operation shares: problems, headers, security."""
    schemas = document["components"].setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    document["components"]["securitySchemes"] = {
        "Bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        "Session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        "apiToken": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "lyc_…",
            "description": OF_PERSONAL_TOKENS,
        },
    }
    document["components"].setdefault("responses", {})["Problem"] = {
        "description": "What is answered instead, when something cannot be done.",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for path in document["paths"].values():
        for method in METHODS:
            if method in path:
                _complete_operation(path[method])
    return document


def _complete_operation(operation: Document) -> None:
    parameters = operation.setdefault("parameters", [])
    parameters.append(SCHOOL_HEADER)
    if operation.get("x-repeatable"):
        parameters.append(IDEMPOTENCY_HEADER)
    for response in operation.get("responses", {}).values():
        _tell_a_file(response)
    operation.setdefault("responses", {})["default"] = {"$ref": "#/components/responses/Problem"}
    # All of them are alternatives; an open endpoint takes any, or nothing.
    security: list[dict[str, list[str]]] = [{"Bearer": []}, {"Session": []}]
    is_open = operation.get("x-access") in {"public", "school"}
    if operation.get("x-scope") or is_open:
        security.append({"apiToken": [operation["x-scope"]] if operation.get("x-scope") else []})
    if is_open or operation.get("x-access") == "catalogue":
        security.append({})
    operation["security"] = security


def _tell_a_file(response: Document) -> None:
    """Correct what ninja says of an answer that is a file: JSON, whatever it holds."""
    content = response.get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    if schema.get("format") == "binary":
        response["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
