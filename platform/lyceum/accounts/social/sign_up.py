"""Who logs in by a provider: a person we know, or a new one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from lyceum.accounts.addresses import claim
from lyceum.accounts.audit import record_of_account
from lyceum.accounts.languages import language_of_request
from lyceum.accounts.models import User
from lyceum.accounts.signing_in.sign_up import complete_sign_up

LONGEST_NAME = 100


def check_may_use_providers(user: User) -> None:
    """
    Refuse a person who may not log in by a provider.

    :raises ValidationError: `account_inactive`, or `managed_account`
    """
    if not user.is_active:
        raise get_adapter().validation_error("account_inactive")
    if user.is_managed:
        raise get_adapter().validation_error("managed_account")


@transaction.atomic
def sign_up(
    *, request: HttpRequest, login: SocialLogin, address: EmailAddress | None, at: datetime
) -> User:
    """
    Make the account of a new person, and their place at the school whose door they came by.

    An address that the provider has proved is theirs; any other is a claim. One that is somebody's
    by proof stays theirs, whoever the provider says it is.

    :raises ValidationError: `email_taken`, if the address is proved and another account's
    """
    user: User = login.user
    user.set_unusable_password()
    user.email = address.email if address is not None and address.verified else None
    try:
        with transaction.atomic():
            user.save()
            login.account.user = user
            login.account.save()
    except IntegrityError as error:
        if user.email and EmailAddress.objects.is_verified(user.email):
            raise get_adapter().validation_error("email_taken", login.provider.name) from error
        raise
    if address is not None and not address.verified:
        claim(user, address.email)
    user.profile.language = language_of_request(request)
    user.profile.save(update_fields=["language"])
    complete_sign_up(user=user, school=getattr(request, "school", None), at=at)
    return user


def plain_name(told: object) -> str:
    """Return a name as a provider tells it, short enough and without what cannot be shown."""
    text = told if isinstance(told, str) else ""
    return "".join(each for each in text if each.isprintable()).strip()[:LONGEST_NAME]


def note_connected(*, sociallogin: SocialLogin, **_: Any) -> None:
    """Write down that a person added a provider to their account."""
    _audit("account.provider_connected", sociallogin.user, sociallogin.account.provider)


def note_disconnected(*, socialaccount: Any, **_: Any) -> None:
    """Write down that a person took a provider from their account."""
    _audit("account.provider_disconnected", socialaccount.user, socialaccount.provider)


def _audit(action: str, user: User, provider: str) -> None:
    record_of_account(action=action, user=user, actor=user.uuid, changes={"provider": provider})
