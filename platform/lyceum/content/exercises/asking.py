"""Asking a kind of exercise: the platform's own as it is, a plugin's on the clock and outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from pydantic import BaseModel

from lyceum.content.exercises.kinds import ExerciseKind, Graded, Marking, owners_of_kinds
from lyceum.kernel.errors import Unavailable
from lyceum.kernel.plugins.guarding import called, noting
from lyceum.schools.current import CurrentSchool

T = TypeVar("T")


class KindFailed(Unavailable):
    """
    The plugin that brought this kind of exercise broke, or took too long, over the exercise.

    Nothing was recorded, and no attempt is used up. Keep the answer, and send it again in a while
    with the same `client_id`; what keeps failing is switched off, and is `kind_unavailable` then.
    """

    code = "kind_failed"
    detail = "This kind of exercise is at fault at the moment. Nothing was recorded: send it again."


def read_answer(
    kind: ExerciseKind[Any], data: Any, task: Mapping[str, Any], *, school: CurrentSchool
) -> tuple[BaseModel, dict[str, Any]]:
    """
    Return what a client sent, as an answer to grade and as JSON types to keep.

    :raises InvalidAnswer: with the fields that are wrong
    :raises KindFailed: if the kind is a plugin's, which broke
    """

    def read() -> tuple[BaseModel, dict[str, Any]]:
        answer = kind.read_answer(data, task=task)
        return answer, answer.model_dump(mode="json")

    return ask_kind(kind, "read_answer", read, school=school)


def grade(
    kind: ExerciseKind[Any],
    task: Mapping[str, Any],
    answer: BaseModel,
    *,
    seed: str,
    marking: Marking,
    school: CurrentSchool,
) -> Graded:
    """
    Return the mark of an answer.

    :raises InvalidAnswer: if it names things that the exercise does not have
    :raises UnfinishedTask: if the task is a draft that cannot be read
    :raises KindFailed: if the kind is a plugin's, which broke, or made no mark of it
    """

    def mark() -> Graded:
        graded: Graded = kind.grade(task, answer, seed=seed, marking=marking)
        if kind.name in owners_of_kinds:
            _check_mark(graded)
        return graded

    return ask_kind(kind, "grade", mark, school=school)


def given_away(
    kind: ExerciseKind[Any],
    task: Mapping[str, Any],
    *,
    seed: str,
    language: str,
    school: CurrentSchool,
) -> dict[str, Any]:
    """
    Return a task's `solution` and what is told `afterwards`, each if there is one.

    :raises KindFailed: if the kind is a plugin's, which broke
    """

    def tell() -> dict[str, Any]:
        told = {
            "solution": kind.solution(task, seed=seed),
            # A transcript of what was heard is the solution of a dictation.
            "afterwards": kind.after_marking(task, language=language),
        }
        if kind.name in owners_of_kinds:
            _check_json(told)
        return {name: value for name, value in told.items() if value}

    return ask_kind(kind, "solution", tell, school=school)


def is_asked_outside(kind: ExerciseKind[Any]) -> bool:
    """Return whether a kind is a plugin's, which is asked outside of transactions alone."""
    return kind.name in owners_of_kinds


def ask_kind(
    kind: ExerciseKind[Any], doing: str, function: Callable[[], T], *, school: CurrentSchool | None
) -> T:
    """
    Return what a function returns that asks a kind: guarded if the kind is a plugin's.

    :param doing: what it is asked for, in a word
    :param school: where; None where it is no school's, and nobody is told of a failure
    :raises KindFailed: if the kind is a plugin's, which broke
    """
    owner = owners_of_kinds.get(kind.name)
    if owner is None or school is None:
        return function()
    with noting(KindFailed):
        return called(owner, f"exercises.{kind.name}.{doing}"[:100], function, school=school)


def _check_mark(graded: object) -> None:
    """Refuse what is no mark: it would spoil scores that the platform adds up."""
    if not isinstance(graded, Graded):
        raise TypeError(f"`grade` returned a {type(graded).__name__}.")
    is_marked = graded.status == "marked"
    if is_marked != (graded.score is not None) or is_marked != isinstance(graded.correct, bool):
        raise TypeError("A mark has `score` and `correct`; what waits for review has neither.")
    if graded.score is not None and not 0 <= graded.score <= 1:
        raise ValueError(f"A score of {graded.score} is not from 0 to 1.")
    _check_json(asdict(graded))


def _check_json(told: Any) -> None:
    json.dumps(told, allow_nan=False)
