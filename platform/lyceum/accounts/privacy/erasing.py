"""Erasing a person: everywhere, at once, and so that it cannot fail half way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from lyceum.accounts.audit import school_told_of
from lyceum.accounts.models import User
from lyceum.accounts.notices import notify
from lyceum.accounts.privacy import guards
from lyceum.accounts.privacy.people import person_of
from lyceum.accounts.privacy.tasks import clear_remnants_soon
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Conflict, Invalid
from lyceum.kernel.holdings import StoredFile, erase_rows, files_of, rows_of
from lyceum.kernel.leftovers import delete_regardless, erase_recorded, release
from lyceum.kernel.privacy import DELETE, Person, Provider, providers, sweepers, vetoes
from lyceum.schools.current import CurrentSchool
from lyceum.schools.dropping import drop_files
from lyceum.schools.managed import managed_member
from lyceum.schools.roles import ManagedBySchool

logger = logging.getLogger(__name__)


class LastOperator(Conflict):
    """An instance keeps at least one operator. Make somebody else one first."""

    code = "last_operator"
    detail = "The instance would be left without an operator."


class ConfirmationWrong(Invalid):
    """
    What was sent to confirm is not what was asked for.

    To erase your account send your e-mail address as `confirm`, or the account's `id` if it has
    none; to delete a school, its slug.
    """

    code = "confirmation_wrong"
    detail = "What was typed to confirm is not what was asked for."


def erase_oneself(*, user: User, confirm: str, at: datetime) -> None:
    """
    Erase one's own account, as `erase_person` does.

    :param confirm: the account's e-mail address; its id, if it has none
    :raises ManagedBySchool: if a school looks after the account: its staff erase it
    :raises ConfirmationWrong: if `confirm` is something else
    """
    if user.is_managed:
        raise ManagedBySchool
    expected = user.email or str(user.uuid)
    if confirm.strip().lower() != expected:
        raise ConfirmationWrong(fields={"confirm": ["This is not the account's address."]})
    erase_person(user=user, actor=user, at=at)


def erase_person(*, user: User, actor: User | None, at: datetime, told: bool = True) -> None:
    """
    Erase or anonymise all that is held on a person, of plugins too, whether on, off, broken or
    gone.

    Rows that are theirs are deleted with their files; what they made for a school stays, made by
    nobody. The audit and the events keep a UUID that leads nowhere, and no address. A plugin's
    provider that fails is noted in the audit, and its rows go by the database's foreign keys.

    :param told: whether they are written a last mail that it is done
    :raises LastAdmin: if a school would be left without an admin
    :raises LastOperator: if the instance would be left without an operator
    """
    with transaction.atomic():
        locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        _keep_an_operator(locked)
        person = person_of(locked)
        for veto in vetoes:
            veto(person)
        school = school_told_of(locked)
        profile = locked.profile  # kept for the mail's language
        files = _files_of(person)
        failed = [
            name for name, provider in providers.items() if not _erase(name, provider, person, at)
        ]
        for sweep in sweepers:
            sweep(person)
        erase_recorded(person)
        delete_regardless(locked)
        own = actor is not None and actor.pk == person.id
        by = None if actor is None else actor.uuid
        _record(person, by=by, school=school, failed=failed, at=at)
        drop_files(name for _, name in files)
        transaction.on_commit(clear_remnants_soon, robust=True)
        if told and locked.email:
            locked.profile = profile
            mail = partial(notify, user=locked, kind="erased" if own else "erased_by_others", at=at)
            transaction.on_commit(mail, robust=True)


def _keep_an_operator(user: User) -> None:
    if not user.is_superuser:
        return
    others = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    if not others.exclude(pk=user.pk).exists():
        raise LastOperator


def _files_of(person: Person) -> list[StoredFile]:
    return [
        file
        for provider in providers
        for held in provider.holdings
        if held.files and held.on_erasure == DELETE
        for file in files_of(rows_of(person, held), held.files)
    ]


def _erase(name: str, provider: Provider, person: Person, at: datetime) -> bool:
    """Erase what one provider holds; return whether it did as it declared."""
    if not provider.guarded:
        if provider.erase is not None:
            provider.erase(person, at)
        for held in provider.holdings:
            erase_rows(person, held)
        return True
    # One by one: what its own function breaks over, or one table, keeps no other.
    steps: list[Callable[[], None]] = [
        partial(erase_rows, person, held) for held in provider.holdings
    ]
    if provider.erase is not None:
        steps.insert(0, partial(guards.called, name, partial(provider.erase, person, at)))
    failures = [step for step in steps if not _step(step)]
    return not failures


def _step(step: Callable[[], None]) -> bool:
    try:
        with transaction.atomic():
            step()
    except (Exception, SystemExit):
        logger.exception("A plugin failed to erase a person; its rows go by what is declared.")
        return False
    return True


def _record(
    person: Person, *, by: Any, school: UUID | None, failed: list[str], at: datetime
) -> None:
    record_audit(
        action="account.erased",
        school=school,
        actor=by,
        target=person.uuid,
        target_type="person",
        changes={"failed": [[], failed]} if failed else None,
        without_address=by == person.uuid,
    )
    publish(Fact("account_erased", at=at, actor=by, subject=person.uuid))


def let_go(**_: Any) -> None:
    """Let unattended tables go of a person, whichever way they are deleted."""
    release()


def erase_managed(*, actor: User, school: CurrentSchool, account: UUID, at: datetime) -> None:
    """
    Erase a managed account, as its school's staff do for a child; `account` is its membership.

    :raises NotFound: if the school has none such
    """
    member = managed_member(school, account)
    erase_person(user=member.user, actor=actor, at=at, told=False)
