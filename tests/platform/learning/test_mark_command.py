"""`manage.py mark`: creators check their accept-lists in bulk."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def marks(file: Path, **options: bool) -> list[dict[str, object]]:
    told = StringIO()
    call_command("mark", str(file), stdout=told, **options)
    return [json.loads(line) for line in told.getvalue().splitlines()]


def test_each_row_is_marked_and_a_bad_one_named(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [
        {"language": "en", "accept": ["The dog bites the man"], "answer": "the dog bites the man."},
        {"language": "en", "accept": ["The dog bites the man"], "answer": "The man bites the dog"},
    ]
    file.write_text("\n".join([*map(json.dumps, rows), "{"]), encoding="utf-8")

    right, wrong, bad = marks(file)

    assert (right["correct"], right["score"], right["reasons"]) == (True, 1.0, [])
    assert (wrong["correct"], wrong["reasons"]) == (False, ["word_order"])
    assert (bad["line"], bad["code"]) == (3, "invalid_row")
    assert "explain" in marks(file, explain=True)[1]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        marks(tmp_path / "nothing.jsonl")


def test_a_file_that_is_no_text_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError, match="not UTF-8"):
        marks(file)
