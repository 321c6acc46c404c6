"""The probe's kind of exercise: say a word again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail import blocks

from lyceum.plugin.exercises import AnswerModel, AnswerText, ExerciseKind, Graded, Marking


class Echo(AnswerModel):
    said: AnswerText


class EchoKind(ExerciseKind[Echo]):
    """Say it again: right where the very word is said."""

    name = "probe_echo"
    label = "Say it again (probe)"
    Answer = Echo

    def block(self) -> blocks.StructBlock:
        return blocks.StructBlock([("word", blocks.CharBlock(max_length=20))])

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        return {"letters": len(task["word"])}

    def grade(
        self, task: Mapping[str, Any], answer: Echo, *, seed: str, marking: Marking
    ) -> Graded:
        right = answer.said == task["word"]
        return Graded(score=float(right), correct=right)

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {"said": task["word"]}


KINDS = (EchoKind(),)
