"""May this person write to, call or post before others? The one guard of all contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.accounts.models import User
from lyceum.community.models import Sanction
from lyceum.community.visibility import find_person
from lyceum.kernel.errors import Forbidden
from lyceum.kernel.plugins.hooks import hooks
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from lyceum.schools.roles import STAFF


class EmailNotVerified(Forbidden):
    """
    The account's e-mail address is not verified: until then one may read and learn only.

    Verify it by the code that was mailed; `POST /_allauth/{client}/v1/auth/email/verify` takes it.
    """

    code = "email_not_verified"
    detail = "Verify your e-mail address first."


class SuspendedFromContact(Forbidden):
    """
    The school's moderators have suspended you from contact for some time.

    Reading and learning stay as they are. `GET /me/sanctions` tells until when, and why.
    """

    code = "suspended_from_contact"
    detail = "You are suspended from contact."


class ContactRefused(Forbidden):
    """
    The school does not let these two be in contact.

    Children are in contact with their school's staff only; a plugin may have reasons of its own.
    """

    code = "contact_refused"
    detail = "You cannot contact this person."


@dataclass(frozen=True)
class Party:
    """One side of a contact, as those who may refuse it are told."""

    id: int
    uuid: UUID
    roles: frozenset[str]
    is_child: bool

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)


def check_contact(*, sender: User, receiver: UUID, school: CurrentSchool, at: datetime) -> Party:
    """
    Let pass who may be in contact with a person of the school; return that person's side.

    Call it before the transaction of what follows: plugins are asked too. Where both sides speak,
    as in a call, ask for both.

    :raises NotFound: if there is no such person for the sender, or one of the two blocked the other
    :raises EmailNotVerified: if nobody vouches for the sender yet
    :raises SuspendedFromContact: if the sender is suspended from contact in this school
    :raises ContactRefused: if one of them is a child and the other no staff, or a plugin refuses
    """
    check_posting(author=sender, school=school, at=at)
    found = find_person(reader=sender, school=school, person=receiver)
    here, there = party_of(sender, school), _party(found, school)
    if _keeps_children_apart(here, there):
        raise ContactRefused
    refusal = hooks.refusal("veto_contact", school=school, sender=here, receiver=there)
    if refusal is not None:
        raise ContactRefused(refusal.detail)
    return there


def check_posting(*, author: User, school: CurrentSchool, at: datetime) -> None:
    """
    Let pass who may write what others of the school will read.

    :raises EmailNotVerified: if nobody vouches for the author yet
    :raises SuspendedFromContact: if the author is suspended from contact in this school
    """
    if not author.is_verified:
        raise EmailNotVerified
    until = suspended_until(person=author, school=school, at=at)
    if until is not None:
        raise SuspendedFromContact(f"You are suspended from contact until {until:%Y-%m-%d %H:%M}.")


def suspended_until(*, person: User, school: CurrentSchool, at: datetime) -> datetime | None:
    """Return until when a person is suspended from contact in a school; None if they are not."""
    found = Sanction.objects.filter(
        school_id=school.id, person=person, kind="suspension", lifted_at=None, until__gt=at
    )
    return found.values_list("until", flat=True).first()


def party_of(person: User, school: CurrentSchool) -> Party:
    """Return a person as a side of a contact; one who is no member has no roles."""
    membership = Membership.objects.active().filter(school_id=school.id, user=person).first()
    if membership is None:
        return Party(person.pk, person.uuid, frozenset(), is_child=False)
    membership.user = person
    return _party(membership, school)


def _party(membership: Membership, school: CurrentSchool) -> Party:
    person, roles = membership.user, membership.held_roles(school.plugins)
    return Party(person.pk, person.uuid, roles, membership.is_child)


def _keeps_children_apart(here: Party, there: Party) -> bool:
    if here.uuid == there.uuid:
        return False
    return (here.is_child and not there.is_staff) or (there.is_child and not here.is_staff)
