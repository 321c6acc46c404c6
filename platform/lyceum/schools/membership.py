"""Joining a school, leaving it, and what its managers change about its members."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Conflict, Forbidden, NotFound
from lyceum.kernel.registries import Registry
from lyceum.schools import invitations
from lyceum.schools.assigning import roles_after
from lyceum.schools.childhood import is_child
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import check_level
from lyceum.schools.models import Invitation, Membership, School
from lyceum.schools.roles import ADMIN, STUDENT, ManagedBySchool, in_force

if TYPE_CHECKING:
    from lyceum.accounts.models import User


# Told in the audit as changed, without a value: they say something of the person.
PERSONAL = frozenset({"level", "is_child"})

# What higher rooms end with a membership that is made inactive, in the same transaction.
endings: Registry[Callable[[Membership], None]] = Registry("endings of memberships")


class JoinCodeWrong(Forbidden):
    """The school's code is missing or wrong. Ask the school for it and send it as `code`."""

    code = "join_code_wrong"
    detail = "The school's code is missing or wrong."


class InvitationRequired(Forbidden):
    """This school is joined by invitation. Send the code of yours as `invitation`."""

    code = "invitation_required"
    detail = "This school is joined by invitation."


class MembershipInactive(Forbidden):
    """The school has deactivated your membership. Its managers can activate it again."""

    code = "membership_inactive"
    detail = "The school has deactivated this membership."


class LastAdmin(Conflict):
    """A school keeps at least one admin. Make somebody else one first."""

    code = "last_admin"
    detail = _("The school would be left without an admin.")


@dataclass(frozen=True)
class MembershipView:
    """One membership, as doors answer it."""

    id: UUID
    person: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    status: str
    level: str
    is_child: bool
    joined_at: datetime


def view_of(membership: Membership, *, school: CurrentSchool) -> MembershipView:
    """
    Return a membership as its school's doors answer it: without roles of plugins that are off.

    Its user must be loaded, or costs a query.
    """
    return MembershipView(
        id=membership.uuid,
        person=membership.user.uuid,
        name=membership.user.get_full_name(),
        email=membership.user.email or "",
        roles=tuple(sorted(in_force(membership.roles, school.plugins))),
        status=membership.status,
        level=membership.level,
        is_child=membership.is_child,
        joined_at=membership.joined_at,
    )


@transaction.atomic
def join(
    *, user: User, school: CurrentSchool, at: datetime, code: str = "", invitation: str = ""
) -> MembershipView:
    """
    Make a person a member, as the school's sign-up policy has it; an invitation goes before it.

    Joining a second time changes nothing, but for what an invitation adds; sent again by the member
    who took it, this adds nothing more.

    :raises JoinCodeWrong: if the policy is by code, and the code is not the school's
    :raises InvitationRequired: if the policy is by invitation, and there is none
    :raises InvitationInvalid: if the invitation is used, expired, or for somebody else
    :raises MembershipInactive: if the school has deactivated the membership
    :raises ManagedBySchool: if it is a managed account, which belongs to its own school alone
    """
    if user.is_managed:
        raise ManagedBySchool
    # One person's requests wait for each other: each finds what those before it left, and two
    # invitations taken at once both count.
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    found = Membership.objects.select_for_update().filter(school_id=school.id, user=user).first()
    if found is not None and found.status == Membership.Status.INACTIVE:
        raise MembershipInactive
    if found is not None and invitations.was_taken(school=school, code=invitation, user=user):
        return view_of(found, school=school)
    invited = invitations.redeem(school=school, code=invitation, user=user, at=at)
    if found is not None and invited is None:
        return view_of(found, school=school)
    if invited is None:
        _check_policy(school, code)
    return _admit(user=user, school=school, at=at, found=found, invited=invited)


@transaction.atomic
def leave(*, user: User, school: CurrentSchool, at: datetime) -> None:
    """
    End a person's membership, at their own wish. Done twice, it changes nothing.

    :raises LastAdmin: if the school would be left without an admin
    :raises ManagedBySchool: if it is a managed account, which the school alone ends
    """
    if user.is_managed:
        raise ManagedBySchool
    membership = Membership.objects.filter(school_id=school.id, user=user).first()
    # A deactivated membership stays: leaving must not be a way to join afresh.
    if membership is None or membership.status == Membership.Status.INACTIVE:
        return
    keep_an_admin(membership, roles=frozenset(), status=Membership.Status.INACTIVE)
    membership.delete()
    record_audit(
        action="school.left",
        school=school.uuid,
        actor=user.uuid,
        target=user.uuid,
        target_type="person",
    )
    publish(Fact("member_left", at=at, school=school.uuid, actor=user.uuid, subject=user.uuid))


