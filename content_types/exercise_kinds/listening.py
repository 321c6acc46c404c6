"""A sound to be understood, answered in any written form or by dictation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import BaseModel, RootModel
from wagtail import blocks

from lyceum.plugin.exercises import (
    Accepted,
    AudioBlock,
    ExerciseKind,
    Graded,
    InPlaceError,
    Marking,
    Reading,
    TaskForm,
    TaughtLanguageBlock,
    UnfinishedTask,
    from_plain,
    plain,
    struct_from_plain,
)

from .dictation import Dictation
from .drag_drop import DragDrop, Order
from .fill_blank import FillBlank, Gaps
from .matching import Matching, Pairs
from .multiple_choice import Choices, MultipleChoice
from .shown import ShownSound
from .written import Written

FORMS: dict[str, ExerciseKind[Any]] = {
    kind.name: kind for kind in (MultipleChoice(), FillBlank(), Matching(), DragDrop(), Dictation())
}


class AnswerFormBlock(blocks.StreamBlock):
    """One form of another kind; its plain value is that form's, with its `kind` beside."""

    def __init__(self, **kwargs: Any) -> None:
        forms = [(kind.name, kind.form()) for kind in FORMS.values()]
        super().__init__(forms, min_num=1, max_num=1, **kwargs)

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        try:
            return super().clean(value)
        except blocks.StreamBlockValidationError as error:
            raise InPlaceError(error.block_errors, error.non_block_errors) from None

    def plain_value(self, value: blocks.StreamValue) -> dict[str, Any]:
        return next(({"kind": c.block_type, **plain(c.value)} for c in value), {})

    def value_from_plain(self, data: Any, reading: Reading) -> blocks.StreamValue:
        kind = data.get("kind") if isinstance(data, Mapping) else None
        if not isinstance(kind, str) or kind not in FORMS:
            reading.inside("kind").complain(f"Name one of these: {', '.join(FORMS)}.")
            return self.empty_value()
        task = {name: value for name, value in data.items() if name != "kind"}
        return self.normalize([(kind, from_plain(self.child_blocks[kind], task, reading))])


class ListeningForm(TaskForm):
    language = TaughtLanguageBlock()
    audio = AudioBlock(label=gettext_lazy("Audio"))
    transcript = blocks.TextBlock(
        label=gettext_lazy("Transcript"),
        max_length=5000,
        help_text=gettext_lazy("Shown to learners once they have answered."),
    )
    form = AnswerFormBlock(label=gettext_lazy("Answered by"))

    def value_from_plain(self, data: Any, reading: Reading) -> Any:
        # What is heard and what is answered are in one language unless the author says so.
        if isinstance(data, Mapping) and isinstance(data.get("form"), Mapping):
            form = {"language": data.get("language", "en"), **data["form"]}
            data = {**data, "form": form}
        return struct_from_plain(self, data, reading)


class ListeningAnswer(RootModel[Choices | Gaps | Pairs | Order | Written]):
    """An answer in the shape that the exercise's form has."""


class Listening(ExerciseKind[BaseModel]):
    name = "listening"
    label = gettext_noop("Listening")
    icon = "media"
    Answer = ListeningAnswer
    Shown = ShownSound

    def block(self) -> blocks.StructBlock:
        return ListeningForm()

    def answer_model(self, task: Mapping[str, Any]) -> type[BaseModel]:
        return form_of(task).Answer

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        form = form_of(task)
        shown = form.present(task["form"], seed=seed, language=language)
        return {
            "language": task["language"],
            "audio": {"id": task["audio"]},
            "form": {"kind": form.name, **shown},
        }

    def grade(
        self, task: Mapping[str, Any], answer: BaseModel, *, seed: str, marking: Marking
    ) -> Graded:
        form = form_of(task)
        given = answer.root if isinstance(answer, ListeningAnswer) else answer
        if not isinstance(given, form.Answer):
            given = form.read_answer(given.model_dump(), task=task["form"])
        return form.grade(task["form"], given, seed=seed, marking=marking)

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return form_of(task).solution(task["form"], seed=seed)

    def accepted(self, task: Mapping[str, Any], *, seed: str, language: str) -> list[Accepted]:
        return form_of(task).accepted(task["form"], seed=seed, language=language)

    def after_marking(self, task: Mapping[str, Any], *, language: str) -> dict[str, Any]:
        return {"transcript": task["transcript"]}


def form_of(task: Mapping[str, Any]) -> ExerciseKind[Any]:
    """Return the kind that a task is answered by. :raises UnfinishedTask: if it has none yet"""
    kind = FORMS.get(task["form"].get("kind", ""))
    if kind is None:
        raise UnfinishedTask("This listening exercise has no form of answer yet.")
    return kind
