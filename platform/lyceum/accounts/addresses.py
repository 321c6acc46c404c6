"""Keeps `User.email` what it says: the one address that its person has proved."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, email_confirmed, email_removed
from django.db import transaction

from lyceum.accounts.audit import record_of_account
from lyceum.accounts.models import User


def connect() -> None:
    """Follow allauth's changes of addresses. Called once, at start-up."""
    email_confirmed.connect(_proved, dispatch_uid="lyceum.accounts.proved")
    email_changed.connect(_changed, dispatch_uid="lyceum.accounts.changed")
    email_removed.connect(_removed, dispatch_uid="lyceum.accounts.removed")


def claim(user: User, address: str) -> None:
    """Note the address that a person says is theirs, for them to prove."""
    EmailAddress.objects.create(user=user, email=address.lower(), primary=True)


def vouch_for(user: User, address: str) -> None:
    """Let allauth know `address` as the one this person goes by, and as proved."""
    own = EmailAddress.objects.filter(user_id=user.pk)
    if own.filter(email=address, verified=True, primary=True).exists():
        return
    own.filter(primary=True).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=address, defaults={"verified": True, "primary": True}
    )


def primary_address_of(user: User) -> tuple[str, bool]:
    """Return the address a person goes by, and whether they proved it; ("", False) without one."""
    if user.email:
        return user.email, True
    row = (
        EmailAddress.objects.filter(user_id=user.pk)
        .order_by("-primary", "-verified", "pk")
        .values_list("email", "verified")
        .first()
    )
    return row or ("", False)


@transaction.atomic
def _proved(email_address: EmailAddress, **_: Any) -> None:
    _follow(email_address.user)
    user = email_address.user
    record_of_account(action="account.email_verified", user=user, actor=user.uuid)


@transaction.atomic
def _changed(user: User, **_: Any) -> None:
    _follow(user)
    _record_change(user)


@transaction.atomic
def _removed(user: User, **_: Any) -> None:
    _follow(user)
    _record_change(user)


def _record_change(user: User) -> None:
    changes = {"email": "changed"}
    record_of_account(action="account.email_changed", user=user, actor=user.uuid, changes=changes)


def _follow(user: User) -> None:
    proved = (
        EmailAddress.objects.filter(user_id=user.pk, verified=True)
        .order_by("-primary", "pk")
        .values_list("email", flat=True)
        .first()
    )
    if user.email != proved:
        user.email = proved
        user.save(update_fields=["email"])
