"""“Try an answer”: the panel beside an accept-list in the editor of an exercise."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from wagtail.admin.panels import FieldPanel
from wagtail.admin.staticfiles import versioned_static

from lyceum.plugin.errors import DomainError, Invalid, NotFound
from lyceum.plugin.exercises import AnswerText
from lyceum.plugin.http import problem_of
from lyceum.plugin.marking import (
    Finding,
    InvalidPattern,
    InvalidPolicy,
    Policy,
    code_of,
    expand,
    mark_and_explain,
)
from lyceum.plugin.pages import BasePage, school_of_page

URL_NAME = "content_types_try_answer"
MOST_ENTRIES = 50
Entry = Annotated[str, Field(max_length=3000)]
PageKey = Annotated[int, Field(ge=1, le=2**31 - 1)] | None


class InvalidTrial(Invalid):
    """
    An answer cannot be tried as the exercise's form stands.

    `errors` names the field to mend: `accept.1` is the second accepted answer.
    """

    code = "invalid_trial"
    detail = "This answer cannot be tried yet."


class NoSuchExercise(NotFound):
    """There is no such exercise here, or it is not yours to write."""

    code = "exercise_not_found"
    detail = "There is no exercise of yours here."


class Trial(BaseModel):
    """An answer to try, with what the unsaved form holds; `parent` of a page that is new."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: PageKey = None
    parent: PageKey = None
    kind: Annotated[str, Field(max_length=100)]
    language: Annotated[str, Field(max_length=20)]
    accept: Annotated[list[Entry], Field(max_length=MOST_ENTRIES)]
    forbidden: Annotated[list[Entry], Field(max_length=MOST_ENTRIES)] = []
    marking: Annotated[str, Field(max_length=5000)] = ""
    answer: AnswerText

    @model_validator(mode="after")
    def _names_one_page(self) -> Trial:
        if (self.page is None) == (self.parent is None):
            raise ValueError("Name the page, or the parent of a new one.")
        return self


class TaskPanel(FieldPanel):
    """The field of an exercise's task, which tells the forms in it where answers are tried."""

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "content_types/admin/task_panel.html"

        @property
        def media(self) -> forms.Media:
            own = forms.Media(
                js=[versioned_static("content_types/answer_panel.js")],
                css={"all": [versioned_static("content_types/answer_panel.css")]},
            )
            return super().media + own

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["trial_url"] = reverse(URL_NAME)
            context["trial_page"] = self.instance.pk
            context["trial_parent"] = getattr(self.form.parent_page, "pk", None)
            return context


@never_cache
@require_POST
def try_answer(request: HttpRequest) -> HttpResponse:
    """Answer how an answer would be marked, to who may write the exercise."""
    try:
        trial = read_trial(request.body)
        page = page_to_write(request.user, trial)
        return JsonResponse(tried(trial, rules_for(trial, page)))
    except DomainError as error:
        return problem_of(error)


def read_trial(body: bytes) -> Trial:
    """
    Return what the panel asks.

    :raises InvalidTrial: with the fields that are wrong
    """
    try:
        return Trial.model_validate_json(body)
    except ValidationError as error:
        fields: dict[str, list[str]] = {}
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            path = ".".join(str(step) for step in fault["loc"])
            fields.setdefault(path, []).append(fault["msg"])
        raise InvalidTrial(fields=fields) from None


def page_to_write(user: Any, trial: Trial) -> Any:
    """
    Return the page that is edited, or the one that a new page is to be put under.

    :raises NoSuchExercise: if it is not there, or not for this person to write
    """
    page = BasePage.objects.filter(pk=trial.page or trial.parent).first()
    if page is not None:
        rights = page.permissions_for_user(user)
        if rights.can_edit() if trial.page else rights.can_add_subpage():
            return page
    raise NoSuchExercise


def rules_for(trial: Trial, page: Any) -> Policy:
    """
    Return the rules in force: the school's, the school's for the kind, and the form's own.

    :raises InvalidTrial: if the form's own cannot be read
    """
    school = school_of_page(page)
    policy = Policy.default()
    if school is not None:
        policy = policy.merged(school.marking, school.marking_by_kind.get(trial.kind, {}))
    try:
        own = json.loads(trial.marking or "{}") or {}
        if not isinstance(own, dict):
            raise InvalidPolicy('Write rules by name, as in {"typo": "strict"}.')
        return policy.merged(own)
    except InvalidPolicy as error:
        raise InvalidTrial(fields={"marking": [str(error)]}) from None
    except (ValueError, RecursionError):
        raise InvalidTrial(fields={"marking": ["The rules of marking are no JSON."]}) from None


def tried(trial: Trial, policy: Policy) -> dict[str, Any]:
    """
    Return the mark of the answer, and each rule that fired, ignored ones too.

    :raises InvalidTrial: if nothing is accepted yet, or an entry cannot be read
    """
    if not trial.accept:
        raise InvalidTrial(fields={"accept": ["Write an accepted answer first."]})
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
