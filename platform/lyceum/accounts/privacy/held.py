"""What accounts, and the libraries that people log in with, hold on a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session

from lyceum.accounts.privacy.sessions import names
from lyceum.kernel.privacy import DELETE, KEEP, Holding, Person, Provider, SchoolHolding

PROVES = "It proves who somebody is, and is nobody's to read."
BESIDE = "Told with what it belongs to."
ACCOUNT = (
    *("uuid", "email", "first_name", "last_name", "username", "date_joined", "last_login"),
    *("managed_by", "is_active"),
)


def accounts() -> Provider:
    """Return what is held of accounts, log-ins, sessions and tokens."""
    return Provider(
        holdings=(*_account(), *_log_ins()),
        of_schools=(
            SchoolHolding("accounts.PersonalToken", untold=("*",)),
            SchoolHolding("accounts.Export", untold=("*",), files=("file",)),
            SchoolHolding(
                "accounts.User",
                "managed_by",
                told=ACCOUNT,
                part="managed-accounts",
                reason="Each is erased as a person, before the school goes.",
            ),
        ),
        erase=_erase,
        exempt={
            "accounts.User.email": "It is the row of the person.",
            "accounts.User.username": "It is the row of the person.",
            "accounts.Profile.phone": "It is found by its person.",
            "account.EmailAddress.email": "It is found by its person.",
            "usersessions.UserSession.ip": "It is found by its person.",
            "usersessions.UserSession.user_agent": "It is found by its person.",
        },
    )


def _account() -> Iterator[Holding]:
    """Yield what is held of the account itself, and of archives of it."""
    yield Holding(
        "accounts.User",
        "id",
        KEEP,
        reason="Deleted itself, when all that points to it is gone.",
        told=ACCOUNT,
        part="account",
    )
    yield Holding("accounts.Profile", "user", DELETE, files=("avatar",), part="profile")
    yield Holding("accounts.PersonalToken", "user", DELETE, untold=("digest",))
    yield Holding("accounts.TokenFamily", "user", DELETE, untold=("*",), reason=PROVES)
    yield Holding(
        "accounts.Export",
        "asked_by",
        DELETE,
        told=("created_at", "status", "expires_at"),
        files=("file",),
    )
    yield Holding(
        "accounts.Export",
        "person",
        DELETE,
        reason="An archive does not hold archives.",
        untold=("*",),
        files=("file",),
    )
    yield Holding("accounts.User_groups", "user", DELETE)


def _log_ins() -> Iterator[Holding]:
    """Yield what is held of addresses, of ways to log in, and of sessions."""
    yield Holding("accounts.User_user_permissions", "user", DELETE)
    yield Holding("account.EmailAddress", "user", DELETE)
    yield Holding(
        "account.EmailConfirmation",
        "email_address__user",
        DELETE,
        untold=("key",),
    )
    yield Holding("socialaccount.SocialAccount", "user", DELETE)
    yield Holding(
        "socialaccount.SocialToken", "account__user", DELETE, untold=("*",), reason=PROVES
    )
    yield Holding("mfa.Authenticator", "user", DELETE, untold=("data",))
    yield Holding("usersessions.UserSession", "user", DELETE, untold=("session_key",))
    yield Holding("guardian.UserObjectPermission", "user", DELETE)


def _erase(person: Person, at: datetime) -> None:
    # Others may claim the address, without proof. Of an address that was proved to be this
    # person's, what they claim is this person's too.
    claims = EmailAddress.objects.filter(email__in=person.proved, verified=False)
    claims.exclude(user_id=person.id).delete()
    # No column says whose a session is, and those of who was about to log in are nobody's yet.
    ended = [
        key
        for key, data in Session.objects.values_list("session_key", "session_data").iterator(500)
        if names(data, person)
    ]
    for start in range(0, len(ended), 500):
        Session.objects.filter(session_key__in=ended[start : start + 500]).delete()
