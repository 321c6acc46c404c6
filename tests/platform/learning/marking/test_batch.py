"""Marking in bulk: what `manage.py mark FILE` prints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lyceum.learning.marking.batch import mark_lines


def run(*rows: Any, explain: bool = False) -> list[dict[str, Any]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return [json.loads(line) for line in mark_lines(lines, explain)]


def test_a_row_gives_result_score_and_codes() -> None:
    row = {"language": "es", "accept": ["[yo] también"], "answer": "yo tambien"}

    assert run(row) == [{"correct": True, "score": 1.0, "reasons": ["accent"]}]


def test_policy_and_forbidden_words_are_read_from_the_row() -> None:
    row = {"language": "es", "accept": ["también"], "answer": "tambien"}

    strict, forbidden = run(
        {**row, "policy": {"diacritics": "strict"}}, {**row, "forbidden": ["tambien"]}
    )

    assert (strict["correct"], strict["score"]) == (False, 0.0)
    assert forbidden["reasons"] == ["accent", "forbidden_word"]


def test_a_code_is_told_once_a_row_in_the_order_of_the_answer() -> None:
    row = {"language": "es", "accept": ["yo vivo aquí también"], "answer": "tu come aqui tambien"}

    assert run(row)[0]["reasons"] == ["wrong_word", "accent"]


def test_explaining_adds_the_nearest_form_and_each_rule_that_fired() -> None:
    row = {"language": "en", "accept": ["I do not know."], "answer": "i don't know"}

    (result,) = run(row, explain=True)

    assert result["reasons"] == []
    assert result["nearest"] == "I do not know."
    assert result["explain"] == [
        "i/I: capital and small letters differ: case",
        "don't/do not: “don't” may stand for “do not”: contraction",
        "∅/.: the punctuation differs from the accepted form's: punctuation",
    ]


GOOD = {"language": "en", "accept": ["a"], "answer": "a"}


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("{", "no JSON"),
        ("[1]", "JSON object"),
        ('{"language": "en", "accept": ["a"]}', "'answer' is missing"),
        ({**GOOD, "accept": "a"}, "'accept' must be a list"),
        ({**GOOD, "accept": []}, "accept-list is empty"),
        ({**GOOD, "accept": ["(a"]}, "never closed"),
        ({**GOOD, "answer": None}, "'answer' must be text"),
        ({**GOOD, "language": 7}, "'language' must be text"),
        ({**GOOD, "language": " "}, "'language' must be a code"),
        ({**GOOD, "accept": ["\ud800"]}, "nothing that can be seen"),
        ({**GOOD, "forbidden": "x"}, "'forbidden' must be a list"),
        ({**GOOD, "policy": ["x"]}, "must map rules"),
        ({**GOOD, "policy": {"accents": "warn"}}, "no rule 'accents'"),
        ({**GOOD, "policy": {"typo": "x"}}, "'x' is no severity"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_row_is_explained_with_its_line_and_marking_goes_on(row: Any, error: str) -> None:
    before, bad, after = run(GOOD, row, GOOD)

    assert before == after == {"correct": True, "score": 1.0, "reasons": []}
    assert (bad["line"], bad["code"]) == (2, "invalid_row")
    assert error in bad["error"]


def test_columns_of_ones_own_are_left_alone_and_named_so_that_a_misspelt_field_shows() -> None:
    row = {"id": 7, **GOOD, "forbiden": ["a"], "note": {"by": "Ana"}}

    assert run(row) == [
        {"correct": True, "score": 1.0, "reasons": [], "ignored": ["id", "forbiden", "note"]}
    ]


def test_what_is_ignored_is_told_beside_the_explanation_too() -> None:
    (result,) = run({**GOOD, "note": ""}, explain=True)

    assert (result["ignored"], result["nearest"]) == (["note"], "a")


def test_empty_lines_are_skipped_but_counted() -> None:
    (bad,) = run("", "  \n", "{")

    assert bad["line"] == 3


def test_what_is_no_character_can_still_be_printed() -> None:
    lines = list(mark_lines([r'{"language":"en","accept":["a"],"answer":"\ud800 b"}'], True))

    assert lines[0].encode("utf-8")
