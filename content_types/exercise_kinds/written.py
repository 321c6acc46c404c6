"""What kinds answered in writing share: the accept-list, and marks from the marking engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from lyceum.plugin.exercises import (
    Accepted,
    AnswerModel,
    AnswerText,
    Marking,
    Problem,
    Reason,
    UnfinishedTask,
)
from lyceum.plugin.marking import (
    InvalidPattern,
    Marked,
    NothingAccepted,
    Policy,
    expand,
    leanest,
    mark,
)

from .texts import twice


class Written(AnswerModel):
    """What the learner wrote."""

    text: AnswerText


def accept_block() -> blocks.ListBlock:
    """Return the form of an accept-list."""
    return blocks.ListBlock(
        blocks.CharBlock(max_length=500),
        min_num=1,
        max_num=50,
        label=gettext_lazy("Accepted answers"),
        help_text=gettext_lazy(
            "The first is shown as the solution. (a|the) chooses, [very] may be left out."
        ),
    )


def tried_beside(part: str) -> dict[str, str]:
    """Return the attributes of a form in which answers are tried, beside its part of that name."""
    name = "lyceum-answer-trial"
    return {"data-controller": name, f"data-{name}-part-value": part}


def accept_problems(accept: Sequence[str], field: str = "accept") -> Iterator[Problem]:
    """Yield what is wrong with an accept-list."""
    for place, entry in enumerate(accept):
        try:
            expand(entry)
        except InvalidPattern as error:
            yield Problem(str(error), (field, place))
    for place, entry in twice(accept):
        yield Problem(_("“%(entry)s” is in the list already.") % {"entry": entry}, (field, place))


def first_form(accept: Sequence[str]) -> str:
    """
    Return what an accept-list's creator wrote first, without what may be left out.

    :raises UnfinishedTask: if there is nothing yet, or it cannot be read
    """
    try:
        return leanest(accept[0])
    except (IndexError, InvalidPattern) as error:
        raise UnfinishedTask from error


def accepted_forms(accept: Sequence[str]) -> list[Accepted]:
    """
    Return every form that an accept-list stands for, in the order written.

    :raises UnfinishedTask: if an entry cannot be read
    """
    try:
        forms = dict.fromkeys(form for entry in accept if entry for form in expand(entry))
    except InvalidPattern as error:
        raise UnfinishedTask(str(error)) from error
    return [Accepted(tuple(forms))] if forms else []


def mark_text(
    text: str,
    *,
    accept: Sequence[str],
    task: Mapping[str, Any],
    marking: Marking,
    forbidden: Sequence[str] = (),
) -> Marked:
    """
    Return the marking engine's result for one text in the task's language.

    :raises UnfinishedTask: if nothing is accepted yet, or an entry cannot be read
    """
    rules = Policy.default().merged(marking.policy)
    language = task["language"]
    try:
        return mark(text, accept=accept, language=language, forbidden=forbidden, policy=rules)
    except (InvalidPattern, NothingAccepted) as error:
        raise UnfinishedTask from error


def reasons_of(marked: Marked, part: str = "") -> Iterator[Reason]:
    """Yield a result's reasons, as said of one part of the answer."""
    for reason in marked.reasons:
        severity: Literal["slip", "mistake"] = "slip" if reason.is_slip else "mistake"
        yield Reason(reason.code, reason.message, reason.start, reason.end, part, severity)
