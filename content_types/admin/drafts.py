"""What the panels of an exercise's form send while it is written: which page, and what is wrong."""

from __future__ import annotations

import json
from typing import Annotated, Any, Self, TypeVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from lyceum.plugin.errors import Invalid, NotFound
from lyceum.plugin.marking import InvalidPolicy, Policy
from lyceum.plugin.pages import BasePage, school_of_page

PageKey = Annotated[int, Field(ge=1, le=2**31 - 1)] | None
KindName = Annotated[str, Field(max_length=100)]


class InvalidTrial(Invalid):
    """
    What is asked about an exercise cannot be answered as its form stands.

    `errors` names the field to mend: `accept.1` is the second accepted answer.
    """

    code = "invalid_trial"
    detail = _("This cannot be tried yet.")


class NoSuchExercise(NotFound):
    """There is no such exercise here, or it is not yours to write."""

    code = "exercise_not_found"
    detail = _("There is no exercise of yours here.")


class Draft(BaseModel):
    """An exercise that is being written: its page, or the `parent` of one that is new."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: PageKey = None
    parent: PageKey = None
    kind: KindName
    marking: Annotated[str, Field(max_length=5000)] = ""

    @model_validator(mode="after")
    def _names_one_page(self) -> Self:
        if (self.page is None) == (self.parent is None):
            raise ValueError("Name the page, or the parent of a new one.")
        return self


DraftT = TypeVar("DraftT", bound=Draft)


def read_draft(shape: type[DraftT], sent: bytes | dict[str, Any]) -> DraftT:
    """
    Return what a panel asks: JSON, or the fields of a form.

    :raises InvalidTrial: with the fields that are wrong
    """
    try:
        if isinstance(sent, bytes):
            return shape.model_validate_json(sent)
        return shape.model_validate(sent)
    except ValidationError as error:
        fields: dict[str, list[str]] = {}
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            path = ".".join(str(step) for step in fault["loc"])
            fields.setdefault(path, []).append(fault["msg"])
        raise InvalidTrial(fields=fields) from None


def page_to_write(user: Any, draft: Draft) -> Any:
    """
    Return the page that is edited, or the one that a new page is to be put under.

    :raises NoSuchExercise: if it is not there, or not for this person to write
    """
    page = BasePage.objects.filter(pk=draft.page or draft.parent).first()
    if page is not None:
        rights = page.permissions_for_user(user)
        if rights.can_edit() if draft.page else rights.can_add_subpage():
            return page
    raise NoSuchExercise


def rules_for(draft: Draft, page: Any) -> Policy:
    """
    Return the rules in force: the school's, the school's for the kind, and the form's own.

    :raises InvalidTrial: if the form's own cannot be read
    """
    school = school_of_page(page)
    policy = Policy.default()
    if school is not None:
        policy = policy.merged(school.marking, school.marking_by_kind.get(draft.kind, {}))
    try:
        own = json.loads(draft.marking or "{}") or {}
        if not isinstance(own, dict):
            raise InvalidPolicy(gettext('Write rules by name, as in {"typo": "strict"}.'))
        return policy.merged(own)
    except InvalidPolicy as error:
        raise InvalidTrial(fields={"marking": [str(error)]}) from None
    except (ValueError, RecursionError):
        raise InvalidTrial(
            fields={"marking": [gettext("The rules of marking are no JSON.")]}
        ) from None
