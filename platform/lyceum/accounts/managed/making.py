"""Managed accounts: made for children by their school, who log in without an e-mail address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lyceum.accounts.managed.folding import folded
from lyceum.accounts.managed.passphrases import new_passphrase
from lyceum.accounts.managed.user_names import Name, UserNameTaken, checked_user_name, propose
from lyceum.accounts.models import User
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Invalid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.managed import class_for, give_place
from lyceum.schools.models import Cohort, Membership
from lyceum.schools.roles import STUDENT

MOST_AT_ONCE = 40


@dataclass(frozen=True)
class NewAccount:
    """An account to be made. Without a user name or a password, one is found."""

    first_name: str
    last_name: str = ""
    username: str = ""
    password: str = ""


@dataclass(frozen=True)
class ManagedAccount:
    """A managed account, as those see it who look after it. `id` is its membership's."""

    id: UUID
    person: UUID
    first_name: str
    last_name: str
    username: str
    status: str
    level: str
    is_child: bool
    cohorts: Sequence[UUID]
    joined_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True)
class Credentials:
    """What a child needs to log in. The password is known now and never again."""

    account: ManagedAccount
    password: str


def view_of(membership: Membership) -> ManagedAccount:
    """Return a managed account. Person, profile and classes must be loaded, or cost a query."""
    user = membership.user
    return ManagedAccount(
        id=membership.uuid,
        person=user.uuid,
        first_name=user.first_name,
        last_name=user.last_name,
        username=user.username,
        status=membership.status,
        level=membership.level,
        is_child=membership.is_child,
        cohorts=[cohort.uuid for cohort in membership.cohorts.all()],
        joined_at=membership.joined_at,
        last_seen_at=user.profile.last_seen_at,
    )


def propose_user_names(*, school: CurrentSchool, names: Sequence[Name]) -> list[str]:
    """Return a user name for each name that nobody in the school has. Nothing is made."""
    keys = User.objects.filter(managed_by_id=school.id).values_list("username_key", flat=True)
    return propose(names, taken=frozenset(keys))


def make_accounts(
    *,
    actor: User,
    school: CurrentSchool,
    wanted: Sequence[NewAccount],
    at: datetime,
    cohort: UUID | None = None,
    level: str = "",
    taught_by: User | None = None,
) -> list[Credentials]:
    """
    Make managed accounts, all or none, each a student and a child of the school.

    :param wanted: at most `MOST_AT_ONCE`
    :param taught_by: a teacher, who names the one of their classes that the accounts are for
    :raises Invalid: if a user name or password cannot be one, or the class is none of theirs
    :raises UserNameTaken: naming those that the school has already
    """
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise Invalid(fields={"accounts": [f"Send 1 to {MOST_AT_ONCE} at once."]})
    place = class_for(school, cohort, taught_by=taught_by)
    users = [_new_user(school, each) for each in _with_user_names(school, wanted)]
    passwords = [each.password or new_passphrase(school.language) for each in wanted]
    # Outside the transaction: each takes a fifth of a second, and SQLite has one writer.
    for index, (user, password) in enumerate(zip(users, passwords, strict=True)):
        chosen = bool(wanted[index].password)
        give_password(user, password, chosen=chosen, field=f"accounts.{index}.password")
    try:
        members = _keep(users, actor=actor, school=school, place=place, level=level, at=at)
    except IntegrityError as error:
        # Somebody took one of the names meanwhile.
        raise UserNameTaken from error
    return [Credentials(view_of(m), p) for m, p in zip(members, passwords, strict=True)]


def _with_user_names(school: CurrentSchool, wanted: Sequence[NewAccount]) -> list[NewAccount]:
    """Return what is wanted, with a user name for each; refuse what is there or named twice."""
    asked = {
        index: checked_user_name(each.username, field=f"accounts.{index}.username")
        for index, each in enumerate(wanted)
        if each.username
    }
    known = User.objects.filter(managed_by_id=school.id)
    taken = set(known.values_list("username_key", flat=True))
    clashes: dict[str, list[str]] = {}
    for index, username in asked.items():
        if folded(username) in taken:
            clashes[f"accounts.{index}.username"] = [f"{username} is taken."]
        taken.add(folded(username))
    if clashes:
        raise UserNameTaken(fields=clashes)
    nameless = [index for index in range(len(wanted)) if index not in asked]
    names = [Name(wanted[index].first_name, wanted[index].last_name) for index in nameless]
    found = propose(names, taken=frozenset(taken))
    asked.update(zip(nameless, found, strict=True))
    return [replace(each, username=asked[index]) for index, each in enumerate(wanted)]


def _new_user(school: CurrentSchool, wanted: NewAccount) -> User:
    return User(
        managed_by_id=school.id,
        username=wanted.username,
        first_name=wanted.first_name,
        last_name=wanted.last_name,
    )


def give_password(user: User, password: str, *, chosen: bool, field: str) -> None:
    """
    Set a password, without saving it. One that somebody chose must keep the rules of passwords.

    :raises Invalid: naming the field, with what is wrong
    """
    if chosen:
        try:
            validate_password(folded(password), user)
        except ValidationError as error:
            raise Invalid(fields={field: list(error.messages)}) from error
    user.set_password(password)


@transaction.atomic
def _keep(
    users: Sequence[User],
    *,
    actor: User,
    school: CurrentSchool,
    place: Cohort | None,
    level: str,
    at: datetime,
) -> list[Membership]:
    members = []
    for user in users:
        user.save(force_insert=True)
        user.profile.language = school.language
        user.profile.save(update_fields=["language"])
        members.append(give_place(user, school, cohort=place, level=level, at=at))
        record_audit(
            action="managed_account.made",
            school=school.uuid,
            actor=actor.uuid,
            target=user.uuid,
            target_type="person",
            changes={"username": "changed", "password": "changed"},
        )
    publish(
        *(
            Fact(
                "member_joined",
                at=at,
                school=school.uuid,
                actor=actor.uuid,
                subject=user.uuid,
                data={"status": Membership.Status.ACTIVE, "roles": [STUDENT]},
            )
            for user in users
        )
    )
    return members
