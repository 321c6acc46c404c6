"""A prompt to be answered freely, by voice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop
from wagtail import blocks

from lyceum.plugin.exercises import ExerciseKind, Graded, Marking, TaskForm, TaughtLanguageBlock

from .shown import ShownPrompt
from .spoken import Spoken, for_review


class VoiceResponseForm(TaskForm):
    language = TaughtLanguageBlock()
    prompt = blocks.TextBlock(max_length=1000, label=gettext_lazy("Prompt"))
    seconds = blocks.IntegerBlock(
        label=gettext_lazy("Seconds"),
        default=60,
        min_value=5,
        max_value=600,
        help_text=gettext_lazy("The longest recording."),
    )
    model_answer = blocks.TextBlock(
        label=gettext_lazy("Model answer"),
        max_length=2000,
        help_text=gettext_lazy("Shown to learners once they have answered."),
    )


class VoiceResponse(ExerciseKind[Spoken]):
    name = "voice_response"
    label = gettext_noop("Voice response")
    icon = "comment"
    answered_by_voice = True
    Answer = Spoken
    Shown = ShownPrompt

    def block(self) -> blocks.StructBlock:
        return VoiceResponseForm()

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        return {name: task[name] for name in ("language", "prompt", "seconds")}

    def grade(
        self, task: Mapping[str, Any], answer: Spoken, *, seed: str, marking: Marking
    ) -> Graded:
        return for_review()

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {}

    def after_marking(self, task: Mapping[str, Any], *, language: str) -> dict[str, Any]:
        return {"model_answer": task["model_answer"]}
