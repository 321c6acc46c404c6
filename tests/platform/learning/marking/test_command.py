"""`manage.py mark`: rows from a file or a pipe, rows to the standard output."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

GOOD = {"language": "es", "accept": ["[yo] también"], "answer": "yo tambien"}


def told(file: Path, **options: Any) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("mark", str(file), stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_row_of_a_file_gives_a_row(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(f"{json.dumps(GOOD)}\n\n{json.dumps({**GOOD, 'answer': 'no'})}\n")

    right, wrong = told(file)

    assert right == {"correct": True, "score": 1.0, "reasons": ["accent"]}
    assert wrong["correct"] is False


def test_explaining_tells_each_rule(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(GOOD))

    (row,) = told(file, explain=True)

    assert row["explain"] == ["tambien/también: these marks are accents in Spanish: accent"]


def test_a_mark_of_the_byte_order_is_no_part_of_the_first_row(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode())

    assert told(file)[0]["correct"] is True


def test_a_row_in_another_encoding_is_told_and_the_next_is_marked(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    latin = json.dumps({**GOOD, "answer": "también"}, ensure_ascii=False).encode("latin-1")
    file.write_bytes(latin + b"\n" + json.dumps(GOOD).encode())

    broken, good = told(file)

    assert broken == {"line": 1, "error": "This line is not in UTF-8.", "code": "invalid_row"}
    assert good["correct"] is True


@pytest.mark.parametrize(
    ("name", "why"), [("none.jsonl", "No such file or directory"), (".", "Is a directory")]
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(
    tmp_path: Path, name: str, why: str
) -> None:
    with pytest.raises(CommandError, match=rf"cannot be read: {why}\.$"):
        call_command("mark", str(tmp_path / name))


def test_rows_come_from_a_pipe_and_a_reader_may_leave_early() -> None:
    row = json.dumps(GOOD) + "\n"
    command = f"{sys.executable} manage.py mark - | head -n 1"

    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=settings.ROOT,
        input=row * 5000,
        capture_output=True,
        text=True,
    )

    assert json.loads(done.stdout)["correct"] is True
    assert done.stderr == ""
