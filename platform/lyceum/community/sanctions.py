"""Warnings and suspensions from contact: given by moderators, read by whom they are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.accounts.models import User
from lyceum.community.models import Case, Sanction
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Invalid
from lyceum.schools.current import CurrentSchool

LONGEST_SUSPENSION = timedelta(days=365)


class SuspensionEndsWrong(Invalid):
    """A suspension ends in the future, within a year. Send such a moment as `until`."""

    code = "suspension_ends_wrong"
    detail = _("A suspension from contact ends in the future, within a year.")


@dataclass(frozen=True)
class SanctionView:
    """A sanction, as the person it is for reads it. Who gave it is not told."""

    id: UUID
    kind: str
    message: str
    until: datetime | None
    lifted_at: datetime | None
    at: datetime


def sanctions_of(person: User, school: CurrentSchool) -> QuerySet[Sanction]:
    """Return what a person was warned of and suspended for in a school, for a list."""
    return Sanction.objects.filter(school_id=school.id, person=person)


def sanction_view(row: Sanction) -> SanctionView:
    """Return a sanction as the person it is for reads it."""
    return SanctionView(row.uuid, row.kind, row.message, row.until, row.lifted_at, row.at)


def warn(
    *, moderator: User, school: CurrentSchool, person: User, case: Case, message: str, at: datetime
) -> None:
    """Warn a person in the moderators' words. Inside a transaction."""
    if not message:
        raise Invalid(fields={"message": [gettext("Say what the person is warned of.")]})
    made = Sanction.objects.create(
        school_id=school.id,
        person=person,
        kind=Sanction.Kind.WARNING,
        message=message,
        case=case,
        by=moderator,
        at=at,
    )
    _write_down("person_warned", moderator, school, person, at, {"sanction": str(made.uuid)}, {})


def suspend(
    *,
    moderator: User,
    school: CurrentSchool,
    person: User,
    case: Case,
    message: str,
    until: datetime | None,
    at: datetime,
) -> None:
    """
    Suspend a person from contact until a moment; one who is already, until that moment instead.

    Inside a transaction that holds the person's row.

    :raises SuspensionEndsWrong: if the moment is past, missing, or more than a year away
    """
    if until is None or not at < until <= at + LONGEST_SUSPENSION:
        raise SuspensionEndsWrong(fields={"until": [SuspensionEndsWrong.detail]})
    running = _running(person, school)
    before = running.until if running else None
    if running is not None:
        running.lifted_at = at
        running.save(update_fields=["lifted_at"])
    made = Sanction.objects.create(
        school_id=school.id,
        person=person,
        kind=Sanction.Kind.SUSPENSION,
        message=message,
        until=until,
        case=case,
        by=moderator,
        at=at,
    )
    told = {"sanction": str(made.uuid), "until": until.isoformat()}
    changes = {"until": [_told(before), until.isoformat()]}
    _write_down("contact_suspended", moderator, school, person, at, told, changes)


def lift(*, moderator: User, school: CurrentSchool, person: User, at: datetime) -> None:
    """End a person's suspension from contact; where there is none, nothing changes."""
    running = _running(person, school)
    if running is None:
        return
    before = running.until
    running.lifted_at = at
    running.save(update_fields=["lifted_at"])
    told = {"sanction": str(running.uuid)}
    changes = {"until": [_told(before), None]}
    _write_down("contact_suspension_lifted", moderator, school, person, at, told, changes)


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _running(person: User, school: CurrentSchool) -> Sanction | None:
    return Sanction.objects.filter(
        school_id=school.id, person=person, kind=Sanction.Kind.SUSPENSION, lifted_at=None
    ).first()


def _write_down(
    news: str,
    moderator: User,
    school: CurrentSchool,
    person: User,
    at: datetime,
    told: dict[str, str],
    changes: dict[str, list[str | None]],
) -> None:
    record_audit(
        action=f"moderation.{news}",
        school=school.uuid,
        actor=moderator.uuid,
        target=person.uuid,
        target_type="person",
        changes=changes,
    )
    # Without the actor: who is warned need not know by whom.
    publish(Fact(news, at=at, school=school.uuid, subject=person.uuid, data=told))
