"""Marking in bulk, for creators who check their accept-lists: rows of JSON in, rows out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lyceum.learning.marking.engine import mark, mark_and_explain
from lyceum.learning.marking.policy import Policy

_REQUIRED = ("language", "accept", "answer")
_FIELDS = (*_REQUIRED, "forbidden", "policy")
# What `surrogateescape` makes of bytes that are no UTF-8.
_BROKEN_BYTES = re.compile("[\udc80-\udcff]")


class InvalidRow(ValueError):
    """A row is not what the command reads."""


def mark_lines(lines: Iterable[str], explain: bool = False) -> Iterator[str]:
    """Mark each line of JSON and yield one line of JSON for it; empty lines are skipped.

    A row that cannot be read gives its line number and what is wrong, and marking goes on.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            result = _mark_row(_read_row(line), explain)
        except (ValueError, RecursionError) as error:
            result = {"line": number, "error": _told(error), "code": "invalid_row"}
        yield json.dumps(result, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _mark_row(row: Mapping[str, Any], explain: bool) -> dict[str, object]:
    policy = Policy.default().merged(row.get("policy") or {})
    accept, forbidden = tuple(row["accept"]), tuple(row.get("forbidden") or ())
    asked: dict[str, Any] = {
        "accept": accept, "language": row["language"], "forbidden": forbidden, "policy": policy
    }  # fmt: skip
    marked, findings = (
        mark_and_explain(row["answer"], **asked) if explain else (mark(row["answer"], **asked), ())
    )
    result: dict[str, object] = {
        "correct": marked.correct,
        "score": marked.score,
        "reasons": list(dict.fromkeys(reason.code for reason in marked.reasons)),
    }
    ignored = [name for name in row if name not in _FIELDS]
    if ignored:
        # People keep columns of their own; a misspelt “forbiden” must be told all the same.
        result["ignored"] = ignored
    if explain:
        result["nearest"] = marked.nearest
        result["explain"] = [str(finding) for finding in findings]
    return result


def _read_row(line: str) -> dict[str, Any]:
    if _BROKEN_BYTES.search(line):
        raise InvalidRow("This line is not in UTF-8.")
    row = json.loads(line)
    if not isinstance(row, dict):
        raise InvalidRow("A row is a JSON object with language, accept and answer.")
    for name in _REQUIRED:
        if name not in row:
            raise InvalidRow(f"The field {name!r} is missing.")
    for name in ("language", "answer"):
        if not isinstance(row[name], str):
            raise InvalidRow(f"{name!r} must be text.")
    if not row["language"].strip():
        raise InvalidRow("'language' must be a code such as en.")
    _check_texts(row, "accept")
    _check_texts(row, "forbidden")
    policy = row.get("policy")
    if policy is not None and not _maps_texts(policy):
        raise InvalidRow("'policy' must map rules to severities.")
    return row


def _check_texts(row: Mapping[str, Any], name: str) -> None:
    value = row.get(name)
    if value is None and name == "forbidden":
        return
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InvalidRow(f"{name!r} must be a list of texts.")


def _maps_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _told(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"This line is no JSON: {error.msg} at character {error.pos + 1}."
    if isinstance(error, RecursionError):
        return "This line is nested too deeply."
    return str(error)
