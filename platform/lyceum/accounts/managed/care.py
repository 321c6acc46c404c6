"""What a school does for its managed accounts: new passwords, other names, in and out of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from lyceum.accounts.managed.limits import forget_failures
from lyceum.accounts.managed.making import (
    MOST_AT_ONCE,
    Credentials,
    ManagedAccount,
    give_password,
    view_of,
)
from lyceum.accounts.managed.passphrases import new_passphrase
from lyceum.accounts.managed.user_names import UserNameTaken, checked_user_name
from lyceum.accounts.models import User
from lyceum.accounts.signing_in.sessions import end_sessions_of
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Invalid, NotFound
from lyceum.schools.current import CurrentSchool
from lyceum.schools.managed import managed_member, managed_members
from lyceum.schools.membership import change_member
from lyceum.schools.models import Membership

OF_USER = frozenset({"first_name", "last_name", "username"})


def give_new_passwords(
    *,
    actor: User,
    school: CurrentSchool,
    accounts: Sequence[UUID],
    password: str = "",
    taught_by: User | None = None,
) -> list[Credentials]:
    """
    Replace the passwords of managed accounts, all or none, and end what is signed in with the old.

    The answer is in the order of `accounts`.

    :param accounts: ids of memberships, at most `MOST_AT_ONCE`
    :param password: for one account alone; without it, one is found for each
    :param taught_by: a teacher, whose classes the accounts must be in
    :raises NotFound: if one of them is no managed account of the school, or not `taught_by`'s
    :raises Invalid: if the password cannot be one
    """
    if not 1 <= len(set(accounts)) <= MOST_AT_ONCE or (password and len(accounts) > 1):
        raise Invalid(fields={"accounts": [f"Choose 1 to {MOST_AT_ONCE}."]})
    found = managed_members(school, taught_by=taught_by).filter(uuid__in=set(accounts))
    members = sorted(found, key=lambda member: accounts.index(member.uuid))
    if len(members) < len(set(accounts)):
        raise NotFound
    passwords = [password or new_passphrase(school.language) for _ in members]
    # Outside the transaction: each takes a fifth of a second, and SQLite has one writer.
    for member, each in zip(members, passwords, strict=True):
        give_password(member.user, each, chosen=bool(password), field="password")
    _replace_passwords(members, actor=actor, school=school)
    return [Credentials(view_of(m), p) for m, p in zip(members, passwords, strict=True)]


@transaction.atomic
def change_account(
    *,
    actor: User,
    school: CurrentSchool,
    account: UUID,
    changes: Mapping[str, Any],
    at: datetime,
    taught_by: User | None = None,
) -> ManagedAccount:
    """
    Change a managed account's name, user name, level or status; `changes` holds what is to change.

    An inactive account cannot log in, and what is signed in with it ends.

    :param taught_by: a teacher, in one of whose classes the account must be
    :raises NotFound: if there is none such in the school, or it is not `taught_by`'s
    :raises Invalid: if the user name cannot be one, or the level is none of the school's
    :raises UserNameTaken: if another of the school's accounts has the user name
    """
    membership = managed_member(school, account, taught_by=taught_by)
    of_user = {name: value for name, value in changes.items() if name in OF_USER}
    of_place = {name: value for name, value in changes.items() if name not in OF_USER}
    if of_user:
        _rename(membership.user, of_user, actor=actor, school=school, at=at)
    if of_place:
        change_member(
            actor=actor,
            school=school,
            membership_id=account,
            changes=of_place,
            may_assign_roles=False,
            at=at,
        )
    return view_of(managed_member(school, account, taught_by=taught_by))


def end_with_place(membership: Membership) -> None:
    """Sign a managed account out with its place in the school: there is no other it could be at."""
    if membership.user.is_managed:
        end_sessions_of(membership.user)


@transaction.atomic
def _replace_passwords(
    members: Sequence[Membership], *, actor: User, school: CurrentSchool
) -> None:
    for member in members:
        member.user.save(update_fields=["password"])
        end_sessions_of(member.user)
        record_audit(
            action="managed_account.password_set",
            school=school.uuid,
            actor=actor.uuid,
            target=member.user.uuid,
            target_type="person",
            changes={"password": "changed"},
        )
        # Who could not get in was asked to wait; with the new password they need not.
        forgive = partial(forget_failures, school.id, member.user.username)
        transaction.on_commit(forgive, robust=True)


def _rename(
    user: User, changes: dict[str, Any], *, actor: User, school: CurrentSchool, at: datetime
) -> None:
    if "username" in changes:
        changes["username"] = checked_user_name(changes["username"])
    for name, value in changes.items():
        setattr(user, name, value)
    try:
        with transaction.atomic():
            user.save(update_fields=sorted(changes))
    except IntegrityError as error:
        taken = {"username": [f"{changes['username']} is taken."]}
        raise UserNameTaken(fields=taken) from error
    record_audit(
        action="managed_account.changed",
        school=school.uuid,
        actor=actor.uuid,
        target=user.uuid,
        target_type="person",
        changes=dict.fromkeys(changes, "changed"),
    )
    data = {"fields": sorted(changes)}
    publish(
        Fact(
            "profile_changed",
            at=at,
            school=school.uuid,
            actor=actor.uuid,
            subject=user.uuid,
            data=data,
        )
    )
