"""What accounts, and the libraries that people log in with, hold on a person."""

from __future__ import annotations

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
        holdings=(
            Holding(
                "accounts.User",
                "id",
                KEEP,
                reason="Deleted itself, when all that points to it is gone.",
                told=ACCOUNT,
                part="account",
            ),
            Holding("accounts.Profile", "user", DELETE, files=("avatar",), part="profile"),
            Holding("accounts.PersonalToken", "user", DELETE, untold=("digest",)),
            Holding("accounts.TokenFamily", "user", DELETE, untold=("*",), reason=PROVES),
            Holding(
                "accounts.Export",
                "asked_by",
                DELETE,
                told=("created_at", "status", "expires_at"),
                files=("file",),
            ),
            Holding(
                "accounts.Export",
                "person",
                DELETE,
                reason="An archive does not hold archives.",
                untold=("*",),
                files=("file",),
            ),
            Holding("accounts.User_groups", "user", DELETE),
            Holding("accounts.User_user_permissions", "user", DELETE),
            Holding("account.EmailAddress", "user", DELETE),
            Holding(
                "account.EmailConfirmation",
                "email_address__user",
                DELETE,
                untold=("key",),
            ),
            Holding("socialaccount.SocialAccount", "user", DELETE),
            Holding(
                "socialaccount.SocialToken", "account__user", DELETE, untold=("*",), reason=PROVES
            ),
            Holding("mfa.Authenticator", "user", DELETE, untold=("data",)),
            Holding("usersessions.UserSession", "user", DELETE, untold=("session_key",)),
            Holding("guardian.UserObjectPermission", "user", DELETE),
        ),
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
