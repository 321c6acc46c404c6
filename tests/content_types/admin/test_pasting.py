"""A pasted list: what each line becomes, what is said of those that become nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail import blocks

from content_types.exercise_kinds import KINDS
from content_types.pasted.gaps import gap_lines_of
from content_types.pasted.rows import BadLine, Row, can_be_pasted, rows_of
from tests.content_types.exercise_kinds.tasks import a_matching, kind_named
from tests.pages import a_lesson, an_exercise
from tests.people import a_member, a_school, signed_in

ADDRESS = "/admin/exercises/read-list/"


def read(kind: str, *path: str, text: str, there: int = 0) -> tuple[list[Any], dict[int, str]]:
    """Return the cells of the rows that fit, and what is said of other lines by number."""
    block: Any = kind_named(kind).form()
    for step in path:
        block = block.child_blocks[step]
    return told(rows_of(block, text, there=there))


def read_gaps(text: str, *, written: str = "") -> tuple[list[Any], dict[int, str]]:
    return told(gap_lines_of(text, written=written, longest=3000))


def told(made: list[Row | BadLine]) -> tuple[list[Any], dict[int, str]]:
    rows = [each.cells for each in made if isinstance(each, Row) and each.fits]
    return rows, {each.line.number: each.message for each in made if isinstance(each, BadLine)}


@pytest.mark.parametrize("between", ["\t", ";", " ; ", "؛", " = ", " - ", " – "])
def test_columns_are_parted_as_spreadsheets_and_people_part_them(between):
    text = f"well-known{between}conocido\r\n\r\nيوم{between}día\t\n"

    assert read("matching", "pairs", text=text) == (
        [("well-known", "conocido"), ("يوم", "día")],
        {},
    )


def test_a_dash_within_the_last_column_stays_and_quotes_of_spreadsheets_go():
    text = '"say ""hi"""\tdecir\n"I" am\tyo - soy'

    assert read("matching", "pairs", text=text)[0] == [
        ('say "hi"', "decir"),
        ('"I" am', "yo - soy"),
    ]


def test_lines_that_make_no_row_are_told_by_number_and_the_others_kept():
    text = f"cat\tgato\nmouse\n\ndog\tperro\tchien\nhen\t{'x' * 301}\ncat\tgato\ncow\tvaca"
    rows, bad = read("matching", "pairs", text=text)

    assert rows == [("cat", "gato"), ("cow", "vaca")]
    assert list(bad) == [2, 4, 5, 6]
    assert bad[2] == "2 columns are needed (Left, Right); here: 1."
    assert bad[5].startswith("Right: ")
    assert bad[6] == "This is line 1 again."


def test_what_is_beyond_the_limit_does_not_fit():
    text = "\n".join(f"left {n} = right {n}" for n in range(25))

    assert len(read("matching", "pairs", text=text)[0]) == 20
    assert len(read("matching", "pairs", text=text, there=18)[0]) == 2


def test_correct_options_are_marked_before_or_behind():
    text = "* a cat\na dog\nred; x\na; b\nno - way\ttrue"

    assert read("multiple_choice", "options", text=text)[0] == [
        ("a cat", "✓"),
        ("a dog", ""),
        ("red", "✓"),
        ("a; b", ""),
        ("no - way", "✓"),
    ]


def test_a_list_of_one_column_takes_lines_as_they_are():
    assert read("drag_drop", "items", text="I; you\nwe - they")[0] == [("I; you",), ("we - they",)]
    assert read("translation", "accept", text="a\tb") == (
        [],
        {1: "There are 2 columns; this list has one."},
    )
    assert read("drag_drop", "also", text="b\ta\tc")[0] == [("b", "a", "c")]
    assert read("listening", "form", "matching", "pairs", text="a\tb")[0] == [("a", "b")]


def test_sentences_with_blanks_become_sentences_with_gaps():
    text = "I ___ from Spain = am|'m\nWe {are} = { here }\ncat = gato\na} __ = b"

    assert read_gaps(text) == (
        [
            ("I {am|'m} from Spain",),
            ("We {are} = { here }",),
            ("cat = {gato}",),
            ("a\\} {b}",),
        ],
        {},
    )
    assert read_gaps("He ___ and __\tis\twas\ncat\tgato")[0] == [
        ("He {is} and {was}",),
        ("cat {gato}",),
    ]


def test_sentences_without_an_answer_for_each_gap_are_told():
    rows, bad = read_gaps("I ___ here\nI __ and ___ = am\nI __ = a(m\n{open\nyou ___ = are")

    assert rows == [("you {are}",)]
    assert list(bad) == [1, 2, 3, 4]


def test_no_more_gaps_fit_than_a_text_takes():
    text = "\n".join(f"word {n} = answer" for n in range(31))

    assert len(read_gaps(text)[0]) == 30
    assert len(read_gaps(text, written="{one} and {two}")[0]) == 28


@pytest.fixture
def creator(db: None) -> tuple[Client, Any]:
    school = a_school("toto")
    exercise = an_exercise(a_lesson(school), task=[{"type": "matching", "value": a_matching()}])
    return signed_in(a_member(school, "manager"), "toto"), exercise


def ask(browser: Client, exercise: Any, **asked: Any) -> Any:
    sent = {"page": exercise.pk, "kind": "matching", "path": ["pairs"], "text": "a = b", **asked}
    return browser.post(ADDRESS, sent, content_type="application/json")


def test_the_editor_gets_rows_as_its_form_takes_them(creator):
    told = ask(*creator, text="horse\tcaballo\nmouse").json()

    assert told["limit"] == "20 entries at most."
    assert told["rows"][0]["state"] == {"left": "horse", "right": "caballo"}
    assert [bad["line"] for bad in told["bad"]] == [2]
    in_text = ask(*creator, kind="fill_blank", path=["text"], text="a __ = b", written="{c}").json()
    assert in_text["rows"][0]["state"] == "a {b}"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": ["pairs", "left"]}, 422),
        ({"path": ["nowhere"]}, 422),
        ({"path": []}, 422),
        ({"kind": "unheard_of"}, 404),
        ({"text": "x" * 50_001}, 422),
        ({"kind": "fill_blank", "path": ["text"], "written": "{open"}, 422),
    ],
)
def test_a_list_that_is_not_there_is_a_problem(creator, asked, status):
    assert ask(*creator, **asked).status_code == status


def test_only_who_may_write_the_exercise_is_answered(creator):
    _, exercise = creator
    stranger = signed_in(a_member(a_school("learnify"), "manager"), "learnify")

    assert ask(stranger, exercise).status_code == 404


def test_every_list_of_every_kind_takes_a_pasted_one():
    lists = [
        block
        for kind in KINDS
        for block in kind.form().child_blocks.values()
        if isinstance(block, blocks.ListBlock)
    ]
    assert lists
    assert all(map(can_be_pasted, lists))
