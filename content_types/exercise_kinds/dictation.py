"""Writing down what is heard: a form that only listening has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop
from wagtail import blocks

from lyceum.plugin.exercises import (
    Accepted,
    ExerciseKind,
    Graded,
    Marking,
    Problem,
    TaskForm,
    TaughtLanguageBlock,
)

from .written import (
    Written,
    accept_block,
    accept_problems,
    accepted_forms,
    first_form,
    mark_text,
    reasons_of,
    tried_beside,
)


class DictationForm(TaskForm):
    language = TaughtLanguageBlock()
    accept = accept_block()

    class Meta:
        form_attrs = tried_beside("accept")

    def problems(self, task: Mapping[str, Any]) -> Iterator[Problem]:
        yield from accept_problems(task["accept"])


class Dictation(ExerciseKind[Written]):
    name = "dictation"
    label = gettext_noop("Dictation")
    icon = "pilcrow"
    Answer = Written

    def block(self) -> blocks.StructBlock:
        return DictationForm()

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        return {"language": task["language"]}

    def grade(
        self, task: Mapping[str, Any], answer: Written, *, seed: str, marking: Marking
    ) -> Graded:
        marked = mark_text(answer.text, accept=task["accept"], task=task, marking=marking)
        return Graded(score=marked.score, correct=marked.correct, reasons=tuple(reasons_of(marked)))

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {"text": first_form(task["accept"])}

    def accepted(self, task: Mapping[str, Any], *, seed: str, language: str) -> list[Accepted]:
        return accepted_forms(task["accept"])
