"""Learners' answers at English with Toto get the marks that a good teacher gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from lyceum.plugin.exercises import Graded, Marking, exercise_kinds
from tests.courses.school import exercises_of, school_named, task_of

ANSWERS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("toto_answers.yaml").read_text()
)
MARKS = ("right", "slip", "wrong")


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_gets_the_mark_that_a_good_teacher_gives(path: str) -> None:
    told = [
        f"{mark_of(row)}: {text_of(row)!r} was marked {given}"
        for row in ANSWERS[path]
        if not agrees(row, given := verdict(graded(path, row)))
    ]

    assert told == []


def test_the_answers_are_of_every_level_subcategory_and_way_of_writing() -> None:
    exercises = exercises_of("toto")
    written = [(exercises[path], rows) for path, rows in ANSWERS.items()]
    lessons = {path.rpartition("/")[0] for path in ANSWERS}

    assert sum(len(rows) for _, rows in written) >= 100
    assert len({"/".join(lesson.split("/")[:2]) for lesson in lessons if "/" in lesson}) == 12
    assert {level_of(lesson) for lesson in lessons if "/" in lesson} == {"A1", "A2", "B1", "B2"}
    assert {form_of(node.fields) for node, _ in written} == {
        "fill_blank",
        "translation",
        "listening to fill_blank",
        "listening to dictation",
    }


def test_the_answers_are_marked_by_the_rules_of_the_house() -> None:
    """A rule that the school made for itself would have to be laid over the exercises' own."""
    assert not {"marking", "marking_by_kind"} & set(school_named("toto").rules)


def graded(path: str, row: dict[str, Any]) -> Graded:
    """Mark an answer as the learning room does, with the exercise's own rules."""
    node = exercises_of("toto")[path]
    kind, task = exercise_kinds[node.fields.kind], task_of(node)
    answer: dict[str, Any] = {"text": text_of(row)}
    if "gap" in row:
        answer = kind.solution(task, seed="")
        answer["gaps"][row["gap"]] = text_of(row)
    marking = Marking(policy=dict(node.fields.marking))
    return kind.grade(task, kind.read_answer(answer, task=task), seed="", marking=marking)


def verdict(graded: Graded) -> tuple[str, set[str]]:
    """Return a mark in a teacher's word, with what is said of the answer."""
    codes = {reason.code for reason in graded.reasons}
    if not graded.correct:
        return "wrong", codes
    return ("slip" if codes else "right"), codes


def agrees(row: dict[str, Any], given: tuple[str, set[str]]) -> bool:
    mark, codes = given
    return mark == mark_of(row) and ("told" not in row or set(row["told"]) <= codes)


def mark_of(row: dict[str, Any]) -> str:
    (mark,) = set(MARKS) & set(row)
    return mark


def text_of(row: dict[str, Any]) -> str:
    text: str = row[mark_of(row)]
    return text


def level_of(lesson: str) -> str:
    exercises = exercises_of("toto").values()
    node = next(node for node in exercises if "/".join(node.path[:-1]) == lesson)
    level: str = node.source.data["level"]
    return level


def form_of(fields: Any) -> str:
    form = fields.task.get("form")
    return f"{fields.kind} to {form['kind']}" if form else str(fields.kind)
