"""What moderators do with a case: hide, restore, bin, warn, suspend, note, resolve, dismiss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.accounts.models import User
from lyceum.community import sanctions
from lyceum.community.bin import bin_thing, take_out
from lyceum.community.models import Case, CaseEntry
from lyceum.community.reportables import (
    PERSON,
    Reportable,
    ThingUnavailable,
    change,
    reportable,
)
from lyceum.community.standing import within_reach
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Conflict, Invalid, NotFound
from lyceum.kernel.plugins.guarding import noting
from lyceum.schools.current import CurrentSchool

State, ThingState = Case.State, Case.ThingState


class CaseClosed(Conflict):
    """The case is resolved or dismissed. It still takes `note`, `restore` and `lift`."""

    code = "case_closed"
    detail = _("The case is closed.")


class NoAuthor(Conflict):
    """The thing is nobody's, or its author is gone: there is nobody to warn or suspend."""

    code = "no_author"
    detail = _("There is nobody to warn or suspend.")


class NotForPeople(Invalid):
    """A person is warned or suspended; only things are hidden, restored and binned."""

    code = "not_for_people"
    detail = _("People are not hidden. Warn or suspend them.")


@dataclass(frozen=True)
class Act:
    """What a moderator does: an action, with what it needs."""

    action: str
    note: str = ""
    message: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class _Doing:
    """An act as it is being done: by whom, to which case, when."""

    act: Act
    case: Case
    moderator: User
    school: CurrentSchool
    at: datetime


def moderate(
    *, moderator: User, school: CurrentSchool, case_id: UUID, act: Act, at: datetime
) -> None:
    """
    Do one thing with a case; what it was and is goes into the audit.

    The first act makes a pending case a reviewed one. Whoever has the plugin's thing changed waits
    for others at the same case: it is done once.

    :raises NotFound: if the moderator may know of no such case
    :raises CaseClosed: if it is closed, and the act not one for closed cases
    :raises NotForPeople: if a person is to be hidden, restored or binned
    :raises NoAuthor: if there is nobody to warn or suspend
    :raises SuspensionEndsWrong: if the suspension's end cannot be
    :raises ThingUnavailable: if the thing's plugin is off or at fault
    """
    does = ACTS.get(act.action)
    if does is None:
        raise Invalid(fields={"action": [f"One of {', '.join(ACTS)}."]})
    # Plugins are asked for what they bring outside the transaction.
    known = _reportable_for(act, moderator, school, case_id)
    with noting(ThingUnavailable), transaction.atomic():
        case = _locked(moderator, school, case_id)
        if not case.is_open and act.action not in FOR_CLOSED:
            raise CaseClosed
        before = (case.state, case.thing_state)
        doing = _Doing(act, case, moderator, school, at)
        does(doing, known)
        if case.state == State.PENDING and act.action != "note":
            case.state = State.REVIEWED
        _keep(doing, before)


def _reportable_for(
    act: Act, moderator: User, school: CurrentSchool, case_id: UUID
) -> Reportable | None:
    if act.action not in ("hide", "restore", "bin"):
        return None
    cases = within_reach(Case.objects.all(), moderator=moderator, school=school)
    type = cases.filter(uuid=case_id).values_list("type", flat=True).first()
    if type is None:
        raise NotFound
    if type == PERSON:
        raise NotForPeople(fields={"action": [NotForPeople.detail]})
    return reportable(school, type)


def _locked(moderator: User, school: CurrentSchool, case_id: UUID) -> Case:
    cases = within_reach(Case.objects.all(), moderator=moderator, school=school)
    found = (
        cases.select_for_update(of=("self",)).select_related("author").filter(uuid=case_id).first()
    )
    if found is None:
        raise NotFound
    return found


def _hide(doing: _Doing, known: Reportable | None) -> None:
    assert known is not None
    case = doing.case
    if case.thing_state == ThingState.BINNED:
        take_out(school_id=case.school_id, type=case.type, thing=case.thing)
    change(known, "hide", case.thing, school=doing.school, at=doing.at)
    case.thing_state = ThingState.HIDDEN


