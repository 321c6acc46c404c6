"""Pairs to be found: each thing on the left belongs to one on the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import Field
from wagtail import blocks

from lyceum.plugin.exercises import (
    LONGEST_LIST,
    AnswerModel,
    ExerciseKind,
    Graded,
    InvalidAnswer,
    Item,
    ItemId,
    Marking,
    Problem,
    Reason,
    TaskForm,
    TaughtLanguageBlock,
    named,
    shuffled,
)

from .shown import ShownPairs
from .texts import twice

LEFT, RIGHT = "matching.left", "matching.right"


class PairForm(blocks.StructBlock):
    left = blocks.CharBlock(max_length=300, label=gettext_lazy("Left"))
    right = blocks.CharBlock(max_length=300, label=gettext_lazy("Right"))


class MatchingForm(TaskForm):
    language = TaughtLanguageBlock()
    pairs = blocks.ListBlock(PairForm(), max_num=20, label=gettext_lazy("Pairs"))
    distractors = blocks.ListBlock(
        blocks.CharBlock(max_length=300),
        label=gettext_lazy("Distractors"),
        default=[],
        max_num=12,
        help_text=gettext_lazy("Texts for the right side that belong to nothing on the left."),
    )

    def problems(self, task: Mapping[str, Any]) -> Iterator[Problem]:
        pairs = task["pairs"]
        if len(pairs) < 2:
            yield Problem(_("Give two pairs at least: one alone matches itself."), ("pairs",))
        for place, text in twice(pair["left"] for pair in pairs):
            yield Problem(
                _("“%(text)s” is on the left already: learners could not tell them apart.")
                % {"text": text},
                ("pairs", place, "left"),
            )
        for place, text in twice([*(pair["right"] for pair in pairs), *task["distractors"]]):
            beyond = place - len(pairs)
            path = ("pairs", place, "right") if beyond < 0 else ("distractors", beyond)
            yield Problem(
                _("“%(text)s” is on the right already: learners could not tell them apart.")
                % {"text": text},
                path,
            )


class Pairs(AnswerModel):
    """From the id of a thing on the left to the id of its partner on the right."""

    pairs: Annotated[dict[ItemId, ItemId], Field(max_length=LONGEST_LIST)]


class Matching(ExerciseKind[Pairs]):
    name = "matching"
    label = gettext_noop("Matching")
    icon = "link"
    Answer = Pairs
    Shown = ShownPairs

    def block(self) -> blocks.StructBlock:
        return MatchingForm()

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        left, right = sides(task, seed)
        return {
            "language": task["language"],
            "left": [item.shown() for item in shuffled(left, seed=seed, role=LEFT)],
            "right": [item.shown() for item in shuffled(right, seed=seed, role=RIGHT)],
        }

    def grade(
        self, task: Mapping[str, Any], answer: Pairs, *, seed: str, marking: Marking
    ) -> Graded:
        left, right = sides(task, seed)
        check_pairs(answer, left, right)
        partners = self.solution(task, seed=seed)["pairs"]
        found = [name for name, partner in partners.items() if answer.pairs.get(name) == partner]
        reasons = [
            Reason("wrong_pair", "These two do not belong together.", part=f"pair:{name}")
            for name in answer.pairs
            if name not in found
        ]
        if len(answer.pairs) < len(partners):
            reasons.append(Reason("missing_pair", "Not everything has its partner yet."))
        return Graded(
            score=len(found) / len(partners) if partners else 0.0,
            correct=len(found) == len(partners),
            reasons=tuple(reasons),
        )

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        left, right = sides(task, seed)
        # Distractors are the last on the right, and have no partner.
        return {"pairs": {a.id: b.id for a, b in zip(left, right, strict=False)}}


def sides(task: Mapping[str, Any], seed: str) -> tuple[list[Item], list[Item]]:
    """Return both sides in the creator's order, distractors last."""
    left = [pair["left"] for pair in task["pairs"]]
    right = [*(pair["right"] for pair in task["pairs"]), *task["distractors"]]
    return named(left, seed=seed, role=LEFT), named(right, seed=seed, role=RIGHT)


def check_pairs(answer: Pairs, left: list[Item], right: list[Item]) -> None:
    """:raises InvalidAnswer: if the answer pairs what this exercise does not have"""
    if not answer.pairs.keys() <= {item.id for item in left}:
        raise InvalidAnswer(fields={"pairs": ["Name things on the left of this exercise."]})
    partners = list(answer.pairs.values())
    if not set(partners) <= {item.id for item in right}:
        raise InvalidAnswer(fields={"pairs": ["Name partners on the right of this exercise."]})
    if len(set(partners)) < len(partners):
        raise InvalidAnswer(fields={"pairs": ["Give each partner once."]})
