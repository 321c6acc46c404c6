"""A given sentence to be said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop
from wagtail import blocks

from lyceum.plugin.exercises import (
    AudioBlock,
    ExerciseKind,
    Graded,
    Marking,
    TaskForm,
    TaughtLanguageBlock,
)

from .shown import ShownSentence
from .spoken import Spoken, for_review


class SpeakingForm(TaskForm):
    language = TaughtLanguageBlock()
    sentence = blocks.CharBlock(max_length=500, label=gettext_lazy("Sentence"))
    audio = AudioBlock(
        required=False,
        label=gettext_lazy("Model"),
        help_text=gettext_lazy("The sentence as it should sound."),
    )


class Speaking(ExerciseKind[Spoken]):
    name = "speaking"
    label = gettext_noop("Speaking")
    icon = "openquote"
    answered_by_voice = True
    Answer = Spoken
    Shown = ShownSentence

    def block(self) -> blocks.StructBlock:
        return SpeakingForm()

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        shown: dict[str, Any] = {"language": task["language"], "sentence": task["sentence"]}
        if task["audio"]:
            shown["audio"] = {"id": task["audio"]}
        return shown

    def grade(
        self, task: Mapping[str, Any], answer: Spoken, *, seed: str, marking: Marking
    ) -> Graded:
        return for_review()

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {}