def _restore(doing: _Doing, known: Reportable | None) -> None:
    assert known is not None
    case = doing.case
    take_out(school_id=case.school_id, type=case.type, thing=case.thing)
    change(known, "restore", case.thing, school=doing.school, at=doing.at)
    case.approved = case.approved or case.thing_state == ThingState.HELD
    case.thing_state = ThingState.SHOWN


def _bin(doing: _Doing, known: Reportable | None) -> None:
    assert known is not None
    case = doing.case
    change(known, "hide", case.thing, school=doing.school, at=doing.at)
    bin_thing(
        school=doing.school,
        type=case.type,
        thing=case.thing,
        author=case.author,
        excerpt=case.excerpt,
        by=doing.moderator,
        at=doing.at,
    )
    case.thing_state = ThingState.BINNED


def _warn(doing: _Doing, _: Reportable | None) -> None:
    sanctions.warn(
        moderator=doing.moderator,
        school=doing.school,
        person=_author(doing.case),
        case=doing.case,
        message=doing.act.message,
        at=doing.at,
    )


def _suspend(doing: _Doing, _: Reportable | None) -> None:
    # Two cases of one person: the second suspension waits, and finds the first.
    person = User.objects.select_for_update(no_key=True).get(pk=_author(doing.case).pk)
    sanctions.suspend(
        moderator=doing.moderator,
        school=doing.school,
        person=person,
        case=doing.case,
        message=doing.act.message,
        until=doing.act.until,
        at=doing.at,
    )


def _lift(doing: _Doing, _: Reportable | None) -> None:
    person = User.objects.select_for_update(no_key=True).get(pk=_author(doing.case).pk)
    sanctions.lift(moderator=doing.moderator, school=doing.school, person=person, at=doing.at)


def _note(doing: _Doing, _: Reportable | None) -> None:
    if not doing.act.note:
        raise Invalid(fields={"note": [gettext("Write what is to be noted.")]})


def _review(doing: _Doing, _: Reportable | None) -> None:
    """Only say that somebody has looked: the case becomes a reviewed one."""


def _resolve(doing: _Doing, _: Reportable | None) -> None:
    doing.case.state, doing.case.closed_at = State.RESOLVED, doing.at


def _dismiss(doing: _Doing, _: Reportable | None) -> None:
    doing.case.state, doing.case.closed_at = State.DISMISSED, doing.at


def _author(case: Case) -> User:
    if case.author is None:
        raise NoAuthor
    return case.author


ACTS: dict[str, Callable[[_Doing, Reportable | None], None]] = {
    "review": _review,
    "hide": _hide,
    "restore": _restore,
    "bin": _bin,
    "warn": _warn,
    "suspend": _suspend,
    "lift": _lift,
    "note": _note,
    "resolve": _resolve,
    "dismiss": _dismiss,
}
FOR_CLOSED = frozenset({"note", "restore", "lift"})
# What is told to the rest of the house; warnings and suspensions tell of themselves.
NEWS = {
    "hide": "thing_hidden",
    "restore": "thing_restored",
    "bin": "thing_binned",
    "resolve": "case_closed",
    "dismiss": "case_closed",
}


def _keep(doing: _Doing, before: tuple[str, str]) -> None:
    """Write the case, its history, the audit and the news."""
    case, act = doing.case, doing.act
    case.updated_at = doing.at
    case.save(update_fields=["state", "thing_state", "approved", "closed_at", "updated_at"])
    CaseEntry.objects.create(
        case=case, by=doing.moderator, action=act.action, note=act.note, at=doing.at
    )
    record_audit(
        action=f"moderation.{act.action}",
        school=doing.school.uuid,
        actor=doing.moderator.uuid,
        target=case.thing,
        target_type=case.type[:50],
        changes={
            "case": str(case.uuid),
            "state": [before[0], case.state],
            "thing": [before[1], case.thing_state],
        },
    )
    news = NEWS.get(act.action)
    if news is not None:
        told = {"case": str(case.uuid), "type": case.type, "state": case.state}
        fact = Fact(news, at=doing.at, school=doing.school.uuid, subject=case.thing, data=told)
        publish(fact)
