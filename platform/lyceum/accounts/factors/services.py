"""Second factors: what is written down and mailed when they change, and what to do when lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from allauth.mfa import app_settings, signals
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_save

from lyceum.accounts.audit import record_of_account
from lyceum.accounts.models import User
from lyceum.accounts.notices import notify
from lyceum.accounts.signing_in.sessions import end_sessions_of
from lyceum.accounts.tokens.personal import end_tokens
from lyceum.kernel import encryption
from lyceum.kernel.clock import now

TOTP = Authenticator.Type.TOTP
PASSKEY = Authenticator.Type.WEBAUTHN
RECOVERY_CODES = Authenticator.Type.RECOVERY_CODES
# Which of an authenticator's data are secrets. A passkey's public key is none.
SECRETS = ("secret", "seed")

_anew: ContextVar[bool] = ContextVar("lyceum_recovery_codes_made_anew", default=False)


def connect() -> None:
    """Follow allauth's changes of factors. Called once, at start-up."""
    # allauth tells of new ones after the commit: too late to be written down with them.
    post_save.connect(_saved, Authenticator, dispatch_uid="lyceum.accounts.factor_added")
    signals.authenticator_removed.connect(_removed, dispatch_uid="lyceum.accounts.factor_removed")
    signals.authenticator_used.connect(_used, dispatch_uid="lyceum.accounts.factor_used")
    encryption.holders.register("second factors", encrypt_anew)


@contextmanager
def made_anew() -> Iterator[None]:
    """Have recovery codes that are made in the block take the place of those there were."""
    token = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(token)


def has_second_factor(user: User) -> bool:
    """Return whether a person's password alone does not let them in. One query."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=[TOTP, PASSKEY]).exists()


def factors_of(user: User) -> dict[str, int]:
    """Return how many factors of each type a person has."""
    found: dict[str, int] = {}
    for kind in Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True):
        found[kind] = found.get(kind, 0) + 1
    return found


def spend_code(*, user_id: int, code: str) -> bool:
    """
    Take a code of an authenticator app, which is good once; False if it was taken before.

    allauth remembers it for one period, and takes it for as many as clocks may differ.
    """
    periods = 2 * app_settings.TOTP_TOLERANCE + 1
    plain = "".join(character for character in code if character.isdecimal())
    key = f"lyceum.accounts.spent:{user_id}:{plain}"
    return bool(cache.add(key, 1, timeout=periods * app_settings.TOTP_PERIOD))


@transaction.atomic
def remove_factors(*, user: User, actor: UUID | None, why: str, at: datetime) -> int:
    """
    Remove all second factors of a person who lost theirs; return how many there were.

    For an operator who has made sure who asks. From then on the password alone lets them in: every
    session and token ends, and the person is told by mail.
    """
    removed = factors_of(user)
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions_of(user)
    end_tokens(user=user, actor=actor, why="factors_removed")
    record_of_account(
        action="account.factors_removed",
        user=user,
        actor=actor,
        changes={"factors": [sorted(removed), []], "why": why},
    )
    transaction.on_commit(lambda: notify(user=user, kind="factors_removed", at=at), robust=True)
    return sum(removed.values())


@transaction.atomic
def encrypt_anew() -> int:
    """Encrypt the secrets of all factors with the newest key; return of how many."""
    holding = Authenticator.objects.exclude(type=PASSKEY).select_for_update().order_by("pk")
    for factor in holding:
        for name in SECRETS:
            if name in factor.data:
                factor.data[name] = encryption.rotate(factor.data[name])
        factor.save(update_fields=["data"])
    return len(holding)


def _record(action: str, user: User, authenticator: Authenticator, **changes: Any) -> None:
    record_of_account(
        action=action,
        user=user,
        actor=user.uuid,
        changes={"factor": str(authenticator.type), **changes},
    )


def _saved(instance: Authenticator, created: bool, raw: bool = False, **_: Any) -> None:
    if created and not raw:
        action = "account.factor_reset" if _anew.get() else "account.factor_added"
        _record(action, instance.user, instance)


def _removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record("account.factor_removed", user, authenticator)


def _used(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != RECOVERY_CODES:
        return
    _record("account.recovery_code_used", user, authenticator)
    # allauth marks the code as used in another copy of the row.
    authenticator.refresh_from_db()
    left = len(authenticator.wrap().get_unused_codes())
    tell = partial(notify, user=user, kind="recovery_code_used", at=now(), left=left)
    transaction.on_commit(tell, robust=True)
