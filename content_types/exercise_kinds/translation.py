"""A sentence to be said in another language, in writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from wagtail import blocks

from lyceum.plugin.exercises import (
    Accepted,
    ExerciseKind,
    Graded,
    Marking,
    Problem,
    TaskForm,
    TaughtLanguageBlock,
    TranslatedTextBlock,
    in_language,
)
from lyceum.plugin.marking import expand

from .shown import ShownSource
from .texts import folded, holds
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


class TranslationForm(TaskForm):
    language = TaughtLanguageBlock(label=gettext_lazy("Language to answer in"))
    source = TranslatedTextBlock(
        label=gettext_lazy("Source"),
        max_length=1000,
        help_text=gettext_lazy("The sentence to translate, for readers of each language."),
    )
    accept = accept_block()
    forbidden = blocks.ListBlock(
        blocks.CharBlock(max_length=100),
        default=[],
        max_num=30,
        label=gettext_lazy("Forbidden words"),
        help_text=gettext_lazy("An answer with one of these is wrong, however good the rest is."),
    )

    class Meta:
        form_attrs = tried_beside("accept")

    def problems(self, task: Mapping[str, Any]) -> Iterator[Problem]:
        broken = [
            *accept_problems(task["accept"]),
            *accept_problems(task["forbidden"], "forbidden"),
        ]
        yield from broken or contradictions(task)


class Translation(ExerciseKind[Written]):
    name = "translation"
    label = gettext_noop("Translation")
    icon = "globe"
    Answer = Written
    Shown = ShownSource

    def block(self) -> blocks.StructBlock:
        return TranslationForm()

    def present(self, task: Mapping[str, Any], *, seed: str, language: str) -> dict[str, Any]:
        source_language, source = in_language(task["source"], language)
        return {
            "language": task["language"],
            "source_language": source_language,
            "source": source,
        }

    def grade(
        self, task: Mapping[str, Any], answer: Written, *, seed: str, marking: Marking
    ) -> Graded:
        marked = mark_text(
            answer.text,
            accept=task["accept"],
            forbidden=task["forbidden"],
            task=task,
            marking=marking,
        )
        return Graded(score=marked.score, correct=marked.correct, reasons=tuple(reasons_of(marked)))

    def solution(self, task: Mapping[str, Any], *, seed: str) -> dict[str, Any]:
        return {"text": first_form(task["accept"])}

    def accepted(self, task: Mapping[str, Any], *, seed: str, language: str) -> list[Accepted]:
        return accepted_forms(task["accept"])


def contradictions(task: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield where the parts of a task, each in order, speak against each other."""
    words = [form for entry in task["forbidden"] for form in expand(entry)]
    answers = set()
    for place, entry in enumerate(task["accept"]):
        forms = expand(entry)
        answers.update(bare(form) for form in forms)
        for word in words:
            if any(holds(form, word) for form in forms):
                yield Problem(
                    _("This holds the forbidden word “%(word)s”.") % {"word": word},
                    ("accept", place),
                )
    for code, text in task["source"].items():
        if bare(text) in answers:
            yield Problem(_("This is an accepted answer: it tells the solution."), ("source", code))


def bare(text: str) -> str:
    return folded(text).strip(" .!?")
