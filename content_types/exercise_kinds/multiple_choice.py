"""Choosing: one or more of two to eight options are right."""

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
    ImageBlock,
    InvalidAnswer,
    Item,
    ItemId,
    Marking,
    Problem,
    Reason,
    TaskForm,
    TaughtLanguageBlock,
    TranslatedTextBlock,
    in_language,
    named,
    shuffled,
)

from .shown import ShownChoices
from .texts import holds, twice


class OptionForm(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, label=gettext_lazy("Text"))
    correct = blocks.BooleanBlock(required=False, label=gettext_lazy("Correct"))
    feedback = TranslatedTextBlock(
        required=False,
        label=gettext_lazy("Feedback"),
        max_length=500,
        help_text=gettext_lazy("Told to those who choose this option."),
    )


class MultipleChoiceForm(TaskForm):
    language = TaughtLanguageBlock()
    question = blocks.CharBlock(max_length=1000, label=gettext_lazy("Question"))
    options = blocks.ListBlock(OptionForm(), min_num=2, max_num=8, label=gettext_lazy("Options"))
    multiple = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("Several may be chosen"),
        help_text=gettext_lazy(
            "Learners are always told so where several options are correct. Tick it too "
            "where one is, and the number of correct options stays open."
        ),
    )
    image = ImageBlock(required=False, label=gettext_lazy("Image"))

    def problems(self, task: Mapping[str, Any]) -> Iterator[Problem]:
        texts = [option["text"] for option in task["options"]]
        if not any(option["correct"] for option in task["options"]):
            yield Problem(_("Mark at least one option as correct."), ("options",))
        for place, text in twice(texts):
            yield Problem(
                _("“%(text)s” is an option already.") % {"text": text}, ("options", place, "text")
            )
        if told := told_by_alt(task):
            yield Problem(
                _("This tells the answer: “%(told)s”. Describe what is seen without naming it.")
                % {"told": told},
                ("image", "alt"),
            )


class Choices(AnswerModel):
    """The ids of the options chosen, in any order."""

    choices: Annotated[list[ItemId], Field(max_length=LONGEST_LIST)]


class MultipleChoice(ExerciseKind[Choices]):
    name = "multiple_choice"
    label = gettext_noop("Multiple choice")
    icon = "list-ul"
    Answer = Choices
    Shown = ShownChoices

    def block(self) -> blocks.StructBlock:
        return MultipleChoiceForm()

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        options = shuffled(items_of(task, seed), seed=seed, role=self.name)
        shown: dict[str, Any] = {
            "language": task["language"],
            "question": task["question"],
            "multiple": takes_several(task),
            "options": [option.shown() for option in options],
        }
        if image := task.get("image"):
            alt = "" if told_by_alt(task) else image["alt"]
            shown["image"] = {"id": image["file"], "alt": alt}
        return shown

    def grade(
        self, task: Mapping[str, Any], answer: Choices, *, seed: str, marking: Marking
    ) -> Graded:
        items = items_of(task, seed)
        chosen = check_choices(answer, items, several=takes_several(task))
        options = {item.id: option for item, option in zip(items, task["options"], strict=True)}
        correct = {name for name, option in options.items() if option["correct"]}
        right, wrong = len(chosen & correct), len(chosen - correct)
        score = max(0, right - wrong) / len(correct) if correct else 0.0
        reasons = [
            Reason("wrong_choice", "This option does not belong here.", part=f"choice:{name}")
            for name in answer.choices
            if name not in correct
        ]
        if right < len(correct) and not wrong:
            reasons.append(Reason("missing_choice", "There is more to choose."))
        told = (
            in_language(options[c].get("feedback", {}), marking.reader_language)[1]
            for c in answer.choices
        )
        return Graded(
            score=score,
            correct=chosen == correct,
            reasons=tuple(reasons),
            feedback=tuple(text for text in told if text),
        )

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        items = zip(items_of(task, seed), task["options"], strict=True)
        return {"choices": [item.id for item, option in items if option["correct"]]}


def items_of(task: Mapping[str, Any], seed: str) -> list[Item]:
    return named((o["text"] for o in task["options"]), seed=seed, role=MultipleChoice.name)


def takes_several(task: Mapping[str, Any]) -> bool:
    return task.get("multiple", False) or sum(bool(o["correct"]) for o in task["options"]) > 1


def check_choices(answer: Choices, items: list[Item], *, several: bool) -> set[str]:
    """Return the ids chosen. :raises InvalidAnswer: if they are not this exercise's."""
    known = {item.id for item in items}
    chosen = set(answer.choices)
    if chosen - known or len(chosen) < len(answer.choices):
        raise InvalidAnswer(fields={"choices": ["Name options of this exercise, each once."]})
    if len(chosen) > 1 and not several:
        raise InvalidAnswer(fields={"choices": ["One option may be chosen here."]})
    return chosen


def told_by_alt(task: Mapping[str, Any]) -> str:
    """Return the correct option that an image's alternative text names; "" if it names none."""
    alt = task.get("image", {}).get("alt", "")
    # Words as short as “a” stand in most texts, whatever the answer; figures count.
    telling = [o for o in task["options"] if len(o["text"]) > 2 or o["text"].isdigit()]
    named_ones = [option for option in telling if holds(alt, option["text"])]
    # An alternative text that names right and wrong options alike tells nothing.
    if all(option["correct"] for option in named_ones):
        return next((option["text"] for option in named_ones), "")
    return ""
