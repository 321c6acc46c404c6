"""Invitations: codes that make who redeems them a member with the roles they name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lyceum.events.services import record_audit
from lyceum.kernel.errors import Forbidden, Invalid, NotFound
from lyceum.kernel.identity import new_code
from lyceum.kernel.registries import Registry
from lyceum.schools.assigning import chosen_roles
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import check_level
from lyceum.schools.models import Cohort, Invitation, Membership
from lyceum.schools.roles import ADMIN, MANAGER, dormant, in_force

if TYPE_CHECKING:
    from lyceum.accounts.models import User

# 12 of 31 signs: 59 bits, and a try is limited like a log-in.
CODE_LENGTH = 12
RULING = frozenset({MANAGER, ADMIN})


class WritesInvitation(Protocol):
    """Brings the code of an invitation to the address that it was made for."""

    def __call__(self, *, school: CurrentSchool, email: str, code: str) -> None: ...


# Mails are written by a room above, which knows the reader's language and the look of the school.
invitation_mails: Registry[WritesInvitation] = Registry("mails of invitations")


class InvitationInvalid(Forbidden):
    """
    The invitation is unknown, used, expired, or was sent to another address; or it makes a manager
    or an admin, and who sent it may not do so any more; or the school has no such role at present.

    Ask the school for a new one.
    """

    code = "invitation_invalid"
    detail = "This invitation is not valid, or not any more."


@dataclass(frozen=True)
class InvitationView:
    """An invitation; `code` is filled only in the answer to its making."""

    id: UUID
    email: str
    roles: tuple[str, ...]
    level: str
    cohort: UUID | None
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    code: str = ""


def view_of(invitation: Invitation, *, school: CurrentSchool, code: str = "") -> InvitationView:
    """
    Return an invitation as its school's doors answer it: without roles of plugins that are off.

    Its cohort must be loaded, or costs a query.
    """
    return InvitationView(
        id=invitation.uuid,
        email=invitation.email,
        roles=tuple(sorted(in_force(invitation.roles, school.plugins))),
        level=invitation.level,
        cohort=invitation.cohort.uuid if invitation.cohort else None,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        accepted_at=invitation.accepted_at,
        code=code,
    )


@transaction.atomic
def invite(
    *,
    actor: User,
    school: CurrentSchool,
    roles: Sequence[str],
    at: datetime,
    email: str = "",
    level: str = "",
    cohort: UUID | None = None,
    days: int = 14,
    may_assign_roles: bool = False,
) -> InvitationView:
    """
    Make an invitation, and mail it where it names an address.

    The code is in the answer and in the mail, and nowhere else. `days` is how long it holds.
    Whoever may invite may invite as anything but manager and admin; these are for who assigns
    roles.

    :raises Forbidden: if it makes a manager or an admin, and the actor may not assign roles
    :raises Invalid: if there is no such role or cohort in the school
    :raises UnknownLevel: if the school has no such level
    """
    if not may_assign_roles and not RULING.isdisjoint(roles):
        raise Forbidden(_("Managers and admins are invited by the school's admins."))
    names = chosen_roles(roles, school=school)
    check_level(level, scale=school.level_scale)
    code = new_code(CODE_LENGTH)
    invitation = Invitation.objects.create(
        school_id=school.id,
        email=email.lower(),
        roles=names,
        level=level,
        cohort=_cohort(school, cohort),
        code_digest=_digest(code),
        invited_by=actor,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record_audit(
        action="school.invited",
        school=school.uuid,
        actor=actor.uuid,
        target=invitation.uuid,
        target_type="invitation",
        changes={"roles": [[], sorted(names)], "email": "changed"},
    )
    if email:
        transaction.on_commit(lambda: _mail(school=school, email=email, code=code), robust=True)
    return view_of(invitation, school=school, code=code)


@transaction.atomic
def revoke(*, actor: User, school: CurrentSchool, invitation_id: UUID) -> None:
    """
    Take an invitation back.

    :raises NotFound: if the school has no such invitation, or it was used
    """
    deleted, _ = Invitation.objects.filter(
        school_id=school.id, uuid=invitation_id, accepted_at=None
    ).delete()
    if not deleted:
        raise NotFound
    record_audit(
        action="school.invitation_revoked",
        school=school.uuid,
        actor=actor.uuid,
        target=invitation_id,
        target_type="invitation",
    )


def was_taken(*, school: CurrentSchool, code: str, user: User) -> bool:
    """Return whether it was this very person who used the invitation of a code."""
    taken = Invitation.objects.filter(school_id=school.id, accepted_by=user)
    return bool(code) and taken.filter(code_digest=_digest(code)).exists()


def redeem(*, school: CurrentSchool, code: str, user: User, at: datetime) -> Invitation | None:
    """
    Mark the invitation of a code as used by a person, and return it; None without a code.

    Called within the transaction that admits the person.

    :raises InvitationInvalid: if it cannot be used, or not by this person
    """
    if not code:
        return None
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("cohort", "invited_by")
        .filter(school_id=school.id, code_digest=_digest(code))
        .first()
    )
    if invitation is None or not invitation.is_open(at):
        raise InvitationInvalid
    if invitation.email and invitation.email != user.email:
        raise InvitationInvalid
    if not _still_holds(invitation, school):
        raise InvitationInvalid
    invitation.accepted_at = at
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return invitation


def _still_holds(invitation: Invitation, school: CurrentSchool) -> bool:
    """Return whether all that was promised can be given, and by who promised it."""
    if not invitation.roles or dormant(invitation.roles, school.plugins):
        return False
    inviter = invitation.invited_by
    if RULING.isdisjoint(invitation.roles) or (inviter is not None and inviter.is_superuser):
        return True
    admins = Membership.objects.active().holding(ADMIN).filter(school_id=school.id)
    # An admin who was dismissed must not come back, or send anybody, by a code kept aside.
    return inviter is not None and admins.filter(user=inviter, user__is_active=True).exists()


def _digest(code: str) -> str:
    plain = code.strip().upper().replace("-", "").replace(" ", "")
    return hashlib.sha256(plain.encode()).hexdigest()


def _cohort(school: CurrentSchool, cohort: UUID | None) -> Cohort | None:
    if cohort is None:
        return None
    found = Cohort.objects.filter(school_id=school.id, uuid=cohort).first()
    if found is None:
        raise Invalid(fields={"cohort": ["The school has no such class."]})
    return found


def _mail(*, school: CurrentSchool, email: str, code: str) -> None:
    for write in invitation_mails:
        write(school=school, email=email, code=code)
