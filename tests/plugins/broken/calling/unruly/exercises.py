"""Its kind of exercise, which is marked as the answer says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail import blocks

from lyceum.plugin.exercises import AnswerModel, AnswerText, ExerciseKind, Graded, Marking
from plugins.unruly import parts


class Part(AnswerModel):
    how: AnswerText


class PartKind(ExerciseKind[Part]):
    """Right, if it ever is marked."""

    name = "unruly_part"
    label = "Play a part"
    Answer = Part

    def block(self) -> blocks.StructBlock:
        return blocks.StructBlock([("word", blocks.CharBlock())])

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        return {}

    def grade(
        self, task: Mapping[str, Any], answer: Part, *, seed: str, marking: Marking
    ) -> Graded:
        parts.play(answer.how)
        return Graded(score=1.0, correct=True)

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {}


KINDS = (PartKind(),)
