"""“Try an answer”: the panel beside an accept-list in the editor of an exercise."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from pydantic import Field

from content_types.admin.drafts import Draft, InvalidTrial, page_to_write, read_draft, rules_for
from lyceum.plugin.errors import DomainError
from lyceum.plugin.exercises import AnswerText
from lyceum.plugin.http import problem_of
from lyceum.plugin.marking import (
    Finding,
    InvalidPattern,
    Policy,
    code_of,
    expand,
    mark_and_explain,
)

MOST_ENTRIES = 50
Entry = Annotated[str, Field(max_length=3000)]


class Trial(Draft):
    """An answer to try, with what the unsaved form holds."""

    language: Annotated[str, Field(max_length=20)]
    accept: Annotated[list[Entry], Field(max_length=MOST_ENTRIES)]
    forbidden: Annotated[list[Entry], Field(max_length=MOST_ENTRIES)] = []
    answer: AnswerText


@never_cache
@require_POST
def try_answer(request: HttpRequest) -> HttpResponse:
    """Answer how an answer would be marked, to who may write the exercise."""
    try:
        trial = read_draft(Trial, request.body)
        page = page_to_write(request.user, trial)
        return JsonResponse(tried(trial, rules_for(trial, page)))
    except DomainError as error:
        return problem_of(error)


def tried(trial: Trial, policy: Policy) -> dict[str, Any]:
    """
    Return the mark of the answer, and each rule that fired, ignored ones too.

    :raises InvalidTrial: if nothing is accepted yet, or an entry cannot be read
    """
    if not trial.accept:
        raise InvalidTrial(fields={"accept": [gettext("Write an accepted answer first.")]})
    for name, entries in (("accept", trial.accept), ("forbidden", trial.forbidden)):
        for place, entry in enumerate(entries):
            try:
                expand(entry)
            except InvalidPattern as error:
                raise InvalidTrial(fields={f"{name}.{place}": [str(error)]}) from None
    marked, findings = mark_and_explain(
        trial.answer,
        accept=trial.accept,
        language=trial.language,
        forbidden=trial.forbidden,
        policy=policy,
    )
    return {
        "correct": marked.correct,
        "score": marked.score,
        "nearest": marked.nearest,
        "fired": [fired(finding, policy) for finding in findings],
    }


def fired(finding: Finding, policy: Policy) -> dict[str, str]:
    """Return one rule that fired, with the pair of words, why, and what it does here."""
    return {
        "code": code_of(finding.rule),
        "severity": policy[finding.rule].value,
        "given": finding.given,
        "expected": finding.expected,
        "why": finding.why,
    }
