"""Exercises for tests: two kinds so simple that a test says all about them in one word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import UUID

from wagtail import blocks

from content_types.models import Exercise, Lesson, LessonPrerequisite
from lyceum.accounts.models import User
from lyceum.content.exercises.kinds import (
    AnswerModel,
    AnswerText,
    ExerciseKind,
    Graded,
    Marking,
    Reason,
    exercise_kinds,
)
from lyceum.content.models import BasePage, Recording
from lyceum.kernel.identity import new_uuid
from lyceum.schools.current import CurrentSchool

_numbers = count(1)


class WordAnswer(AnswerModel):
    text: AnswerText


class OneWord(ExerciseKind[WordAnswer]):
    """Answered by a word; by another of the same length, half right."""

    name = "one_word"
    label = "One word"
    Answer = WordAnswer

    def block(self) -> blocks.StructBlock:
        return blocks.StructBlock([("word", blocks.CharBlock())])

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        return {}

    def grade(
        self, task: Mapping[str, Any], answer: WordAnswer, *, seed: str, marking: Marking
    ) -> Graded:
        word, text = task["word"], answer.text
        if marking.policy.get("case") != "strict":
            word, text = word.lower(), text.lower()
        if text == word:
            return Graded(score=1.0, correct=True, feedback=("Well done.",))
        reason = Reason("wrong_word", "This is another word.", end=len(answer.text))
        return Graded(
            score=0.5 if len(text) == len(word) else 0.0, correct=False, reasons=(reason,)
        )

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {"text": task["word"]}

    def after_marking(self, task: Mapping[str, Any], *, language: str) -> dict[str, Any]:
        return {"transcript": f"It says {task['word']}."}


class SpokenAnswer(AnswerModel):
    recording: UUID


class Aloud(ExerciseKind[SpokenAnswer]):
    """Answered by voice: it waits for review."""

    name = "aloud"
    label = "Aloud"
    answered_by_voice = True
    Answer = SpokenAnswer

    def block(self) -> blocks.StructBlock:
        return blocks.StructBlock([("word", blocks.CharBlock())])

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        return {}

    def grade(
        self, task: Mapping[str, Any], answer: SpokenAnswer, *, seed: str, marking: Marking
    ) -> Graded:
        return Graded(status="needs_review")

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {}


@contextmanager
def simple_kinds() -> Iterator[None]:
    """Have the two kinds in the registry for the length of a block."""
    kinds: list[ExerciseKind[Any]] = [OneWord(), Aloud()]
    for kind in kinds:
        exercise_kinds.register(kind.name, kind)
    try:
        yield
    finally:
        for kind in kinds:
            del exercise_kinds._things[kind.name]


def an_exercise(
    parent: BasePage,
    word: str = "dog",
    *,
    kind: str = "one_word",
    hints: tuple[str, ...] = (),
    published: bool = True,
    **fields: Any,
) -> Exercise:
    """Make an exercise that is right when answered by `word`."""
    number = next(_numbers)
    exercise = Exercise(
        title_en=f"Exercise {number}",
        live=published,
        slug=f"exercise-{number}",
        task=json.dumps([{"type": kind, "value": {"word": word}}]),
        hints=json.dumps([{"type": "hint", "value": hint} for hint in hints]),
        **fields,
    )
    parent.add_child(instance=exercise)
    return exercise


def require(lesson: Lesson, required: Lesson) -> None:
    """Make a lesson open only once another is done."""
    LessonPrerequisite.objects.create(lesson=lesson, required=required)


def a_recording(school: CurrentSchool, owner: User) -> Recording:
    return Recording.objects.create(
        school_id=school.id,
        owner=owner,
        file="recordings/x",
        content_type="audio/ogg",
        size=1,
        uuid=new_uuid(),
    )
