"""Gaps in a text, filled by writing or from a bank of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import Field
from wagtail import blocks

from lyceum.plugin.exercises import (
    LONGEST_LIST,
    Accepted,
    AnswerModel,
    AnswerText,
    ExerciseKind,
    Graded,
    InvalidAnswer,
    Marking,
    Problem,
    TaskForm,
    TaughtLanguageBlock,
    named,
    shuffled,
)
from lyceum.plugin.marking import expand

from .gaps import MOST_GAPS, Gap, InvalidGaps, gaps_of, read_gaps
from .shown import ShownGaps
from .texts import folded, twice
from .written import mark_text, reasons_of, tried_beside


class FillBlankForm(TaskForm):
    language = TaughtLanguageBlock()
    text = blocks.TextBlock(
        label=gettext_lazy("Text"),
        max_length=3000,
        form_attrs={"data-pasted": "gaps"},
        help_text=gettext_lazy(
            "Put the accepted answers of each gap in braces: I {am|'m} from Spain."
        ),
    )
    word_bank = blocks.ListBlock(
        blocks.CharBlock(max_length=100),
        label=gettext_lazy("Word bank"),
        default=[],
        max_num=30,
        help_text=gettext_lazy(
            "Wrong words, shown mixed with the right ones. Leave it empty for no word bank."
        ),
    )

    class Meta:
        form_attrs = tried_beside("text")

    def problems(self, task: Mapping[str, Any]) -> Iterator[Problem]:
        try:
            gaps = gaps_of(read_gaps(task["text"]))
        except InvalidGaps as error:
            yield Problem(error.message, ("text",))
            return
        if not gaps:
            yield Problem(
                _("There is no gap yet. Put an answer in braces, as in: I {am|'m} from Spain."),
                ("text",),
            )
        if len(gaps) > MOST_GAPS:
            yield Problem(
                _("%(most)d gaps are the most; this has %(count)d.")
                % {"most": MOST_GAPS, "count": len(gaps)},
                ("text",),
            )
        answers = {folded(form) for gap in gaps for form in expand(gap.pattern)}
        for place, word in enumerate(task["word_bank"]):
            if folded(word) in answers:
                yield Problem(
                    _(
                        "“%(word)s” is the answer of a gap: answers are in the bank already. "
                        "List only wrong words."
                    )
                    % {"word": word},
                    ("word_bank", place),
                )
        for place, word in twice(task["word_bank"]):
            yield Problem(
                _("“%(word)s” is in the bank already.") % {"word": word}, ("word_bank", place)
            )


class Gaps(AnswerModel):
    """What the learner wrote in each gap, in the order of the gaps; "" for one left empty."""

    gaps: Annotated[list[AnswerText], Field(max_length=LONGEST_LIST)]


class FillBlank(ExerciseKind[Gaps]):
    name = "fill_blank"
    label = gettext_noop("Fill in the blanks")
    icon = "edit"
    Answer = Gaps
    Shown = ShownGaps

    def block(self) -> blocks.StructBlock:
        return FillBlankForm()

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        pieces = read_gaps(task["text"])
        numbers = iter(range(len(pieces)))
        return {
            "language": task["language"],
            "segments": [
                {"gap": next(numbers)} if isinstance(piece, Gap) else {"text": piece}
                for piece in pieces
            ],
            "bank": self._bank(gaps_of(pieces), task["word_bank"], seed),
        }

    def _bank(self, gaps: list[Gap], distractors: list[str], seed: str) -> list[str]:
        if not distractors:
            return []
        words = named([*(gap.first for gap in gaps), *distractors], seed=seed, role=self.name)
        return [word.text for word in shuffled(words, seed=seed, role=self.name)]

    def grade(
        self, task: Mapping[str, Any], answer: Gaps, *, seed: str, marking: Marking
    ) -> Graded:
        gaps = gaps_of(read_gaps(task["text"]))
        if len(answer.gaps) != len(gaps):
            raise InvalidAnswer(fields={"gaps": [f"This exercise has {len(gaps)} gaps."]})
        marks = [
            mark_text(text, accept=[gap.pattern], task=task, marking=marking)
            for gap, text in zip(gaps, answer.gaps, strict=True)
        ]
        return Graded(
            score=sum(mark.score for mark in marks) / len(gaps) if gaps else 0.0,
            correct=all(mark.correct for mark in marks),
            reasons=tuple(
                reason
                for number, mark in enumerate(marks)
                for reason in reasons_of(mark, part=f"gap:{number}")
            ),
        )

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {"gaps": [gap.first for gap in gaps_of(read_gaps(task["text"]))]}

    def accepted(self, task: Mapping[str, Any], *, seed: str, language: str) -> list[Accepted]:
        gaps = gaps_of(read_gaps(task["text"]))
        return [
            Accepted(expand(gap.pattern), str(number)) for number, gap in enumerate(gaps, start=1)
        ]