@transaction.atomic
def change_member(
    *,
    actor: User,
    school: CurrentSchool,
    membership_id: UUID,
    changes: dict[str, Any],
    may_assign_roles: bool,
    at: datetime,
) -> MembershipView:
    """
    Change a member's roles, status, level or whether they are a child.

    `changes` holds only what is to change. Roles are the admins' to give and take.

    :raises NotFound: if the school has no such member
    :raises Invalid: if there is no such role in the school
    :raises Forbidden: if roles change and the actor may not assign them
    :raises ManagedBySchool: if a managed account would be more than a student
    :raises LastAdmin: if the school would be left without an admin
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(school_id=school.id, uuid=membership_id)
        .first()
    )
    if membership is None:
        raise NotFound
    roles = roles_after(membership, changes, school=school, may_assign_roles=may_assign_roles)
    if "level" in changes:
        check_level(changes["level"], scale=school.level_scale)
    if ADMIN in membership.roles and not may_assign_roles:
        raise Forbidden(_("Only an admin changes an admin's membership."))
    keep_an_admin(membership, roles=roles, status=changes.get("status", membership.status))
    before = {name: _plain(getattr(membership, name)) for name in changes}
    for name, value in {**changes, "roles": roles}.items():
        setattr(membership, name, value)
    membership.save()
    if changes.get("status") == Membership.Status.INACTIVE:
        for end in endings:
            end(membership)
    record_audit(
        action="school.member_changed",
        school=school.uuid,
        actor=actor.uuid,
        target=membership.user.uuid,
        target_type="person",
        changes={name: _told(name, before[name], membership) for name in changes},
    )
    publish(
        Fact(
            "member_changed",
            at=at,
            school=school.uuid,
            actor=actor.uuid,
            subject=membership.user.uuid,
            data={"fields": sorted(changes)},
        )
    )
    return view_of(membership, school=school)


def _check_policy(school: CurrentSchool, code: str) -> None:
    if school.signup_policy == School.SignUp.INVITATION:
        raise InvitationRequired
    if school.signup_policy == School.SignUp.CODE:
        expected = School.objects.values_list("join_code", flat=True).get(id=school.id)
        given = code.strip().upper()
        if not expected or not hmac.compare_digest(given.encode(), expected.upper().encode()):
            raise JoinCodeWrong


def _admit(
    *,
    user: User,
    school: CurrentSchool,
    at: datetime,
    found: Membership | None,
    invited: Invitation | None,
) -> MembershipView:
    waits = school.signup_policy == School.SignUp.APPROVAL and invited is None
    membership = found or Membership(school_id=school.id, user=user, joined_at=at)
    membership.status = Membership.Status.PENDING if waits else Membership.Status.ACTIVE
    membership.roles = membership.roles | (invited.roles if invited else {STUDENT})
    membership.level = (invited.level if invited else "") or membership.level
    # Of who is a member already a manager may have lifted it.
    marks_child = found is None and is_child(user, at)
    membership.is_child = membership.is_child or marks_child
    membership.save()
    if invited is not None and invited.cohort is not None:
        invited.cohort.members.add(membership)
    record_audit(
        action="school.joined",
        school=school.uuid,
        actor=user.uuid,
        target=user.uuid,
        target_type="person",
        changes={
            "roles": [[], sorted(membership.roles)],
            **({"is_child": "changed"} if marks_child else {}),
        },
    )
    publish(
        Fact(
            "member_joined",
            at=at,
            school=school.uuid,
            actor=user.uuid,
            subject=user.uuid,
            data={
                "status": membership.status,
                "roles": sorted(in_force(membership.roles, school.plugins)),
            },
        )
    )
    return view_of(membership, school=school)


def keep_an_admin(membership: Membership, *, roles: frozenset[str], status: str) -> None:
    """Refuse that a school loses its last admin (raises LastAdmin)."""
    stays = ADMIN in roles and status == Membership.Status.ACTIVE
    if ADMIN not in membership.roles or stays:
        return
    # Two admins who remove each other at once wait here for one another: the second is the last.
    School.objects.select_for_update().get(pk=membership.school_id)
    others = (
        Membership.objects.active()
        .holding(ADMIN)
        .filter(school_id=membership.school_id, user__is_active=True)
    )
    if not others.exclude(pk=membership.pk).exists():
        raise LastAdmin


def _told(name: str, before: Any, membership: Membership) -> list[Any] | str:
    return "changed" if name in PERSONAL else [before, _plain(getattr(membership, name))]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value
