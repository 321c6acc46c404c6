"""What the audit says of log-ins that were, failed or were refused; never what was typed.

People type their password where their name belongs, so that no name is kept either: a failed
log-in names the account that was meant, by its UUID, or nobody.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa import signals as of_factors
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from lyceum.accounts.audit import record_of_account
from lyceum.accounts.managed.folding import folded
from lyceum.accounts.models import User
from lyceum.events.services import record_audit
from lyceum.kernel.context import current
from lyceum.schools.scope import current_school

# Who is refused may go on asking as fast as they can: the audit must not grow with them.
REFUSED_ONCE_IN = 60  # seconds


def connect() -> None:
    """Follow what Django and allauth tell of log-ins. Called once, at start-up."""
    user_login_failed.connect(_failed, dispatch_uid="lyceum.accounts.sign_in_failed")
    user_logged_out.connect(_signed_out, dispatch_uid="lyceum.accounts.signed_out")
    of_factors.authentication_failed.connect(
        _factor_failed, dispatch_uid="lyceum.accounts.second_factor_failed"
    )


def note_sign_in(request: HttpRequest, user: User) -> None:
    """Write down that a person is signed in, by what client and by what proofs."""
    proofs = {
        str(record["type"] if record["method"] == "mfa" else record["method"])
        for record in get_authentication_records(request, user)
    }
    changes = {"client": client_of(request), "by": ", ".join(sorted(proofs))}
    record_of_account(action="account.signed_in", user=user, actor=user.uuid, changes=changes)


def note_refused(request: HttpRequest, credentials: dict[str, Any]) -> None:
    """Write down that log-ins from an address are refused for now; once a minute and account."""
    meant = _meant(credentials)
    if _is_first("refused", meant):
        _record("account.sign_in_refused", request, meant, why="too_many_tries")


def note_factor_failed(request: HttpRequest, user: User, factor: str) -> None:
    """Write down that a code or a passkey was not good. How often one may try is bounded."""
    is_known = getattr(request, "user", None) == user
    record_of_account(
        action="account.second_factor_failed",
        user=user,
        actor=user.uuid if is_known else None,
        changes={"client": client_of(request), "factor": str(factor)},
    )


def note_factor_refused(request: HttpRequest, user: User) -> None:
    """Write down that codes and passkeys of a person are refused for now; once a minute."""
    if _is_first("factor_refused", user.uuid):
        is_known = getattr(request, "user", None) == user
        record_of_account(
            action="account.second_factor_refused",
            user=user,
            actor=user.uuid if is_known else None,
            changes={"client": client_of(request)},
        )


def note_passkey_failed(request: HttpRequest) -> None:
    """Write down that a passkey let nobody in; once a minute, since it names nobody for sure."""
    if _is_first("passkey_failed", None):
        _record("account.passkey_failed", request, None)


def note_reset_asked(request: HttpRequest, address: str) -> None:
    """Write down that somebody asked for a new password; once a minute and account."""
    meant = _meant({"email": address})
    if _is_first("reset_asked", meant):
        _record("account.password_reset_asked", request, meant)


def client_of(request: HttpRequest) -> str:
    """Return what kind of client asks: `app`, `browser` or `admin`."""
    headless = getattr(getattr(request, "allauth", None), "headless", None)
    if headless is not None:
        return str(headless.client.value)
    in_admin = request.path.startswith(reverse("wagtailadmin_home"))
    return "admin" if in_admin else "browser"


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    if request is None:
        return
    known = getattr(request, "user", None)
    if isinstance(known, User):
        changes = {"client": client_of(request)}
        record_of_account(
            action="account.confirmation_failed", user=known, actor=known.uuid, changes=changes
        )
    else:
        _record("account.sign_in_failed", request, _meant(credentials))


def _factor_failed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    note_factor_failed(request, user, str(authenticator.type))


def _signed_out(request: HttpRequest, user: Any = None, **_: Any) -> None:
    if isinstance(user, User):
        changes = {"client": client_of(request)}
        record_of_account(action="account.signed_out", user=user, actor=user.uuid, changes=changes)


def _is_first(what: str, meant: UUID | None) -> bool:
    """Return whether nothing like this came from this address of late, about this account."""
    key = f"lyceum.accounts.{what}:{current().address}:{meant}"
    return bool(cache.add(key, 1, timeout=REFUSED_ONCE_IN))


def _record(action: str, request: HttpRequest, meant: UUID | None, **changes: str) -> None:
    here = current_school()
    record_audit(
        action=action,
        school=here.uuid if here else None,
        target=meant,
        target_type="person" if meant else "",
        changes={"client": client_of(request), **changes},
    )


def _meant(credentials: dict[str, Any]) -> UUID | None:
    """
    Return whose account was meant, if it is one of the school's. One query, found or not.

    The clock tells nobody whether there is such an account.
    """
    if "managed_name" in credentials:
        accounts = User.objects.filter(
            managed_by_id=credentials["school_id"],
            username_key=folded(credentials["managed_name"]),
        )
        return accounts.values_list("uuid", flat=True).first()
    name = str(credentials.get("email") or credentials.get("username") or "").lower()
    claims = EmailAddress.objects.filter(email=name)
    here = current_school()
    if here is not None:
        claims = claims.filter(user__memberships__school_id=here.id)
    found: UUID | None = (
        claims.order_by("-verified", "pk").values_list("user__uuid", flat=True).first()
    )
    return found
