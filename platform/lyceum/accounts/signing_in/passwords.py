"""New passwords by forms, as strictly as by allauth's own doors: counted, written down, told."""

from __future__ import annotations

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.db import transaction
from django.http import HttpRequest

from lyceum.accounts.models import User
from lyceum.accounts.notices import notify


def may_ask_for_mail(request: HttpRequest, *, address: str) -> bool:
    """Count a wish for a mail with which to set a new password; False if it is one too many."""
    return bool(ratelimit.consume(request, action="reset_password", key=address.lower()))


def may_try_password(request: HttpRequest, *, user: User) -> bool:
    """Count a try at the password of who is signed in; False if it is one too many."""
    return bool(ratelimit.consume(request, action="change_password", user=user))


def choose_password(*, user: User, password: str, kind: str, at: datetime) -> None:
    """
    Set the password that a person chose for themselves, and tell them by mail.

    `kind` is that of the notice.

    :raises ManagedBySchool: if the account's school is who chooses it
    """
    get_adapter().set_password(user, password)
    transaction.on_commit(lambda: notify(user=user, kind=kind, at=at), robust=True)
